package io.trinity.reload;

import io.trinity.api.plugin.PluginException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed generation of each plugin, and the numbers that were ever given. Thread-safe where
 * nobody else changes the same plugin meanwhile.
 */
final class Committed {
    private static final Logger LOG = LoggerFactory.getLogger(Committed.class);

    private final CommitStore store;
    private final Map<String, Commit> commits = new ConcurrentHashMap<>();
    private final Map<String, Long> lastNumber = new ConcurrentHashMap<>();

    Committed(CommitStore store) {
        this.store = store;
    }

    /** Takes in what the store holds. */
    void read() {
        List<String> ended = new ArrayList<>();
        for (Commit c : store.all().values()) {
            given(c.plugin(), c.generation());
            if (c.isEnd()) {
                ended.add(c.plugin());
            } else {
                commits.put(c.plugin(), c);
            }
        }
        store.forgetOldest(ended);
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

    /**
     * Another file stands for what is committed from now on. Where that cannot be written, the next
     * start looks for the old one, does not find it, and loads the new one.
     */
    void moved(Commit commit) {
        commits.put(commit.plugin(), commit);
        try {
            store.write(commit);
        } catch (PluginException e) {
            LOG.error("code=STORE_FAILED {}", e.getMessage());
        }
    }

    /** The plugin has no committed generation any more. */
    void end(String plugin) {
        if (commits.remove(plugin) != null) {
            store.end(plugin, lastNumber.getOrDefault(plugin, 0L));
        }
    }
}
