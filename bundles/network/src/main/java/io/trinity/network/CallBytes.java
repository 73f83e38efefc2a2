package io.trinity.network;

import io.trinity.api.sandbox.HostInterface.HostCall;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that one call of a plugin moves, both ways, over all of its connections. A call
 * is known by its plugin, its thread and its deadline. Thread-safe.
 */
final class CallBytes {
    private final Map<Key, AtomicLong> counts = new ConcurrentHashMap<>();

    private record Key(String plugin, long thread, long deadlineNanos) {}

    /** What one call may still move. */
    static final class Meter {
        private final AtomicLong used;
        private final long limit;

        private Meter(AtomicLong used, long limit) {
            this.used = used;
            this.limit = limit;
        }

        /**
         * Counts bytes that are about to be sent or have come.
         *
         * @throws WireLimitException when they are more than the call may move
         */
        void count(long bytes) throws WireLimitException {
            if (used.addAndGet(bytes) > limit) {
                throw new WireLimitException(
                        "the call moved more than %d bytes; raise maxCallBytes in conf/%s.cfg"
                                .formatted(limit, NetworkSettings.PID));
            }
        }
    }

    /** The meter of the call that the present thread is in. */
    Meter meter(HostCall call, long limit) {
        Key key =
                new Key(call.plugin().name(), Thread.currentThread().getId(), call.deadlineNanos());
        return new Meter(counts.computeIfAbsent(key, k -> new AtomicLong()), limit);
    }

    /** Forgets the calls that are over. */
    void sweep(long nowNanos) {
        counts.keySet().removeIf(k -> k.deadlineNanos() - nowNanos < 0);
    }

    int size() {
        return counts.size();
    }
}
