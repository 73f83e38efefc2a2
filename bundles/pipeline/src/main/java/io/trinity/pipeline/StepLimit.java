package io.trinity.pipeline;

import io.trinity.api.config.Places;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Optional;

/**
 * How much one chunk of the input may become at one place, such as a stage. Confined to one thread.
 */
final class StepLimit {
    private final PipelineSettings settings;
    private long chunks;
    private long bytes;

    StepLimit(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * Counts what was made.
     *
     * @return why that is too much, and what to do: then it does not count
     */
    Optional<Excess> add(List<Chunk> made) {
        long moreChunks = chunks + made.size();
        long moreBytes = bytes + KeptMemory.bytes(made);
        StepSettings most = settings.step();
        if (moreChunks > most.maxChunks()) {
            return Optional.of(
                    excess(moreChunks + " chunks", most.maxChunks(), StepSettings.MAX_CHUNKS));
        }
        if (moreBytes > most.maxBytes()) {
            String much = "chunks of " + moreBytes + " bytes";
            return Optional.of(excess(much, most.maxBytes(), StepSettings.MAX_MEBIBYTES));
        }
        chunks = moreChunks;
        bytes = moreBytes;
        return Optional.empty();
    }

    private Excess excess(String made, long limit, String key) {
        return new Excess(
                "made %s of one chunk of the input, the limit is %s".formatted(made, limit),
                "make fewer, or raise %s in %s"
                        .formatted(key, Places.of(PipelineSettings.PID + "~" + settings.name())));
    }

    /** What is too much, and what to do. */
    record Excess(String detail, String remedy) {}
}
