package io.trinity.sandbox;

import io.trinity.api.engine.MemoryQuota;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What a generation holds: memories and tables of its guests, handles, buffers. The limit is asked
 * each time, so a changed one applies at once; what is held already is never taken away.
 * Thread-safe.
 */
final class MemoryLedger implements MemoryQuota {
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();
    private final LongSupplier limit;

    MemoryLedger(LongSupplier limit) {
        this.limit = limit;
    }

    @Override
    public boolean tryReserve(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes " + bytes);
        }
        long most = limit.getAsLong();
        while (true) {
            long now = held.get();
            if (bytes > most - now) {
                return false;
            }
            if (held.compareAndSet(now, now + bytes)) {
                peak.accumulateAndGet(now + bytes, Math::max);
                return true;
            }
        }
    }

    @Override
    public void release(long bytes) {
        while (true) {
            long now = held.get();
            if (bytes < 0 || bytes > now) {
                throw new IllegalStateException(
                        "memory is given back that was not taken: %d of %d bytes"
                                .formatted(bytes, now));
            }
            if (held.compareAndSet(now, now - bytes)) {
                return;
            }
        }
    }

    @Override
    public long limitBytes() {
        return limit.getAsLong();
    }

    long heldBytes() {
        return held.get();
    }

    /** Most that was held at a time. */
    long peakBytes() {
        return peak.get();
    }
}
