package io.trinity.adapter.pipeline.stage;

import io.trinity.api.plugin.Plugin;
import io.trinity.api.stage.PipelineStage;
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
 * Registers one {@link PipelineStage} per stage plugin, for as long as its {@link Plugin} is there.
 */
@Component
public final class StageAdapter {
    private final BundleContext context;
    private final Map<Plugin, ServiceRegistration<PipelineStage>> stages =
            new ConcurrentHashMap<>();

    /** For DS. */
    @Activate
    public StageAdapter(BundleContext context) {
        this.context = context;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=pipeline_stage)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        StagePlugin stage = new StagePlugin(plugin, batch(properties));
        stages.put(
                plugin,
                context.registerService(
                        PipelineStage.class, stage, properties(plugin, properties)));
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        ServiceRegistration<PipelineStage> r = stages.get(plugin);
        if (r != null) {
            PipelineStage stage = context.getService(r.getReference());
            if (stage instanceof StagePlugin s) {
                s.batch(batch(properties));
            }
            r.setProperties(properties(plugin, properties));
        }
    }

    void unbindPlugin(Plugin plugin) {
        ServiceRegistration<PipelineStage> r = stages.remove(plugin);
        if (r != null) {
            r.unregister();
        }
    }

    @Deactivate
    void deactivate() {
        stages.keySet().forEach(this::unbindPlugin);
    }

    private static int batch(Map<String, Object> properties) {
        return properties.get(Plugin.BATCH) instanceof Integer n ? n : 1;
    }

    private static Dictionary<String, Object> properties(
            Plugin plugin, Map<String, Object> properties) {
        Dictionary<String, Object> p = new Hashtable<>();
        p.put(Plugin.NAME, plugin.name());
        Object version = properties.get(Plugin.VERSION);
        if (version != null) {
            p.put(Plugin.VERSION, version);
        }
        return p;
    }
}
