package io.trinity.api.world;

import io.trinity.api.plugin.Plugin;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers one typed service for each {@link Plugin} of a type, for as long as its Plugin is
 * there. A reload changes the properties of that one service.
 *
 * <p>For a component with a dynamic reference to the Plugins of its type, which calls the methods
 * of the same names. Thread-safe. No lock is held while the framework calls its listeners; where
 * two calls for one Plugin meet, the first does what the second asks for, and the second returns.
 *
 * @param <V> a Plugin seen as the typed service
 */
public final class TypedServices<V extends TypedServices.View> implements AutoCloseable {
    /** A Plugin seen as a typed service. */
    @ConsumerType
    public interface View {
        /**
         * Takes over what the Plugin's properties say. Called before the typed service is
         * registered and before its properties change, never by two threads at once.
         *
         * @param properties of the Plugin's service
         * @return properties of the typed service, besides {@link Plugin#NAME} and {@link
         *     Plugin#VERSION}, which it has in any case
         */
        default Map<String, Object> follow(Map<String, Object> properties) {
            return Map.of();
        }
    }

    private final BundleContext context;
    private final Class<? super V> service;
    private final Function<Plugin, V> view;
    private final Map<Plugin, Offer> offers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Of no Plugin yet.
     *
     * @param context of the bundle whose services they are
     * @param service under which they are registered
     * @param view makes the typed service of a Plugin
     */
    public TypedServices(
            BundleContext context, Class<? super V> service, Function<Plugin, V> view) {
        this.context = context;
        this.service = service;
        this.view = view;
    }

    /** The Plugin came: registers its typed service. */
    public void bind(Plugin plugin, Map<String, Object> properties) {
        Offer offer = new Offer(plugin, view.apply(plugin), properties);
        offers.put(plugin, offer);
        if (closed) {
            unbind(plugin);
        } else {
            offer.settle();
        }
    }

    /** The Plugin's properties changed: changes those of its typed service. */
    public void updated(Plugin plugin, Map<String, Object> properties) {
        Offer offer = offers.get(plugin);
        if (offer != null) {
            offer.followed = properties;
            offer.settle();
        }
    }

    /** The Plugin goes: unregisters its typed service. */
    public void unbind(Plugin plugin) {
        Offer offer = offers.remove(plugin);
        if (offer != null) {
            offer.over = true;
            offer.settle();
        }
    }

    /** Unregisters all of them, for good. */
    @Override
    public void close() {
        closed = true;
        offers.keySet().forEach(this::unbind);
    }

    private final class Offer {
        private final Plugin plugin;
        private final V typed;
        private volatile Map<String, Object> followed;
        private volatile boolean over;

        /** Calls of settle that are not done; only the thread that made it 1 applies them. */
        private final AtomicInteger calls = new AtomicInteger();

        private @Nullable ServiceRegistration<?> registration;

        Offer(Plugin plugin, V typed, Map<String, Object> followed) {
            this.plugin = plugin;
            this.typed = typed;
            this.followed = followed;
        }

        void settle() {
            if (calls.getAndIncrement() == 0) {
                applyAll();
            }
        }

        private void applyAll() {
            int seen = calls.get();
            try {
                apply();
            } finally {
                if (!calls.compareAndSet(seen, 0)) {
                    applyAll();
                }
            }
        }

        private void apply() {
            ServiceRegistration<?> r = registration;
            if (!over) {
                if (r == null) {
                    registration = context.registerService(service, typed, properties());
                } else {
                    r.setProperties(properties());
                }
            } else if (r != null) {
                registration = null;
                r.unregister();
            }
        }

        private Dictionary<String, Object> properties() {
            Map<String, Object> now = followed;
            Dictionary<String, Object> p = new Hashtable<>(typed.follow(now));
            p.put(Plugin.NAME, plugin.name());
            Object version = now.get(Plugin.VERSION);
            if (version != null) {
                p.put(Plugin.VERSION, version);
            }
            return p;
        }
    }
}
