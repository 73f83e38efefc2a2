package io.trinity.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Makes the table's changes visible: one log line and one event per change, and one {@link Plugin}
 * service per plugin that serves.
 *
 * <p>Events have the topic {@code io/trinity/plugin/STATE} (upper case) and the properties {@code
 * name}, {@code version}, {@code from}, {@code to}, {@code generation}, {@code bundle}, and {@code
 * error.code} and {@code error.message} where there is one. When a dependency of a serving plugin
 * comes, changes or goes, the topic is {@code io/trinity/plugin/DEPENDENCY}, with {@code name},
 * {@code dependency} and {@code what}.
 */
final class PluginPublisher implements ChangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(PluginPublisher.class);
    private static final String TOPIC = "io/trinity/plugin/";

    private final BundleContext context;
    private final Supplier<@Nullable EventAdmin> events;
    private final Set<ServiceRegistration<Plugin>> registered = ConcurrentHashMap.newKeySet();

    PluginPublisher(BundleContext context, Supplier<@Nullable EventAdmin> events) {
        this.context = context;
        this.events = events;
    }

    @Override
    public void moved(PluginSnapshot now, PluginState from) {
        if (now.state() == PluginState.ERROR) {
            LOG.warn(
                    "plugin={} state={} was={} code={} {}",
                    PluginRef.field(now.name()),
                    now.state().label(),
                    from.label(),
                    now.error().map(f -> f.code().name()).orElse("-"),
                    now.error().map(Fault::message).orElse(""));
        } else {
            LOG.info(
                    "plugin={} state={} was={} version={} generation={}",
                    PluginRef.field(now.name()),
                    now.state().label(),
                    from.label(),
                    now.version(),
                    now.generation());
        }
        EventAdmin admin = events.get();
        if (admin != null) {
            admin.postEvent(event(now, from));
        }
    }

    private static Event event(PluginSnapshot now, PluginState from) {
        Map<String, Object> p = new HashMap<>();
        p.put("name", now.name());
        p.put("version", now.version().toString());
        p.put("from", from.label());
        p.put("to", now.state().label());
        p.put("generation", now.generation());
        p.put("bundle", now.bundleId());
        now.error()
                .ifPresent(
                        f -> {
                            p.put("error.code", f.code().name());
                            p.put("error.message", f.message());
                        });
        return new Event(TOPIC + now.state().name(), p);
    }

    @Override
    public void refused(PluginSnapshot now, Fault fault) {
        LOG.warn(
                "plugin={} state={} refused={} {}",
                PluginRef.field(now.name()),
                now.state().label(),
                fault.code(),
                fault.message());
    }

    @Override
    public void dependencyChanged(
            PluginSnapshot dependent, String dependency, String what, List<String> trouble) {
        boolean well = trouble.isEmpty();
        LOG.atLevel(well ? Level.INFO : Level.WARN)
                .log(
                        "plugin={} dependency={} {}{}",
                        dependent.name(),
                        dependency,
                        what,
                        well ? "" : "; " + String.join("; ", trouble));
        EventAdmin admin = events.get();
        if (admin != null) {
            Map<String, Object> p = new HashMap<>();
            p.put("name", dependent.name());
            p.put("dependency", dependency);
            p.put("what", what);
            admin.postEvent(new Event(TOPIC + "DEPENDENCY", p));
        }
    }

    @Override
    public void served(PluginEntry plugin) {
        ServiceRegistration<Plugin> registration = plugin.registration;
        if (plugin.serving() != null) {
            if (registration == null) {
                ServiceRegistration<Plugin> made =
                        context.registerService(Plugin.class, plugin, properties(plugin));
                registered.add(made);
                plugin.registration = made;
            } else {
                registration.setProperties(properties(plugin));
            }
        } else if (registration != null && plugin.state() != PluginState.RELOADING) {
            plugin.registration = null;
            if (registered.remove(registration)) {
                registration.unregister();
            }
        }
    }

    private static Dictionary<String, Object> properties(PluginEntry plugin) {
        Manifest m = plugin.manifest().orElseThrow();
        Dictionary<String, Object> p = new Hashtable<>();
        p.put(Plugin.NAME, plugin.name());
        p.put(Plugin.VERSION, m.version().toString());
        m.type().map(ExtensionType::label).ifPresent(t -> p.put(Plugin.TYPE, t));
        p.put(
                Plugin.HOOKS,
                m.hooks().stream().map(h -> h.point().label()).distinct().toArray(String[]::new));
        p.put(
                Plugin.HOOKS_DECLARED,
                m.hooks().stream().map(PluginPublisher::wish).toArray(String[]::new));
        m.modality()
                .ifPresent(
                        x -> {
                            p.put(Plugin.MODALITY, x.name());
                            p.put(Plugin.CONTENT_TYPES, x.contentTypes().toArray(String[]::new));
                        });
        m.contentType().ifPresent(t -> p.put(Plugin.CONTENT_TYPES, new String[] {t}));
        p.put(Plugin.BATCH, m.batch());
        return p;
    }

    /** {@code post_chunk@500}, {@code custom/NAME@500!}. */
    private static String wish(Manifest.HookDeclaration w) {
        return w.point().label()
                + (w.name().isEmpty() ? "" : "/" + w.name())
                + "@"
                + w.priority()
                + (w.required() ? "!" : "");
    }

    void close() {
        for (ServiceRegistration<Plugin> r : registered) {
            if (registered.remove(r)) {
                r.unregister();
            }
        }
    }
}
