package io.trinity.api.world;

import io.trinity.api.hook.Verdict;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.stream.Chunk;
import java.util.List;

/** World {@code hook-post-chunk}. */
public interface HookPostChunkWorld extends World {
    /** After the last stage. */
    Answer<Verdict> postchunk(CallOptions options, List<Chunk> chunks);
}
