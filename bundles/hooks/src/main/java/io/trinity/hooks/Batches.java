package io.trinity.hooks;

import io.trinity.api.stream.Chunk;
import java.util.ArrayList;
import java.util.List;

/** Chunks in as many as one call of a hook is handed. Pure. */
final class Batches {
    static final int MOST_CHUNKS = 256;

    /**
     * Of payloads; one chunk has at most 64 KiB. What a hook does not get done with so many within
     * its limits, also when its code is cold and the machine busy, is its own affair.
     */
    static final int MOST_BYTES = 256 << 10;

    private Batches() {}

    /** In their order; the list itself where it is one batch. */
    static List<List<Chunk>> of(List<Chunk> chunks) {
        List<List<Chunk>> batches = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < chunks.size(); i++) {
            int size = chunks.get(i).payload().length;
            if (i > from && (i - from == MOST_CHUNKS || bytes + size > MOST_BYTES)) {
                batches.add(chunks.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += size;
        }
        batches.add(from == 0 ? chunks : chunks.subList(from, chunks.size()));
        return batches;
    }
}
