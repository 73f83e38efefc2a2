package io.trinity.files;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;

/**
 * When a call must be over.
 *
 * @param nanos in the terms of {@link System#nanoTime()}
 */
record Deadline(long nanos) {
    /** Not positive when it is over. */
    long remainingNanos() {
        return nanos - System.nanoTime();
    }

    /**
     * Passes while there is time.
     *
     * @throws HostFailure TIMEOUT
     */
    void check() throws HostFailure {
        if (remainingNanos() <= 0) {
            throw timeout("no file was changed");
        }
    }

    /** A failure with what it means for the files. */
    static HostFailure timeout(String what) {
        return new HostFailure(Reason.TIMEOUT, "the time of the call is over: %s".formatted(what));
    }
}
