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
    private final BoundedBytes own;
    private final TotalMemory.Holder total;

    /**
     * @param limit of the plugin, in bytes; asked each time
     * @param total its part of what all plugins hold
     */
    MemoryLedger(LongSupplier limit, TotalMemory.Holder total) {
        this.own = new BoundedBytes(limit);
        this.total = total;
    }

    /** What became of a wish. */
    enum Reserved {
        TAKEN,
        /** The plugin's own limit refused it. */
        OWN_LIMIT,
        /** The total of all plugins did. */
        TOTAL
    }

    @Override
    public boolean tryReserve(long bytes, long heapBytes) {
        return reserve(bytes, heapBytes) == Reserved.TAKEN;
    }

    /** As {@link #tryReserve(long, long)}, and says who refused it. */
    Reserved reserve(long bytes, long heapBytes) {
        if (!own.tryTake(bytes)) {
            return Reserved.OWN_LIMIT;
        }
        if (total.tryTake(heapBytes)) {
            return Reserved.TAKEN;
        }
        own.give(bytes);
        return Reserved.TOTAL;
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
        return total.refusing(heapBytes);
    }

    /** The generation has ended: nothing is kept free for it. */
    void close() {
        total.close();
    }

    long heldBytes() {
        return own.held();
    }

    /** Most that was held at a time. */
    long peakBytes() {
        return own.peak();
    }
}
