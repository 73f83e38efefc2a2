package io.trinity.pipeline;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One stage within one stream: hands it chunks in batches, numbers what it makes, and carries the
 * end of the stream past it. Confined to the stream's thread.
 */
final class StageRun {
    /** A failure of a stage, by code and sentence. */
    record Failure(String plugin, ErrorCode code, String message) {}

    private final PipelineStage stage;
    private final FailurePolicy policy;
    private final Numbering numbering = new Numbering();
    private final Trace trace;
    private final String place;
    private long chunksIn;
    private long chunksOut;
    private long calls;
    private long failures;
    private long nanos;
    private Optional<Failure> lastFailure = Optional.empty();

    /**
     * @param place for the trace: {@code stage} or {@code decode}
     */
    StageRun(PipelineStage stage, FailurePolicy policy, String place, Trace trace) {
        this.stage = stage;
        this.policy = policy;
        this.place = place;
        this.trace = trace;
    }

    /** What became of the chunks; empty for a stream that failed here, see {@link #lastFailure}. */
    Optional<List<Chunk>> process(List<Chunk> chunks) {
        List<Chunk> made = new ArrayList<>();
        int batch = Math.max(1, stage.batch());
        for (int at = 0; at < chunks.size(); at += batch) {
            List<Chunk> part = chunks.subList(at, Math.min(chunks.size(), at + batch));
            Optional<List<Chunk>> result = call(part);
            if (result.isEmpty()) {
                return Optional.empty();
            }
            made.addAll(result.get());
        }
        List<Chunk> numbered = numbering.number(chunks, made);
        chunksOut += numbered.size();
        return Optional.of(numbered);
    }

    private Optional<List<Chunk>> call(List<Chunk> part) {
        chunksIn += part.size();
        calls++;
        long start = System.nanoTime();
        Optional<Failure> failure;
        try {
            Answer<List<Chunk>> answer = stage.process(part);
            if (answer instanceof Answer.Value<List<Chunk>> v) {
                trace.add(
                        stage.name(),
                        place,
                        "ok",
                        false,
                        part.size(),
                        v.value().size(),
                        System.nanoTime() - start);
                return Optional.of(v.value());
            }
            String text = ((Answer.Refusal<List<Chunk>>) answer).text();
            failure = Optional.of(new Failure(stage.name(), ErrorCode.GUEST_ERROR, text));
        } catch (PluginException e) {
            failure = Optional.of(new Failure(stage.name(), e.code(), e.getMessage()));
        } finally {
            nanos += System.nanoTime() - start;
        }
        failures++;
        lastFailure = failure;
        String code = failure.map(f -> f.code().name()).orElse("");
        trace.add(stage.name(), place, code, true, part.size(), 0, System.nanoTime() - start);
        return switch (policy) {
            case FAIL -> Optional.empty();
            case PASS -> Optional.of(part);
            case DROP -> Optional.of(List.of());
        };
    }

    String plugin() {
        return stage.name();
    }

    Optional<Failure> lastFailure() {
        return lastFailure;
    }

    long chunksIn() {
        return chunksIn;
    }

    long chunksOut() {
        return chunksOut;
    }

    long calls() {
        return calls;
    }

    long failures() {
        return failures;
    }

    /** Wall time spent in the stage, in microseconds. */
    long micros() {
        return nanos / 1000;
    }
}
