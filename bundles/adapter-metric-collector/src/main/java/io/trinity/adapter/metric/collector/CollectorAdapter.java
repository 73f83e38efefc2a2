package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.MetricCollector;
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
 * Registers one {@link MetricCollector} per plugin of that type, for as long as its {@link Plugin}
 * is there. A reload changes the properties of that one service.
 */
@Component
public final class CollectorAdapter {
    private record Offer(
            CollectorPlugin collector, ServiceRegistration<MetricCollector> registration) {}

    private final BundleContext context;
    private final Map<Plugin, Offer> offers = new ConcurrentHashMap<>();

    /** For DS. */
    @Activate
    public CollectorAdapter(BundleContext context) {
        this.context = context;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=metric_collector)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        String contentType = contentType(properties);
        CollectorPlugin collector = new CollectorPlugin(plugin, contentType);
        offers.put(
                plugin,
                new Offer(
                        collector,
                        context.registerService(
                                MetricCollector.class,
                                collector,
                                properties(plugin, contentType, properties))));
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        Offer offer = offers.get(plugin);
        if (offer != null) {
            String contentType = contentType(properties);
            offer.collector.contentType(contentType);
            offer.registration.setProperties(properties(plugin, contentType, properties));
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

    /** A manifest without one is not admitted; bytes of any kind otherwise. RFC 2046 §4.5.1. */
    private static String contentType(Map<String, Object> properties) {
        return properties.get(Plugin.CONTENT_TYPES) instanceof String[] types && types.length > 0
                ? types[0]
                : "application/octet-stream";
    }

    private static Dictionary<String, Object> properties(
            Plugin plugin, String contentType, Map<String, Object> properties) {
        Dictionary<String, Object> p = new Hashtable<>();
        p.put(Plugin.NAME, plugin.name());
        p.put(Plugin.CONTENT_TYPES, new String[] {contentType});
        Object version = properties.get(Plugin.VERSION);
        if (version != null) {
            p.put(Plugin.VERSION, version);
        }
        return p;
    }
}
