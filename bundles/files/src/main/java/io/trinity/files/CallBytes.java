package io.trinity.files;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that one call of a plugin moves in one direction. A call is known by its plugin,
 * its thread and its deadline. Thread-safe.
 */
final class CallBytes {
    /** More calls than these are under way only where old ones were not forgotten. */
    private static final int SWEEP_ABOVE = 64;

    private final String key;
    private final String verb;
    private final Map<Key, AtomicLong> counts = new ConcurrentHashMap<>();

    private record Key(String plugin, long thread, long deadlineNanos) {}

    /**
     * @param key of the configuration, for messages
     * @param verb what is done with the bytes, for messages
     */
    CallBytes(String key, String verb) {
        this.key = key;
        this.verb = verb;
    }

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

    /** The meter of the call that the present thread is in. */
    Meter meter(HostCall call, long limit) {
        if (counts.size() > SWEEP_ABOVE) {
            long now = System.nanoTime();
            counts.keySet().removeIf(k -> k.deadlineNanos() - now < 0);
        }
        Key caller =
                new Key(call.plugin().name(), Thread.currentThread().getId(), call.deadlineNanos());
        AtomicLong used = counts.computeIfAbsent(caller, k -> new AtomicLong());
        return bytes -> {
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                throw new HostFailure(
                        Reason.LIMIT,
                        "the call would %s more than %d bytes; raise %s in conf/%s.cfg"
                                .formatted(verb, limit, key, FilesSettings.PID));
            }
        };
    }

    int size() {
        return counts.size();
    }
}
