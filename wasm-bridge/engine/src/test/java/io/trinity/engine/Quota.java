package io.trinity.engine;

import io.trinity.api.engine.MemoryQuota;
import java.util.Optional;

/** A quota that tells how much is taken. */
final class Quota implements MemoryQuota {
    static final int PAGE = 65_536;

    private final long limit;
    private long taken;
    private long heapTaken;
    private long heapPeak;
    private long total = Long.MAX_VALUE;

    Quota(long limit) {
        this.limit = limit;
    }

    static Quota pages(int pages) {
        return new Quota((long) pages * PAGE);
    }

    synchronized long taken() {
        return taken;
    }

    /** As if all plugins together had so much. */
    Quota withTotal(long heapBytes) {
        total = heapBytes;
        return this;
    }

    synchronized long heapPeak() {
        return heapPeak;
    }

    @Override
    public synchronized Optional<String> totalRefusing(long heapBytes) {
        return heapBytes > total - heapTaken
                ? Optional.of("all plugins hold %d of %d bytes".formatted(heapTaken, total))
                : Optional.empty();
    }

    /** What the collector is said to spend. */
    synchronized long heapTaken() {
        return heapTaken;
    }

    @Override
    public synchronized boolean tryReserve(long bytes, long heapBytes) {
        if (bytes > limit - taken || heapBytes > total - heapTaken) {
            return false;
        }
        taken += bytes;
        heapTaken += heapBytes;
        heapPeak = Math.max(heapPeak, heapTaken);
        return true;
    }

    @Override
    public synchronized void release(long bytes, long heapBytes) {
        taken -= bytes;
        heapTaken -= heapBytes;
    }

    @Override
    public long limitBytes() {
        return limit;
    }
}
