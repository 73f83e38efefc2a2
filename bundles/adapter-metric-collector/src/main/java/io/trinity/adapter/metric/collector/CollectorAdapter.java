package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.world.TypedServices;
import java.util.Map;
import org.osgi.framework.BundleContext;
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
    private final TypedServices<CollectorPlugin> collectors;

    /** For DS. */
    @Activate
    public CollectorAdapter(BundleContext context) {
        collectors = new TypedServices<>(context, MetricCollector.class, CollectorPlugin::new);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=metric_collector)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        collectors.bind(plugin, properties);
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        collectors.updated(plugin, properties);
    }

    void unbindPlugin(Plugin plugin) {
        collectors.unbind(plugin);
    }

    @Deactivate
    void deactivate() {
        collectors.close();
    }
}
