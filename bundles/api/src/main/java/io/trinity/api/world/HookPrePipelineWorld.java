package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** World {@code hook-pre-pipeline}. */
public interface HookPrePipelineWorld extends World {
    /** A pipeline is about to start; a refusal is a veto. */
    Answer<@Nullable Void> prepipeline(CallOptions options, String pipeline, List<String> streams);
}
