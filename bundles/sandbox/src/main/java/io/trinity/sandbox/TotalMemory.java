package io.trinity.sandbox;

import io.trinity.api.engine.MemoryQuota;
import java.util.Optional;

/** The total of all plugins, for what the host keeps on their behalf. Thread-safe. */
final class TotalMemory implements MemoryQuota {
    private static final long MIB = 1 << 20;

    private final BoundedBytes total;

    TotalMemory(BoundedBytes total) {
        this.total = total;
    }

    @Override
    public boolean tryReserve(long bytes, long heapBytes) {
        return total.tryTake(heapBytes);
    }

    @Override
    public void release(long bytes, long heapBytes) {
        total.give(heapBytes);
    }

    @Override
    public long limitBytes() {
        return total.limit();
    }

    @Override
    public Optional<String> totalRefusing(long heapBytes) {
        return total.refuses(heapBytes)
                ? Optional.of(
                        "all plugins together hold %s of the %s MiB that they may"
                                .formatted(total.held() / MIB, total.limit() / MIB))
                : Optional.empty();
    }
}
