package io.trinity.reload;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long the plugin folder is left alone after a look. A look at some thousand files takes a
 * while, and strangers may put them there: looking takes a tenth of a core at most. For one thread.
 */
final class LookPace {
    /** Pauses are so many times as long as the look before took. */
    private static final int TIMES = 9;

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier cpuNanos;
    private volatile long pauseNanos;

    /**
     * @param cpuNanos CPU time of the current thread: on a busy machine looks are not fewer
     */
    LookPace(LongSupplier cpuNanos) {
        this.cpuNanos = cpuNanos;
    }

    /**
     * Looks.
     *
     * @param look gives when to look again, in nanoseconds
     * @return when to do it
     */
    long look(LongSupplier look) {
        long begin = cpuNanos.getAsLong();
        try {
            long next = look.getAsLong();
            return Math.max(next, took(cpuNanos.getAsLong() - begin));
        } catch (RuntimeException | Error e) {
            took(cpuNanos.getAsLong() - begin);
            throw e;
        }
    }

    private long took(long nanos) {
        pauseNanos = Math.min(MOST_NANOS, TIMES * Math.max(0, nanos));
        return pauseNanos;
    }

    /** The longest time between two looks. */
    long atMost(long pollNanos) {
        return Math.max(pollNanos, pauseNanos);
    }
}
