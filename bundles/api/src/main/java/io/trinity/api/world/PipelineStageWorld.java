package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.stream.Chunk;
import java.util.List;

/** World {@code pipeline-stage}: type {@code pipeline_stage}. */
public interface PipelineStageWorld extends World {
    /** Turns chunks of one stream into none, one or many. */
    Answer<List<Chunk>> process(CallOptions options, List<Chunk> chunks);
}
