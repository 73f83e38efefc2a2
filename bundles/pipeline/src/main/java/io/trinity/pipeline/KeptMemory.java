package io.trinity.pipeline;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.stream.Chunk;
import java.util.Collection;

/**
 * What one stream keeps of what plugins made: chunks between stages, vectors of open windows. A
 * little of it is the host's own; all else is taken from the total of all plugins before it is
 * kept. Confined to one thread.
 */
final class KeptMemory implements AutoCloseable {
    /** What a stream keeps without asking. */
    static final long OWN_BYTES = 1 << 20;

    /** The total is asked for so much at a time. */
    private static final long BLOCK_BYTES = 1 << 18;

    private final MemoryQuota total;
    private long held;
    private long reserved;

    /**
     * @param total of all plugins
     */
    KeptMemory(MemoryQuota total) {
        this.total = total;
    }

    static long bytes(Collection<Chunk> chunks) {
        return chunks.stream().mapToLong(QueuedChunk::heapBytes).sum();
    }

    /** Takes all of it or nothing. */
    boolean take(long bytes) {
        long missing = blocks(held + bytes) - reserved;
        if (missing > 0 && !total.tryReserve(0, missing)) {
            return false;
        }
        reserved += Math.max(0, missing);
        held += bytes;
        return true;
    }

    void give(long bytes) {
        held -= bytes;
        long over = reserved - blocks(held);
        reserved -= over;
        total.release(0, over);
    }

    private static long blocks(long bytes) {
        long asked = Math.max(0, bytes - OWN_BYTES);
        return (asked + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }

    /** Why {@link #take} takes nothing, as half a sentence. */
    String refusal(long bytes) {
        return total.totalRefusing(blocks(held + bytes) - reserved)
                .orElse("all plugins together hold what they may");
    }

    long heldBytes() {
        return held;
    }

    /** Gives back what is left: the stream has ended, in whatever way. */
    @Override
    public void close() {
        give(held);
    }
}
