package io.trinity.pipeline;

import io.trinity.api.stream.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers a stream's chunks at one place, from 0 on. Exactly the last chunk says so; where the last
 * one was left out, an empty one stands for it. Confined to one thread.
 */
final class Numbering {
    private long sequence;

    /**
     * @param from what went in, at least one chunk
     * @param made what came out of it
     */
    List<Chunk> number(List<Chunk> from, List<Chunk> made) {
        Chunk end = from.get(from.size() - 1);
        List<Chunk> result = new ArrayList<>(made.size() + 1);
        for (int i = 0; i < made.size(); i++) {
            result.add(copy(made.get(i), end.last() && i == made.size() - 1));
        }
        if (end.last() && made.isEmpty()) {
            result.add(
                    copy(
                            new Chunk(
                                    new byte[0],
                                    end.contentType(),
                                    end.modality(),
                                    end.stream(),
                                    List.of(),
                                    0,
                                    end.eventTimeNanos(),
                                    true),
                            true));
        }
        return result;
    }

    private Chunk copy(Chunk c, boolean last) {
        return new Chunk(
                c.payload(),
                c.contentType(),
                c.modality(),
                c.stream(),
                c.attributes(),
                sequence++,
                c.eventTimeNanos(),
                last);
    }
}
