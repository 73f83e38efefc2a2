package io.trinity.engine;

import io.trinity.api.engine.MemoryQuota;

/** A quota that tells how much is taken. */
final class Quota implements MemoryQuota {
    static final int PAGE = 65_536;

    private final long limit;
    private long taken;

    Quota(long limit) {
        this.limit = limit;
    }

    static Quota pages(int pages) {
        return new Quota((long) pages * PAGE);
    }

    synchronized long taken() {
        return taken;
    }

    @Override
    public synchronized boolean tryReserve(long bytes) {
        if (bytes > limit - taken) {
            return false;
        }
        taken += bytes;
        return true;
    }

    @Override
    public synchronized void release(long bytes) {
        taken -= bytes;
    }

    @Override
    public long limitBytes() {
        return limit;
    }
}
