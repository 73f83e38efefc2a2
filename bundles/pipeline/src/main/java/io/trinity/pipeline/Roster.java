package io.trinity.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** Which pipelines there are, so that no two have one name or one inbox. Thread-safe. */
@Component(service = Roster.class, immediate = true)
public final class Roster {
    private final Map<String, String> inboxes = new HashMap<>();

    /**
     * A pipeline joins.
     *
     * @return why it may not, or nothing
     */
    synchronized Optional<String> join(String name, String inbox) {
        if (inboxes.containsKey(name)) {
            return Optional.of("there is a pipeline of this name already");
        }
        for (Map.Entry<String, String> other : inboxes.entrySet()) {
            if (other.getValue().equals(inbox)) {
                return Optional.of(
                        "pipeline '%s' has the inbox '%s' already"
                                .formatted(other.getKey(), inbox));
            }
        }
        inboxes.put(name, inbox);
        return Optional.empty();
    }

    synchronized void leave(String name) {
        inboxes.remove(name);
    }
}
