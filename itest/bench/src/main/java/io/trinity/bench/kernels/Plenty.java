package io.trinity.bench.kernels;

import io.trinity.api.engine.MemoryQuota;

/** Memory without end: what is measured is not how it is counted. */
final class Plenty implements MemoryQuota {
    static final MemoryQuota QUOTA = new Plenty();

    private Plenty() {}

    @Override
    public boolean tryReserve(long bytes) {
        return true;
    }

    @Override
    public void release(long bytes) {
        // Nobody counts.
    }

    @Override
    public long limitBytes() {
        return 1L << 30;
    }
}
