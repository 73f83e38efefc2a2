package io.trinity.adapter.pipeline.stage;

import io.trinity.api.plugin.Plugin;
import io.trinity.api.stage.PipelineStage;
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
 * Registers one {@link PipelineStage} per stage plugin, for as long as its {@link Plugin} is there.
 */
@Component
public final class StageAdapter {
    private final TypedServices<StagePlugin> stages;

    /** For DS. */
    @Activate
    public StageAdapter(BundleContext context) {
        stages = new TypedServices<>(context, PipelineStage.class, StagePlugin::new);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=pipeline_stage)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        stages.bind(plugin, properties);
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        stages.updated(plugin, properties);
    }

    void unbindPlugin(Plugin plugin) {
        stages.unbind(plugin);
    }

    @Deactivate
    void deactivate() {
        stages.close();
    }
}
