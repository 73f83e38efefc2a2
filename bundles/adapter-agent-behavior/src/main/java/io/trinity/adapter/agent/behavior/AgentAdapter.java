package io.trinity.adapter.agent.behavior;

import io.trinity.api.agent.AgentBehavior;
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
 * Registers one {@link AgentBehavior} per plugin of that type, for as long as its {@link Plugin} is
 * there. A reload changes the properties of that one service.
 */
@Component
public final class AgentAdapter {
    private final BundleContext context;
    private final Map<Plugin, ServiceRegistration<AgentBehavior>> behaviors =
            new ConcurrentHashMap<>();

    /** For DS. */
    @Activate
    public AgentAdapter(BundleContext context) {
        this.context = context;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=agent_behavior)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        behaviors.put(
                plugin,
                context.registerService(
                        AgentBehavior.class,
                        new BehaviorPlugin(plugin),
                        properties(plugin, properties)));
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        ServiceRegistration<AgentBehavior> r = behaviors.get(plugin);
        if (r != null) {
            r.setProperties(properties(plugin, properties));
        }
    }

    void unbindPlugin(Plugin plugin) {
        ServiceRegistration<AgentBehavior> r = behaviors.remove(plugin);
        if (r != null) {
            r.unregister();
        }
    }

    @Deactivate
    void deactivate() {
        behaviors.keySet().forEach(this::unbindPlugin);
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
