package io.trinity.engine.guest;

import io.trinity.api.engine.MemoryQuota;

/** What one array of a guest has taken from the quota. Confined like its owner. */
final class Reserved {
    private final MemoryQuota quota;
    private long bytes;
    private long heapBytes;

    Reserved(MemoryQuota quota) {
        this.quota = quota;
    }

    /** Takes room for the array with which its owner begins. */
    boolean tryBegin(long size) {
        return tryTake(size, HeapArrays.spent(size));
    }

    /**
     * Takes room for a longer array in place of one. While it is copied the heap holds both, until
     * {@link #grown}.
     */
    boolean tryGrow(long from, long to) {
        return tryTake(to - from, HeapArrays.spent(to));
    }

    /** The array that was replaced is gone. */
    void grown(long from) {
        give(0, HeapArrays.spent(from));
    }

    /** There was no heap for the longer array: the one that was there stays. */
    void notGrown(long from, long to) {
        give(to - from, HeapArrays.spent(to));
    }

    private void give(long less, long lessHeap) {
        quota.release(less, lessHeap);
        bytes -= less;
        heapBytes -= lessHeap;
    }

    private boolean tryTake(long more, long moreHeap) {
        if (!quota.tryReserve(more, moreHeap)) {
            return false;
        }
        bytes += more;
        heapBytes += moreHeap;
        return true;
    }

    /** Gives everything back. Idempotent. */
    void release() {
        quota.release(bytes, heapBytes);
        bytes = 0;
        heapBytes = 0;
    }
}
