package io.trinity.pipeline;

import io.trinity.api.stream.Chunk;
import java.util.List;

/**
 * Numbers a stream's chunks at one place, from 0 on. Exactly the last chunk says so; where the last
 * one was left out, an empty one stands for it. Confined to one thread.
 */
final class Numbering {
    private long sequence;

    /**
     * @param last whether no chunk follows it
     */
    Chunk number(Chunk c, boolean last) {
        return c.numbered(sequence++, last);
    }

    /** Stands for the last one, of which nothing is left. */
    static Chunk empty(Chunk end) {
        return new Chunk(
                new byte[0],
                end.contentType(),
                end.modality(),
                end.stream(),
                List.of(),
                0,
                end.eventTimeNanos(),
                true);
    }
}
