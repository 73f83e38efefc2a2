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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plugin seen as the behaviour of agents. Thread-safe. */
final class BehaviorPlugin implements AgentBehavior {
    private static final String DECIDE = "decide";

    private final Plugin plugin;

    BehaviorPlugin(Plugin plugin) {
        this.plugin = plugin;
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
        Answer<@Nullable Object> answer =
                plugin.call(
                        DECIDE, CallOptions.stream(address), address, ObservationFields.of(seen));
        if (answer instanceof Answer.Refusal<@Nullable Object> refusal) {
            return new Answer.Refusal<>(refusal.text());
        }
        return new Answer.Value<>(
                actions(Objects.requireNonNull(((Answer.Value<@Nullable Object>) answer).value())));
    }

    private List<Action> actions(Object value) {
        List<Action> actions = new ArrayList<>();
        for (Object one : (List<?>) value) {
            try {
                actions.add(ActionFields.action(one));
            } catch (IllegalArgumentException e) {
                PluginException fault =
                        PluginException.of(
                                ErrorCode.GUEST_ABI,
                                new PluginRef(plugin.name(), plugin.snapshot().version()),
                                "decide returned as action "
                                        + actions.size()
                                        + " "
                                        + e.getMessage(),
                                "mend the plugin: a letter to one agent needs its address, publish"
                                    + " and subscribe a topic, a chunk the name of its stream and"
                                    + " at most 65536 bytes of payload, 32 attributes and 4 KiB of"
                                    + " them",
                                e);
                plugin.misbehaved("decide", fault);
                throw fault;
            }
        }
        return List.copyOf(actions);
    }
}
