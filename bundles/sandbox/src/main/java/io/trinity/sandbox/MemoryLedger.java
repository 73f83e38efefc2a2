package io.trinity.sandbox;

import io.trinity.api.engine.MemoryQuota;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What a generation holds: memories and tables of its guests, handles, buffers, what it has queued.
 * Each is counted twice: towards the plugin's limit, and with what the collector spends on it
 * towards the total of all plugins (ADR 0019). Thread-safe.
 */
final class MemoryLedger implements MemoryQuota {
    private static final long MIB = 1 << 20;

    private final BoundedBytes own;
    private final BoundedBytes total;

    /**
     * @param limit of the plugin, in bytes; asked each time
     * @param total of all plugins
     */
    MemoryLedger(LongSupplier limit, BoundedBytes total) {
        this.own = new BoundedBytes(limit);
        this.total = total;
    }

    @Override
    public boolean tryReserve(long bytes, long heapBytes) {
        if (!own.tryTake(bytes)) {
            return false;
        }
        if (total.tryTake(heapBytes)) {
            return true;
        }
        own.give(bytes);
        return false;
    }

    @Override
    public void release(long bytes, long heapBytes) {
        own.give(bytes);
        total.give(heapBytes);
    }

    @Override
    public long limitBytes() {
        return own.limit();
    }

    @Override
    public Optional<String> totalRefusing(long heapBytes) {
        return total.refuses(heapBytes)
                ? Optional.of(
                        "all plugins together hold %s of the %s MiB that they may"
                                .formatted(total.held() / MIB, total.limit() / MIB))
                : Optional.empty();
    }

    long heldBytes() {
        return own.held();
    }

    /** Most that was held at a time. */
    long peakBytes() {
        return own.peak();
    }
}
