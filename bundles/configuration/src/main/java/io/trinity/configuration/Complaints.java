package io.trinity.configuration;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells each problem once, as long as it lasts. Of one file at most {@value #MOST}, and a count.
 */
final class Complaints {
    static final int MOST = 20;

    private final Consumer<String> log;
    private Set<Problem> told = Set.of();

    Complaints(Consumer<String> log) {
        this.log = log;
    }

    /** These are the problems that there are now. */
    void now(Collection<Problem> problems) {
        Map<String, Integer> count = new HashMap<>();
        for (Problem p : new LinkedHashSet<>(problems)) {
            if (!told.contains(p) && count.merge(p.file(), 1, Integer::sum) <= MOST) {
                log.accept(p.toString());
            }
        }
        count.forEach(
                (file, n) -> {
                    if (n > MOST) {
                        log.accept("conf/%s: and %s more".formatted(file, n - MOST));
                    }
                });
        told = new HashSet<>(problems);
    }
}
