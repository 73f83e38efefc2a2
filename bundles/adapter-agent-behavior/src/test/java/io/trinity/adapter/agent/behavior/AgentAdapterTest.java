package io.trinity.adapter.agent.behavior;

import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.testkit.contract.AdapterContract;
import java.util.List;
import java.util.Map;

class AgentAdapterTest extends AdapterContract<AgentBehavior> {
    AgentAdapterTest() {
        super(AgentBehavior.class, ExtensionType.AGENT_BEHAVIOR);
    }

    @Override
    protected Map<String, Object> pluginProperties(int version) {
        return Map.of();
    }

    @Override
    protected Map<String, Object> serviceProperties(String plugin, int version) {
        return Map.of();
    }

    @Override
    protected List<Object> facts(AgentBehavior behavior) {
        return List.of(behavior.name());
    }

    @Override
    protected List<Object> expectedFacts(String plugin, int version) {
        return List.of(plugin);
    }
}
