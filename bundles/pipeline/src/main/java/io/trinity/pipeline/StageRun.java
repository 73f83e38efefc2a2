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

    /** What to do with chunks whose stage does not serve. */
    sealed interface Next {
        /** Hand them to this one, which serves. */
        record Again(PipelineStage stage) implements Next {}

        /**
         * Go on without it.
         *
         * @param failure to be told of; nothing where the stage is no longer to be passed
         */
        record Without(Optional<Failure> failure) implements Next {}

        /** The stream fails. */
        record Failed(Failure failure) implements Next {}
    }

    /** Decides what to do, and may take its time over that. */
    @FunctionalInterface
    interface Absence {
        /**
         * A stage does not serve.
         *
         * @param tried the service that was called
         * @param cause what that said
         * @param sinceNanos when these chunks came to it
         */
        Next next(PipelineStage tried, PluginException cause, long sinceNanos)
                throws InterruptedException;
    }

    private final String name;
    private final Optional<Absence> absence;
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
    private PipelineStage stage;

    /**
     * @param place for the trace: {@code stage} or {@code decode}
     * @param absence asked where it does not serve; without it that is a failure like any other
     */
    StageRun(
            PipelineStage stage,
            FailurePolicy policy,
            String place,
            Trace trace,
            Optional<Absence> absence) {
        this.name = stage.name();
        this.stage = stage;
        this.absence = absence;
        this.policy = policy;
        this.place = place;
        this.trace = trace;
    }

    /** The service that is called from now on: another one after it was unloaded and loaded. */
    void bind(PipelineStage serving) {
        stage = serving;
    }

    /** What became of the chunks; empty for a stream that failed here, see {@link #lastFailure}. */
    Optional<List<Chunk>> process(List<Chunk> chunks) throws InterruptedException {
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

    private Optional<List<Chunk>> call(List<Chunk> part) throws InterruptedException {
        chunksIn += part.size();
        long since = System.nanoTime();
        while (true) {
            long start = System.nanoTime();
            Failure failure;
            Optional<PluginException> unavailable = Optional.empty();
            try {
                Answer<List<Chunk>> answer = stage.process(part);
                if (answer instanceof Answer.Value<List<Chunk>> v) {
                    calls++;
                    trace.add(
                            name,
                            place,
                            "ok",
                            false,
                            part.size(),
                            v.value().size(),
                            System.nanoTime() - start);
                    return Optional.of(v.value());
                }
                String text = ((Answer.Refusal<List<Chunk>>) answer).text();
                failure = new Failure(name, ErrorCode.GUEST_ERROR, text);
            } catch (PluginException e) {
                failure = new Failure(name, e.code(), e.getMessage());
                unavailable = Optional.of(e).filter(this::doesNotServe);
            } finally {
                nanos += System.nanoTime() - start;
            }
            if (unavailable.isPresent() && absence.isPresent()) {
                Next next = absence.get().next(stage, unavailable.get(), since);
                if (next instanceof Next.Again again) {
                    stage = again.stage();
                    continue;
                }
                return absent(next, part);
            }
            calls++;
            failed(failure, part.size(), 0, System.nanoTime() - start);
            return switch (policy) {
                case FAIL -> Optional.empty();
                case PASS -> Optional.of(part);
                case DROP -> Optional.of(List.of());
            };
        }
    }

    /** Whether it said so of itself: what a plugin that it called is, is that one's affair. */
    private boolean doesNotServe(PluginException e) {
        return e.plugin().name().equals(name)
                && (e.code() == ErrorCode.PAUSED
                        || e.code() == ErrorCode.QUARANTINED
                        || e.code() == ErrorCode.NOT_ACTIVE);
    }

    private Optional<List<Chunk>> absent(Next next, List<Chunk> part) {
        if (next instanceof Next.Failed f) {
            failed(f.failure(), part.size(), 0, 0);
            return Optional.empty();
        }
        ((Next.Without) next).failure().ifPresent(f -> failed(f, part.size(), part.size(), 0));
        return Optional.of(part);
    }

    private void failed(Failure failure, int in, int out, long callNanos) {
        failures++;
        lastFailure = Optional.of(failure);
        trace.add(name, place, failure.code().name(), true, in, out, callNanos);
    }

    String plugin() {
        return name;
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
