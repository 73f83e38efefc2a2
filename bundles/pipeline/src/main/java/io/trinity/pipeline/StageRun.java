package io.trinity.pipeline;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One stage within one stream: hands it chunks, and decides what becomes of them where it fails.
 * Confined to the stream's thread.
 */
final class StageRun {
    /** A failure of a stage, by code and sentence. */
    record Failure(String plugin, ErrorCode code, String message) {
        /** A plugin answered with an error. */
        static Failure refused(String plugin, Answer.Refusal<?> answer) {
            PluginException e =
                    PluginException.refused(PluginRef.named(plugin), "it refused", answer.text());
            return new Failure(plugin, e.code(), e.getMessage());
        }
    }

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

    /**
     * What became of chunks.
     *
     * @param passed whether they go on as they were
     */
    record Result(List<Chunk> chunks, boolean passed) {}

    /** Most chunks that one call may bring. */
    int batch() {
        return Math.max(1, stage.batch());
    }

    /** A chunk that it made goes on. */
    void emitted() {
        chunksOut++;
    }

    /**
     * Hands it chunks, at most a batch of them.
     *
     * @param room takes what it made, or says why there is no room for that: it failed then
     * @return empty for a stream that failed here, see {@link #lastFailure}
     */
    Optional<Result> call(List<Chunk> part, Function<List<Chunk>, Optional<Failure>> room)
            throws InterruptedException {
        chunksIn += part.size();
        long since = System.nanoTime();
        while (true) {
            long start = System.nanoTime();
            Failure failure;
            Optional<PluginException> unavailable = Optional.empty();
            try {
                Answer<List<Chunk>> answer = stage.process(part);
                if (answer instanceof Answer.Value<List<Chunk>> v) {
                    Optional<Failure> objection = room.apply(v.value());
                    if (objection.isEmpty()) {
                        calls++;
                        int made = v.value().size();
                        long took = System.nanoTime() - start;
                        trace.add(name, place, "ok", false, part.size(), made, took);
                        return Optional.of(new Result(v.value(), false));
                    }
                    failure = objection.get();
                } else {
                    failure = Failure.refused(name, (Answer.Refusal<List<Chunk>>) answer);
                }
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
                case PASS -> Optional.of(new Result(part, true));
                case DROP -> Optional.of(new Result(List.of(), false));
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

    private Optional<Result> absent(Next next, List<Chunk> part) {
        if (next instanceof Next.Failed f) {
            failed(f.failure(), part.size(), 0, 0);
            return Optional.empty();
        }
        ((Next.Without) next).failure().ifPresent(f -> failed(f, part.size(), part.size(), 0));
        return Optional.of(new Result(part, true));
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
