package io.trinity.network;

import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that one call of a plugin moves, both ways, over all of its connections.
 * Thread-safe.
 */
final class CallBytes {
    private static final String KEY = NetworkSettings.PID + ".maxCallBytes";

    private final AtomicLong used;
    private final long limit;

    private CallBytes(AtomicLong used, long limit) {
        this.used = used;
        this.limit = limit;
    }

    /** What that call may still move. */
    static CallBytes of(HostCall call, long limit) {
        return new CallBytes(call.counters().of(KEY), limit);
    }

    /**
     * Counts bytes that are about to be sent or have come.
     *
     * @throws WireLimitException when they are more than the call may move
     */
    void count(long bytes) throws WireLimitException {
        if (used.addAndGet(bytes) > limit) {
            throw new WireLimitException(
                    "the call moved more than %s bytes; raise maxCallBytes in %s"
                            .formatted(limit, Places.of(NetworkSettings.PID)));
        }
    }
}
