package io.trinity.network;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.util.concurrent.TimeUnit;

/**
 * When something must be over.
 *
 * @param nanos in the terms of {@link System#nanoTime()}
 */
record Deadline(long nanos) {
    /** In so many milliseconds, but not later than the call's own end. */
    static Deadline of(long callNanos, long timeoutMillis) {
        long own = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        return new Deadline(own - callNanos < 0 ? own : callNanos);
    }

    long remainingNanos() {
        return nanos - System.nanoTime();
    }

    boolean over() {
        return remainingNanos() <= 0;
    }

    /**
     * What is left, rounded up; at least 1, since 0 means for ever to sockets.
     *
     * @throws HostFailure TIMEOUT when nothing is left
     */
    int remainingMillis() throws HostFailure {
        long left = remainingNanos();
        if (left <= 0) {
            throw timeout("");
        }
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(left) + 1);
    }

    /**
     * @param what was not done, or empty
     */
    static HostFailure timeout(String what) {
        return new HostFailure(
                Reason.TIMEOUT, what.isEmpty() ? "the time is over" : "the time is over: " + what);
    }
}
