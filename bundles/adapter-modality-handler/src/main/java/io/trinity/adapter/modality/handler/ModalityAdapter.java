package io.trinity.adapter.modality.handler;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Plugin;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Registers one {@link ModalityHandler} per plugin of that type, for as long as its {@link Plugin}
 * is there. A reload changes the properties of that one service.
 */
@Component
public final class ModalityAdapter {
    private record Offer(
            HandlerPlugin handler, ServiceRegistration<ModalityHandler> registration) {}

    private final BundleContext context;
    private final Map<Plugin, Offer> offers = new ConcurrentHashMap<>();

    /** For DS. */
    @Activate
    public ModalityAdapter(BundleContext context) {
        this.context = context;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=modality_handler)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        Modality modality = Modality.of(properties);
        HandlerPlugin handler = new HandlerPlugin(plugin, modality);
        offers.put(
                plugin,
                new Offer(
                        handler,
                        context.registerService(
                                ModalityHandler.class,
                                handler,
                                properties(plugin, modality, properties))));
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        Offer offer = offers.get(plugin);
        if (offer != null) {
            Modality modality = Modality.of(properties);
            offer.handler.modality(modality);
            offer.registration.setProperties(properties(plugin, modality, properties));
        }
    }

    void unbindPlugin(Plugin plugin) {
        Offer offer = offers.remove(plugin);
        if (offer != null) {
            offer.registration.unregister();
        }
    }

    @Deactivate
    void deactivate() {
        offers.keySet().forEach(this::unbindPlugin);
    }

    private static Dictionary<String, Object> properties(
            Plugin plugin, Modality modality, Map<String, Object> properties) {
        Dictionary<String, Object> p = new Hashtable<>();
        p.put(Plugin.NAME, plugin.name());
        p.put(Plugin.MODALITY, modality.name());
        p.put(Plugin.CONTENT_TYPES, modality.contentTypes().toArray(String[]::new));
        Object version = properties.get(Plugin.VERSION);
        if (version != null) {
            p.put(Plugin.VERSION, version);
        }
        return p;
    }
}
