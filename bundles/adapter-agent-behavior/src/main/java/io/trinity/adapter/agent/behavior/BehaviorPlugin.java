package io.trinity.adapter.agent.behavior;

import io.trinity.api.agent.Action;
import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.agent.Observation;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.world.AgentBehaviorWorld;
import io.trinity.api.world.TypedServices;
import java.util.List;

/** A plugin seen as the behaviour of agents. Thread-safe. */
final class BehaviorPlugin implements AgentBehavior, TypedServices.View {
    private final Plugin plugin;
    private final AgentBehaviorWorld world;

    BehaviorPlugin(Plugin plugin) {
        this.plugin = plugin;
        this.world = plugin.as(AgentBehaviorWorld.class);
    }

    @Override
    public String name() {
        return plugin.name();
    }

    @Override
    public Answer<List<Action>> decide(String address, List<Observation> seen) {
        if (address.isEmpty()) {
            throw new IllegalArgumentException(
                    plugin.name() + ": decide takes the address of an agent, not an empty one");
        }
        if (seen.isEmpty()) {
            return new Answer.Value<>(List.of());
        }
        Answer<List<Action>> answer = world.decide(CallOptions.stream(address), address, seen);
        if (answer instanceof Answer.Value<List<Action>> decided) {
            requireSound(decided.value());
        }
        return answer;
    }

    private void requireSound(List<Action> actions) {
        for (int i = 0; i < actions.size(); i++) {
            try {
                ActionCheck.requireSound(actions.get(i));
            } catch (IllegalArgumentException e) {
                PluginException fault =
                        PluginException.of(
                                ErrorCode.GUEST_ABI,
                                new PluginRef(plugin.name(), plugin.snapshot().version()),
                                "decide returned as action " + i + " " + e.getMessage(),
                                "mend the plugin: a letter to one agent needs its address, publish"
                                    + " and subscribe a topic, a chunk the name of its stream and"
                                    + " at most 65536 bytes of payload, 32 attributes and 4 KiB of"
                                    + " them",
                                e);
                plugin.misbehaved("decide", fault);
                throw fault;
            }
        }
    }
}
