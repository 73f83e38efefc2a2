package io.trinity.pipeline;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.service.component.annotations.Component;

/**
 * Which pipelines there are, so that no two have one name or one inbox, and no result comes round
 * again. Thread-safe.
 */
@Component(service = PipelineNames.class, immediate = true)
public final class PipelineNames {
    private record Folders(String inbox, String outbox) {}

    private final Map<String, Folders> pipelines = new TreeMap<>();
    private final Map<Path, OutboxNames> outboxes = new HashMap<>();

    /**
     * A pipeline joins.
     *
     * @param inbox below the home, normalized, as the outbox is
     * @return why it may not, and what to do; or nothing
     */
    synchronized Optional<String> join(String name, String inbox, String outbox) {
        if (pipelines.containsKey(name)) {
            return Optional.of(
                    "there is a pipeline of this name already; remove one of the two"
                            + " configurations, or set another name by pipeline=NAME");
        }
        if (inbox.equals(outbox)) {
            return Optional.of(
                    "inbox and outbox are both '%s', so that each result would be an input; choose"
                                    .formatted(inbox)
                            + " two folders");
        }
        for (Map.Entry<String, Folders> other : pipelines.entrySet()) {
            if (other.getValue().inbox.equals(inbox)) {
                return Optional.of(
                        "pipeline '%s' has the inbox '%s' already; choose another"
                                .formatted(other.getKey(), inbox));
            }
        }
        Folders joining = new Folders(inbox, outbox);
        if (comesRound(joining)) {
            return Optional.of(
                    "what it puts into '%s' would come back into its inbox '%s' through other pipelines; choose another outbox"
                            .formatted(outbox, inbox));
        }
        pipelines.put(name, joining);
        return Optional.empty();
    }

    private boolean comesRound(Folders joining) {
        Set<String> reached = new HashSet<>(Set.of(joining.outbox));
        boolean more = true;
        while (more) {
            more = false;
            for (Folders f : pipelines.values()) {
                more |= reached.contains(f.inbox) && reached.add(f.outbox);
            }
        }
        return reached.contains(joining.inbox);
    }

    synchronized void leave(String name) {
        pipelines.remove(name);
    }

    /** The names in an outbox, for all that put results there. */
    synchronized OutboxNames ofOutbox(Path outbox) {
        return outboxes.computeIfAbsent(outbox, OutboxNames::new);
    }
}
