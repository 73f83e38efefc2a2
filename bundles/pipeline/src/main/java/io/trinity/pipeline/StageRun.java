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
    private long sequence;
    private long chunksIn;
    private long chunksOut;
    private long calls;
    private long failures;
    private long nanos;
    private Optional<Failure> lastFailure = Optional.empty();

    StageRun(PipelineStage stage, FailurePolicy policy) {
        this.stage = stage;
        this.policy = policy;
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
        return Optional.of(numbered(chunks, made));
    }

    private Optional<List<Chunk>> call(List<Chunk> part) {
        chunksIn += part.size();
        calls++;
        long start = System.nanoTime();
        Optional<Failure> failure;
        try {
            Answer<List<Chunk>> answer = stage.process(part);
            if (answer instanceof Answer.Value<List<Chunk>> v) {
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
        return switch (policy) {
            case FAIL -> Optional.empty();
            case PASS -> Optional.of(part);
            case DROP -> Optional.of(List.of());
        };
    }

    /**
     * Numbers from 0 on; exactly the last chunk of a stream says so, an empty one where none was
     * made.
     */
    private List<Chunk> numbered(List<Chunk> from, List<Chunk> made) {
        Chunk end = from.get(from.size() - 1);
        List<Chunk> result = new ArrayList<>();
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
        chunksOut += result.size();
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
