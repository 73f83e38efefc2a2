package io.trinity.shell;

import io.trinity.api.agent.Action;
import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.agent.Letter;
import io.trinity.api.agent.Observation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code agent:ask}. It asks the behaviour itself, as the agent with that address would: one letter
 * from {@code shell}. Nobody does what it answers.
 */
@Component(
        service = AgentAsk.class,
        immediate = true,
        property = {"osgi.command.scope=agent", "osgi.command.function=ask"})
public final class AgentAsk {
    static final String USAGE = "agent:ask PLUGIN TEXT [--address A] [--json]";

    /** Who the letter is from, and whose behaviour is asked where no address is given. */
    private static final String SHELL = "shell";

    private final AgentNames agents;

    @Activate
    public AgentAsk(@Reference AgentNames agents) {
        this.agents = agents;
    }

    @Descriptor(
            "what an agent would do about a letter; the actions are shown and not done; usage: "
                    + USAGE)
    public @Nullable String ask(
            @Descriptor("PLUGIN TEXT [--address A] [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        AgentBehavior behavior = agents.require(line.value(0));
        Letter letter = new Letter(SHELL, "", line.value(1).getBytes(StandardCharsets.UTF_8));
        List<Action> actions =
                Refusals.value(
                        "plugin '" + behavior.name() + "'",
                        () ->
                                behavior.decide(
                                        line.option("--address").orElse(SHELL),
                                        List.of(new Observation.Received(letter))));
        return Answer.of(
                line.has("--json")
                        ? Json.write(actions.stream().map(ActionText::fields).toList())
                        : ActionText.table(actions));
    }
}
