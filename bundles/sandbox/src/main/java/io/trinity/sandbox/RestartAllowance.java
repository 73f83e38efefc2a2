package io.trinity.sandbox;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * CPU time that a generation may spend on making guests anew: that of one initialisation at once,
 * and as much again within {@link #REFILL_SECONDS} seconds. A plugin that ends its guest in each
 * call does not get around what a call may use by what its initialisation may. Thread-safe.
 */
final class RestartAllowance {
    /** Within so many seconds all of it is there again. */
    static final int REFILL_SECONDS = 10;

    /** Time in which a thread of the sandbox is held but not working is dear too, if less so. */
    private static final int WAITING_PART = 10;

    private final LongSupplier nanoClock;
    private long spentNanos;
    private long atNanos;

    RestartAllowance(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.atNanos = nanoClock.getAsLong();
    }

    /**
     * Whether another guest may be made now.
     *
     * @param initMillis CPU time that one initialisation may take
     */
    synchronized boolean allows(int initMillis) {
        long most = TimeUnit.MILLISECONDS.toNanos(initMillis);
        long now = nanoClock.getAsLong();
        long refilled = (long) ((double) (now - atNanos) * most / refillNanos());
        atNanos = now;
        spentNanos = Math.max(0, spentNanos - refilled);
        return spentNanos < most;
    }

    /** Whether nothing of it is spent, as far as was seen when it was asked last. */
    synchronized boolean isWhole() {
        return spentNanos == 0;
    }

    /** One was made, or tried. */
    synchronized void spent(long cpuNanos, long wallNanos) {
        spentNanos += cpuNanos + wallNanos / WAITING_PART;
    }

    private static double refillNanos() {
        return TimeUnit.SECONDS.toNanos(REFILL_SECONDS);
    }
}
