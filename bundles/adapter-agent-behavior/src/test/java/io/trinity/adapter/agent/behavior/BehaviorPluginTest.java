package io.trinity.adapter.agent.behavior;

import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.plugin.Plugin;
import io.trinity.testkit.contract.AgentBehaviorContract;

class BehaviorPluginTest extends AgentBehaviorContract {
    @Override
    protected AgentBehavior over(Plugin plugin) {
        return new BehaviorPlugin(plugin);
    }
}
