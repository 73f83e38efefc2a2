package io.trinity.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What calls of one export by each other plugin needed lately: the most, which is halved each
 * minute. A call that leaves less is refused before the guest is entered, so that nobody can have
 * an honest guest stopped in mid-call by coming late. Apart for each caller, so that none makes it
 * dear for another, but for those that come for the first time. Thread-safe.
 */
final class RecentNeed {
    /** Whoever has never been called so may need more. */
    static final long UNKNOWN_WALL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long HALF_LIFE_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Callers that are remembered; there are no more plugins as a rule. */
    private static final int MOST_CALLERS = 64;

    /**
     * Wall and CPU time in nanoseconds, and fuel.
     *
     * @param fuel 0 where it is not known
     */
    record Need(long wallNanos, long cpuNanos, long fuel) {}

    private static final class Most {
        private long wallNanos;
        private long cpuNanos;
        private long fuel;
        private long halvedAt;
    }

    private final Map<String, Most> byCaller = new HashMap<>();

    /** A call has ended, well or not. */
    synchronized void took(String caller, Need used, long now) {
        if (byCaller.size() >= MOST_CALLERS && !byCaller.containsKey(caller)) {
            byCaller.clear();
        }
        Most most =
                byCaller.computeIfAbsent(
                        caller,
                        c -> {
                            Most first = new Most();
                            first.halvedAt = now;
                            return first;
                        });
        long halves = Math.min(62, (now - most.halvedAt) / HALF_LIFE_NANOS);
        most.halvedAt += halves * HALF_LIFE_NANOS;
        most.wallNanos = Math.max(most.wallNanos >> halves, used.wallNanos());
        most.cpuNanos = Math.max(most.cpuNanos >> halves, used.cpuNanos());
        most.fuel = Math.max(most.fuel >> halves, used.fuel());
    }

    /**
     * Of the callee's own limits so much is enough whatever was needed: one dear call closes the
     * door to nobody who has all that there is to have.
     */
    static long enough(long needed, long ownLimit) {
        return Math.min(needed, ownLimit / 4 * 3);
    }

    /** What a call should have: twice what was needed, and 10 ms of wall and CPU time at least. */
    synchronized Need of(String caller) {
        Most most = byCaller.get(caller);
        return most == null
                ? ofNewcomer()
                : new Need(
                        Math.max(LEAST_NANOS, 2 * most.wallNanos),
                        Math.max(LEAST_NANOS, 2 * most.cpuNanos),
                        2 * most.fuel);
    }

    /** Whoever calls first is to leave a quarter more than anybody needed lately. */
    private Need ofNewcomer() {
        long wall = 0;
        long cpu = 0;
        for (Most m : byCaller.values()) {
            wall = Math.max(wall, m.wallNanos);
            cpu = Math.max(cpu, m.cpuNanos);
        }
        return new Need(
                Math.max(UNKNOWN_WALL_NANOS, wall / 4 * 5), Math.max(LEAST_NANOS, cpu / 4 * 5), 0);
    }
}
