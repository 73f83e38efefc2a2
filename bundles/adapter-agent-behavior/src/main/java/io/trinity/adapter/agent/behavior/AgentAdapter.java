package io.trinity.adapter.agent.behavior;

import io.trinity.api.agent.AgentBehavior;
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
 * Registers one {@link AgentBehavior} per plugin of that type, for as long as its {@link Plugin} is
 * there. A reload changes the properties of that one service.
 */
@Component
public final class AgentAdapter {
    private final TypedServices<BehaviorPlugin> behaviors;

    /** For DS. */
    @Activate
    public AgentAdapter(BundleContext context) {
        behaviors = new TypedServices<>(context, AgentBehavior.class, BehaviorPlugin::new);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=agent_behavior)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        behaviors.bind(plugin, properties);
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        behaviors.updated(plugin, properties);
    }

    void unbindPlugin(Plugin plugin) {
        behaviors.unbind(plugin);
    }

    @Deactivate
    void deactivate() {
        behaviors.close();
    }
}
