package io.trinity.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * How often each thing is measured.
 *
 * @param first plugins whose first calls are timed, at most 16
 * @param rounds of latency and throughput
 * @param cold versions of the large module, at least 1
 * @param warm reloads of versions seen before
 * @param memory times that sixteen plugins are loaded
 */
record Rounds(int first, int rounds, int cold, int warm, int memory) {
    static final Rounds FULL = new Rounds(16, 20, 7, 30, 5);
    static final Rounds QUICK = new Rounds(2, 2, 1, 2, 1);

    /** Lines of Gogo; memory first, while the process has done nothing else. */
    List<String> lines(Path guests) {
        return List.of(
                "bench:memory '%s' %s".formatted(guests, memory),
                "bench:first '%s' %s".formatted(guests, first),
                "bench:latency '%s' %s".formatted(guests, rounds),
                "bench:throughput '%s' %s".formatted(guests, rounds),
                "bench:reload '%s' %s %s".formatted(guests, cold, warm));
    }
}
