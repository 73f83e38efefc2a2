package io.trinity.api.hook;

import io.trinity.api.stream.Chunk;
import java.util.List;

/** What a hook after the last stage says of chunks: {@code variant verdict} of the contract. */
public sealed interface Verdict {
    /** They go on as they are. */
    record Pass() implements Verdict {}

    /** None of them goes on. */
    record Drop() implements Verdict {}

    /** These go on instead. */
    record Change(List<Chunk> chunks) implements Verdict {
        public Change {
            chunks = List.copyOf(chunks);
        }
    }
}
