package io.trinity.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Those who wait until a plugin and a file have been dealt with. On reload's one thread. */
final class Waiters {
    private final Predicate<Path> examining;
    private final Predicate<String> open;
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(Optional<Path> file, String plugin, Runnable then) {}

    /**
     * @param examining whether a file is being looked into
     * @param open whether something is being done, or is still to be done, for a plugin
     */
    Waiters(Predicate<Path> examining, Predicate<String> open) {
        this.examining = examining;
        this.open = open;
    }

    /** Does something once a plugin, and a file, have been dealt with; at once where they have. */
    void when(Optional<Path> file, String plugin, Runnable then) {
        waiting.add(new Waiting(file, plugin, then));
        answer();
    }

    /** Whether somebody waits for a plugin. */
    boolean await(String plugin) {
        return waiting.stream().anyMatch(w -> w.plugin().equals(plugin));
    }

    /** Something has been dealt with. */
    void answer() {
        for (Waiting w : List.copyOf(waiting)) {
            boolean early = w.file().filter(examining).isPresent() || open.test(w.plugin());
            // Whoever was answered may have answered others.
            if (!early && waiting.remove(w)) {
                w.then().run();
            }
        }
    }
}
