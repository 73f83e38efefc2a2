package io.trinity.pipeline;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One chunk of the input, and all that it becomes, on its way through the stages: depth first. What
 * one call made has gone on before the next call is made, so that of each stage no more is kept
 * than the result of one call, and what waits until the next stage's batch is full. Stages get the
 * same batches, and results come in the same order, as if each stage were done with everything
 * before the next begins. Confined to the stream's thread.
 */
final class StepRun {
    /** What comes next. */
    sealed interface Next {
        /**
         * A stage or decoder.
         *
         * @param numbering of what it makes
         */
        record Stage(StageRun run, Numbering numbering) implements Next {}

        /** A stage that is passed over. */
        record Absent(String name) implements Next {}

        /** The end of the way. */
        record Out() implements Next {}
    }

    /** The stream that this is a step of. */
    interface Stream {
        /**
         * Decides, and may take its time over that.
         *
         * @param passed names of stages that came before
         */
        Next next(List<String> passed) throws InterruptedException, StreamEnded;

        /** Chunks went on without a stage. */
        void skipped(String stage, int chunks);

        /** A stage failed in this step, and the stream goes on. */
        void failed(StageRun run);

        /** What hooks leave of chunks. */
        List<Chunk> pastHooks(List<Chunk> chunks) throws StreamEnded;

        /** Hooks made more than they may. */
        StreamEnded tooMuch(StepLimit.Excess excess);

        /** The last numbering that chunks get. */
        Numbering numbering();

        /** Chunks leave. */
        void out(List<Chunk> chunks) throws IOException, InterruptedException, StreamEnded;
    }

    /** Most chunks, and bytes, that hooks get at once. */
    private static final int HOOK_CHUNKS = 256;

    private static final long HOOK_BYTES = 256 << 10;

    private final PipelineSettings settings;
    private final KeptMemory kept;
    private final Stream stream;

    StepRun(PipelineSettings settings, KeptMemory kept, Stream stream) {
        this.settings = settings;
        this.kept = kept;
        this.stream = stream;
    }

    /**
     * Takes a chunk all the way.
     *
     * @param decoder that it passes before all stages
     */
    void run(Chunk chunk, Optional<Next.Stage> decoder)
            throws IOException, InterruptedException, StreamEnded {
        require(chunk);
        Outlet stages = new Outlet(List.of());
        if (decoder.isPresent()) {
            Place decoding = new AtStage(decoder.get(), stages);
            decoding.accept(chunk);
            decoding.finish(chunk.last());
        } else {
            stages.emit(chunk);
            stages.finish(chunk.last());
        }
    }

    private void require(Chunk c) throws StreamEnded {
        long bytes = QueuedChunk.heapBytes(c);
        if (!kept.take(bytes)) {
            throw new StreamEnded(full("", bytes));
        }
    }

    private StageRun.Failure full(String plugin, long bytes) {
        String detail = "no room for %s bytes of chunks: %s".formatted(bytes, kept.refusal(bytes));
        return failure(
                plugin,
                ErrorCode.LIMIT_TOTAL_MEMORY,
                detail,
                "unload a plugin, or raise totalMemoryBytes in " + Places.of("io.trinity.limits"));
    }

    private StageRun.Failure failure(String plugin, ErrorCode code, String detail, String remedy) {
        String message =
                plugin.isEmpty()
                        ? "pipeline '%s': %s; %s".formatted(settings.name(), detail, remedy)
                        : PluginException.of(code, PluginRef.named(plugin), detail, remedy)
                                .getMessage();
        return new StageRun.Failure(plugin, code, message);
    }

    /** Somewhere that chunks come to, which are counted as kept until it is done with them. */
    private abstract static class Place {
        abstract void accept(Chunk c) throws IOException, InterruptedException, StreamEnded;

        /**
         * No chunk follows in this step.
         *
         * @param end nor in the stream
         */
        abstract void finish(boolean end) throws IOException, InterruptedException, StreamEnded;

        abstract boolean is(Next next);
    }

    /** Where chunks go on from. */
    private final class Outlet {
        private final List<String> passed;
        private @Nullable Place below;

        Outlet(List<String> passed) {
            this.passed = passed;
        }

        /** What is configured meanwhile, or comes back, holds for what follows. */
        Place look() throws IOException, InterruptedException, StreamEnded {
            Next next = stream.next(passed);
            Place there = below;
            if (there != null && there.is(next)) {
                return there;
            }
            if (there != null) {
                there.finish(false);
            }
            there = place(next);
            below = there;
            return there;
        }

        private Place place(Next next) {
            if (next instanceof Next.Stage s) {
                return new AtStage(s, with(s.run().plugin()));
            }
            if (next instanceof Next.Absent a) {
                return new AtAbsent(a, with(a.name()));
            }
            return new AtEnd();
        }

        private Outlet with(String name) {
            List<String> more = new ArrayList<>(passed);
            more.add(name);
            return new Outlet(more);
        }

        void emit(Chunk c) throws IOException, InterruptedException, StreamEnded {
            Place there = below;
            (there == null ? look() : there).accept(c);
        }

        void finish(boolean end) throws IOException, InterruptedException, StreamEnded {
            Place there = below;
            if (there != null) {
                there.finish(end);
            }
        }
    }

    /** A stage, or the decoder. */
    private final class AtStage extends Place {
        private final Next.Stage here;
        private final StageRun run;
        private final Outlet outlet;
        private final StepLimit limit = new StepLimit(settings);
        private final long failuresBefore;
        private final List<Chunk> waiting = new ArrayList<>();
        private boolean told;
        private @Nullable Chunk held;
        private @Nullable Chunk latest;

