package io.trinity.reload;

import io.trinity.api.plugin.PluginException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The committed generation of each plugin, and the numbers that were ever given. On reload's one
 * thread and nowhere else.
 */
final class Committed {
    private final CommitStore store;
    private final Map<String, Commit> commits = new HashMap<>();
    private final Map<String, Long> lastNumber = new HashMap<>();

    Committed(CommitStore store) {
        this.store = store;
    }

    /** Takes in what the store holds. */
    void read() {
        for (Commit c : store.all().values()) {
            given(c.plugin(), c.generation());
            if (!c.isEnd()) {
                commits.put(c.plugin(), c);
            }
        }
    }

    Optional<Commit> find(String plugin) {
        return Optional.ofNullable(commits.get(plugin));
    }

    Set<String> plugins() {
        return Set.copyOf(commits.keySet());
    }

    /** A generation of that number was there once. */
    void given(String plugin, long generation) {
        lastNumber.merge(plugin, generation, Math::max);
    }

    /** The number of a plugin's next generation; given once. */
    long next(String plugin) {
        return lastNumber.merge(plugin, 1L, Long::sum);
    }

    /**
     * Makes a generation the committed one, durably.
     *
     * @throws PluginException STORE_FAILED; the old one is still committed then
     */
    void put(Commit commit) {
        store.write(commit);
        commits.put(commit.plugin(), commit);
    }

    /** The plugin has no committed generation any more. */
    void end(String plugin) {
        if (commits.remove(plugin) != null) {
            store.end(plugin, lastNumber.getOrDefault(plugin, 0L));
        }
    }
}
