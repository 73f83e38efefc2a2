package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What is configured for the pipeline; see {@link PipelineDefinition} for each. Pure. */
record PipelineSettings(
        List<String> stages,
        FailurePolicy onFailure,
        int chunkBytes,
        int pollMillis,
        int stillMillis,
        boolean keepInputs,
        Set<String> streams,
        int streamChunks) {
    static final String PID = "io.trinity.pipeline";

    static final PipelineSettings DEFAULT =
            new PipelineSettings(
                    List.of(), FailurePolicy.FAIL, 8192, 200, 800, true, Set.of("events"), 64);

    /**
     * @param last what stays in effect where a value is invalid
     */
    static PipelineSettings read(ConfigValues v, PipelineSettings last) {
        String policy = v.word("onFailure", "fail", last.onFailure.label(), FailurePolicy.labels());
        return new PipelineSettings(
                v.names("stages", List.of()),
                FailurePolicy.valueOf(policy.toUpperCase(Locale.ROOT)),
                (int) v.number("chunkBytes", 8192, last.chunkBytes, 1, Chunk.MAX_PAYLOAD_BYTES),
                (int) v.number("pollMillis", 200, last.pollMillis, 10, 60_000),
                (int) v.number("stillMillis", 800, last.stillMillis, 0, 600_000),
                v.flag("keepInputs", true, last.keepInputs),
                new TreeSet<>(v.names("streams", List.of("events"))),
                (int) v.number("streamChunks", 64, last.streamChunks, 1, 4096));
    }
}
