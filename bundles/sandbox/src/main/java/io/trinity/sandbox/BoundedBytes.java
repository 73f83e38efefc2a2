package io.trinity.sandbox;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bytes that are held within a limit. The limit is asked each time, so a changed one applies at
 * once; what is held already is never taken away. Thread-safe.
 */
final class BoundedBytes {
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final LongSupplier limit;

    BoundedBytes(LongSupplier limit) {
        this.limit = limit;
    }

    /** Takes all of it or nothing. */
    boolean tryTake(long bytes) {
        return tryTake(bytes, limit.getAsLong());
    }

    /**
     * Takes all of it or nothing.
     *
     * @param most that may be held with it, below the limit
     */
    boolean tryTake(long bytes, long most) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes " + bytes);
        }
        while (true) {
            long now = held.get();
            if (bytes > most - now && bytes > 0) {
                return false;
            }
            if (held.compareAndSet(now, now + bytes)) {
                if (now + bytes > peak.get()) {
                    peak.accumulateAndGet(now + bytes, Math::max);
                }
                return true;
            }
        }
    }

    /**
     * Gives back what was taken.
     *
     * @throws IllegalStateException if that is more than is held: a defect, which makes no room
     */
    void give(long bytes) {
        while (true) {
            long now = held.get();
            if (bytes < 0 || bytes > now) {
                throw new IllegalStateException(
                        "memory is given back that was not taken: %s of %s bytes"
                                .formatted(bytes, now));
            }
            if (held.compareAndSet(now, now - bytes)) {
                return;
            }
        }
    }

    long limit() {
        return limit.getAsLong();
    }

    long held() {
        return held.get();
    }

    /** Most that was held at a time. */
    long peak() {
        return peak.get();
    }
}
