package io.trinity.shell;

import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.plugin.ErrorCode;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code agent:names}, what completion offers; and the way to the behaviours. */
@Component(
        service = AgentNames.class,
        immediate = true,
        property = {"osgi.command.scope=agent", "osgi.command.function=names"})
public final class AgentNames {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<AgentBehavior> behaviors = List.of();

    @Descriptor("plugins of type agent_behavior, for completion; usage: agent:names")
    public List<String> names() {
        return behaviors.stream().map(AgentBehavior::name).sorted().toList();
    }

    /**
     * The behaviour of that plugin.
     *
     * @throws CommandFailure NOT_FOUND, naming those that exist
     */
    AgentBehavior require(String plugin) {
        for (AgentBehavior b : behaviors) {
            if (b.name().equals(plugin)) {
                return b;
            }
        }
        String names = String.join(", ", names());
        throw CommandFailure.of(
                ErrorCode.NOT_FOUND,
                "there is no plugin '"
                        + plugin
                        + "' of type agent_behavior; "
                        + (names.isEmpty() ? "no such plugin is there" : "there are: " + names)
                        + "; see plugin:list");
    }
}