        AtStage(Next.Stage here, Outlet outlet) {
            this.here = here;
            this.run = here.run();
            this.outlet = outlet;
            this.failuresBefore = run.failures();
        }

        @Override
        boolean is(Next next) {
            return next instanceof Next.Stage s && s.run() == run;
        }

        @Override
        void accept(Chunk c) throws IOException, InterruptedException, StreamEnded {
            waiting.add(c);
            latest = c;
            if (waiting.size() >= run.batch()) {
                work();
            }
        }

        private void work() throws IOException, InterruptedException, StreamEnded {
            Deque<Chunk> made = made();
            if (!told && run.failures() > failuresBefore) {
                told = true;
                stream.failed(run);
            }
            if (!made.isEmpty()) {
                outlet.look();
            }
            for (Chunk c = made.poll(); c != null; c = made.poll()) {
                emitHeld(false);
                held = c;
            }
        }

        private Deque<Chunk> made() throws InterruptedException, StreamEnded {
            List<Chunk> part = List.copyOf(waiting);
            waiting.clear();
            Optional<StageRun.Result> result = run.call(part, this::room);
            if (result.isEmpty()) {
                throw new StreamEnded(run.lastFailure().orElseThrow());
            }
            if (!result.get().passed()) {
                kept.give(KeptMemory.bytes(part));
            }
            return new ArrayDeque<>(result.get().chunks());
        }

        private Optional<StageRun.Failure> room(List<Chunk> made) {
            Optional<StepLimit.Excess> excess = limit.add(made);
            if (excess.isPresent()) {
                return excess.map(
                        e -> failure(run.plugin(), ErrorCode.LIMIT_CHUNKS, e.detail(), e.remedy()));
            }
            long bytes = KeptMemory.bytes(made);
            return kept.take(bytes) ? Optional.empty() : Optional.of(full(run.plugin(), bytes));
        }

        /** One is held back until it is known whether another follows. */
        private void emitHeld(boolean last) throws IOException, InterruptedException, StreamEnded {
            Chunk c = held;
            if (c != null) {
                held = null;
                run.emitted();
                outlet.emit(here.numbering().number(c, last));
            }
        }

        @Override
        void finish(boolean end) throws IOException, InterruptedException, StreamEnded {
            if (!waiting.isEmpty()) {
                work();
            }
            Chunk from = latest;
            if (end && held == null && from != null) {
                Chunk empty = Numbering.empty(from);
                require(empty);
                held = empty;
            }
            emitHeld(end);
            outlet.finish(end);
        }
    }

    /** A stage that does not serve, and is passed over. */
    private final class AtAbsent extends Place {
        private final Next.Absent here;
        private final Outlet outlet;
        private int chunks;

        AtAbsent(Next.Absent here, Outlet outlet) {
            this.here = here;
            this.outlet = outlet;
        }

        @Override
        boolean is(Next next) {
            return next.equals(here);
        }

        @Override
        void accept(Chunk c) throws IOException, InterruptedException, StreamEnded {
            chunks++;
            outlet.emit(c);
        }

        @Override
        void finish(boolean end) throws IOException, InterruptedException, StreamEnded {
            stream.skipped(here.name(), chunks);
            outlet.finish(end);
        }
    }

    /** Past the hooks, and out. */
    private final class AtEnd extends Place {
        private final StepLimit limit = new StepLimit(settings);
        private final List<Chunk> waiting = new ArrayList<>();
        private long waitingBytes;
        private @Nullable Chunk held;
        private @Nullable Chunk latest;

        @Override
        boolean is(Next next) {
            return next instanceof Next.Out;
        }

        @Override
        void accept(Chunk c) throws IOException, InterruptedException, StreamEnded {
            waiting.add(c);
            waitingBytes += QueuedChunk.heapBytes(c);
            latest = c;
            if (waiting.size() >= HOOK_CHUNKS || waitingBytes >= HOOK_BYTES) {
                send(numbered());
            }
        }

        private List<Chunk> numbered() throws StreamEnded {
            List<Chunk> out = new ArrayList<>();
            for (Chunk c : hooked()) {
                add(out, false);
                held = c;
            }
            return out;
        }

        private List<Chunk> hooked() throws StreamEnded {
            List<Chunk> made = List.copyOf(waiting);
            long before = waitingBytes;
            waiting.clear();
            waitingBytes = 0;
            List<Chunk> left = stream.pastHooks(made);
            if (left != made) {
                Optional<StepLimit.Excess> excess = limit.add(left);
                if (excess.isPresent()) {
                    throw stream.tooMuch(excess.get());
                }
                long bytes = KeptMemory.bytes(left);
                if (!kept.take(bytes)) {
                    throw new StreamEnded(full("", bytes));
                }
                kept.give(before);
            }
            return left;
        }

        private void send(List<Chunk> out) throws IOException, InterruptedException, StreamEnded {
            if (!out.isEmpty()) {
                stream.out(out);
                kept.give(KeptMemory.bytes(out));
            }
        }

        @Override
        void finish(boolean end) throws IOException, InterruptedException, StreamEnded {
            List<Chunk> out = waiting.isEmpty() ? new ArrayList<>() : numbered();
            Chunk from = latest;
            if (end && held == null && from != null) {
                Chunk empty = Numbering.empty(from);
                require(empty);
                held = empty;
            }
            add(out, end);
            send(out);
        }

        private void add(List<Chunk> out, boolean last) {
            Chunk c = held;
            if (c != null) {
                held = null;
                out.add(stream.numbering().number(c, last));
            }
        }
    }
}
