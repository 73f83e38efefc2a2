package io.trinity.files;

import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that one call of a plugin moves in one direction.
 *
 * @param key of the configuration, for messages, and of the call's counter
 * @param verb what is done with the bytes, for messages
 */
record CallBytes(String key, String verb) {
    /** What one call may still move. */
    interface Meter {
        /**
         * Counts bytes that are about to be moved.
         *
         * @throws HostFailure LIMIT when they are more than the call may move; then they do not
         *     count
         */
        void count(long bytes) throws HostFailure;
    }

    /** The meter of that call. */
    Meter meter(HostCall call, long limit) {
        AtomicLong used = call.counters().of(FilesSettings.PID + "." + key);
        return bytes -> {
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                throw new HostFailure(
                        Reason.LIMIT,
                        "the call would %s more than %s bytes; raise %s in %s"
                                .formatted(verb, limit, key, Places.of(FilesSettings.PID)));
            }
        };
    }
}
