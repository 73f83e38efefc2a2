package io.trinity.pipeline;

import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One file on its way: cut into chunks, through the stages that serve when each chunk comes, into
 * its results. Confined to one thread.
 */
final class StreamJob {
    /**
     * How it ended.
     *
     * @param failure where a stage failed it
     */
    record Outcome(long chunksIn, long bytesIn, Optional<StageRun.Failure> failure) {}

    private final Supplier<List<PipelineStage>> stagesNow;
    private final FailurePolicy policy;
    private final int chunkBytes;
    private final Map<String, StageRun> runs = new HashMap<>();
    private final List<StageRun> inOrderOfFirstUse = new ArrayList<>();

    /**
     * @param stagesNow asked before each chunk
     * @param chunkBytes 1 to {@link Chunk#MAX_PAYLOAD_BYTES}
     */
    StreamJob(Supplier<List<PipelineStage>> stagesNow, FailurePolicy policy, int chunkBytes) {
        this.stagesNow = stagesNow;
        this.policy = policy;
        this.chunkBytes = chunkBytes;
    }

    Outcome run(Path input, String name, Path outbox) throws IOException {
        long chunksIn = 0;
        long bytesIn = 0;
        Optional<StageRun.Failure> failure = Optional.empty();
        try (ChunkSource source = new ChunkSource(input, name, chunkBytes);
                ResultFiles results = new ResultFiles(outbox, name)) {
            for (Optional<Chunk> c = source.read();
                    c.isPresent() && failure.isEmpty();
                    c = source.read()) {
                chunksIn++;
                bytesIn += c.get().payload().length;
                failure = pass(c.get(), results);
            }
            results.publish(chunksIn, bytesIn, inOrderOfFirstUse, failure);
        }
        return new Outcome(chunksIn, bytesIn, failure);
    }

    private Optional<StageRun.Failure> pass(Chunk chunk, ResultFiles results) throws IOException {
        List<Chunk> chunks = List.of(chunk);
        for (PipelineStage stage : stagesNow.get()) {
            if (chunks.isEmpty()) {
                break;
            }
            StageRun run = runs.computeIfAbsent(stage.name(), n -> newRun(stage));
            Optional<List<Chunk>> made = run.process(chunks);
            if (made.isEmpty()) {
                return run.lastFailure();
            }
            chunks = made.get();
        }
        for (Chunk c : chunks) {
            results.add(c);
        }
        return Optional.empty();
    }

    private StageRun newRun(PipelineStage stage) {
        StageRun run = new StageRun(stage, policy);
        inOrderOfFirstUse.add(run);
        return run;
    }
}
