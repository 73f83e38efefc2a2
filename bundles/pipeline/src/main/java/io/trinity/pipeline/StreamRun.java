package io.trinity.pipeline;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Veto;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stream on its way: decoded, through the stages that are there when each chunk comes, past the
 * hooks, into windows. Confined to one thread.
 */
final class StreamRun implements AutoCloseable {
    /** Who gets what becomes of the stream. */
    interface Sink {
        /** Chunks that go out, at least one. */
        void chunks(List<Chunk> chunks) throws IOException;

        /** A window that was closed by the chunks before it, or by the end. */
        void window(FusedWindow window) throws IOException;

        /** Bytes that all of it takes on the disk so far. */
        default long written() {
            return 0;
        }
    }

    private static final String STAGE = "stage";
    private static final String DECODE = "decode";

    private final PipelineSettings settings;
    private final PipelineServices services;
    private final Trace trace = new Trace();
    private final Numbering afterHooks = new Numbering();
    private final Map<String, StageRun> runs = new HashMap<>();
    private final List<StageRun> inOrderOfFirstUse = new ArrayList<>();
    private final Fusion fusion;
    private final String stream;
    private final StageWait wait;
    private final KeptMemory kept;
    private final Map<String, Numbering> numberings = new HashMap<>();
    private final Counters counters;
    private Optional<StageRun.Failure> failure = Optional.empty();
    private StepRun.Next.@Nullable Stage decoder;
    private @Nullable StageRun decoding;
    private @Nullable ModalityHandler handler;
    private @Nullable AbsentHandler undecoded;
    private boolean begun;
    private long chunksIn;
    private long bytesIn;
    private long chunksOut;
    private long bytesOut;

    /**
     * @param counters of the pipeline, told what passes
     */
    StreamRun(
            PipelineSettings settings,
            PipelineServices services,
            String stream,
            Counters counters) {
        this.counters = counters;
        this.settings = settings;
        this.services = services;
        this.stream = stream;
        this.wait = new StageWait(settings, services);
        this.kept = new KeptMemory(services.memory());
        this.fusion = new Fusion(settings, services, trace, kept, this::tell);
    }

    /** Asks the pre_pipeline hooks; a veto is a failure. */
    Optional<StageRun.Failure> begin() {
        Optional<HookBus> hooks = listening(HookPoint.PRE_PIPELINE);
        if (hooks.isPresent()) {
            try {
                failure =
                        hooks.get()
                                .prePipeline(settings.name(), List.of(stream), trace)
                                .map(this::vetoed);
            } catch (PluginException e) {
                failure = Optional.of(required(e));
            }
            failure.ifPresent(this::tell);
        }
        return failure;
    }

    private StageRun.Failure vetoed(Veto v) {
        return new StageRun.Failure(
                v.plugin(),
                ErrorCode.HOOK_VETO,
                PluginRef.named(v.plugin())
                        + ": "
                        + PluginException.refusal(
                                "it vetoed pipeline '%s' on stream '%s'"
                                        .formatted(settings.name(), stream),
                                v.reason()));
    }

    private Optional<HookBus> listening(HookPoint point) {
        return services.hooks().filter(h -> h.listens(point));
    }

    /** It failed before it began. */
    void fail(StageRun.Failure f) {
        failure = Optional.of(f);
        tell(f);
    }

    /** Told to on_error hooks. */
    private void tell(StageRun.Failure f) {
        listening(HookPoint.ON_ERROR)
                .ifPresent(
                        h ->
                                h.onError(
                                        List.of(
                                                new Incident(
                                                        f.code().name(),
                                                        f.message(),
                                                        f.plugin(),
                                                        stream))));
    }

    /**
     * The next chunk.
     *
     * @param sink gets what becomes of it, as it comes
     * @return false where the stream failed at it, see {@link #failure}
     */
    boolean take(Chunk chunk, Sink sink) throws IOException, InterruptedException {
        chunksIn++;
        bytesIn += chunk.payload().length;
        counters.chunksIn.increment();
        counters.bytesIn.add(chunk.payload().length);
        try {
            ended(wait.untilComplete());
            if (!begun) {
                begun = true;
                choose(chunk.contentType());
            } else {
                rebind();
            }
            AbsentHandler absent = undecoded;
            if (absent != null) {
                trace.add(absent.name(), DECODE, ErrorCode.STAGE_MISSING.name(), true, 1, 1, 0);
            }
            new StepRun(settings, kept, new Step(sink)).run(chunk, Optional.ofNullable(decoder));
            return true;
        } catch (StreamEnded e) {
            failure = Optional.of(e.failure);
            tell(e.failure);
            return false;
        }
    }

    private static void ended(Optional<StageRun.Failure> failed) throws StreamEnded {
        if (failed.isPresent()) {
            throw new StreamEnded(failed.get());
        }
    }

    /** What a step asks. */
    private final class Step implements StepRun.Stream {
        private final Sink sink;

        Step(Sink sink) {
            this.sink = sink;
        }

        @Override
        public StepRun.Next next(List<String> passed) throws InterruptedException, StreamEnded {
            return StreamRun.this.after(passed);
        }

        @Override
        public void skipped(String stage, int chunks) {
            String code = ErrorCode.STAGE_MISSING.name();
            trace.add(stage, STAGE, code, true, chunks, chunks, 0);
        }

        @Override
        public void failed(StageRun run) {
            run.lastFailure().ifPresent(StreamRun.this::tell);
        }

        @Override
        public List<Chunk> pastHooks(List<Chunk> chunks) throws StreamEnded {
            Optional<HookBus> hooks = listening(HookPoint.POST_CHUNK);
            try {
                return hooks.isPresent() ? hooks.get().postChunk(chunks, trace) : chunks;
            } catch (PluginException e) {
                throw new StreamEnded(required(e));
            }
        }

        @Override
        public StreamEnded tooMuch(StepLimit.Excess excess) {
            List<String> named =
                    listening(HookPoint.POST_CHUNK).map(HookBus::list).orElse(List.of()).stream()
                            .filter(h -> h.point() == HookPoint.POST_CHUNK && h.enabled())
                            .map(HookSnapshot::plugin)
                            .distinct()
                            .toList();
            String message =
                    "the post_chunk hooks of %s %s; %s, or hook:disable one of them"
                            .formatted(String.join(", ", named), excess.detail(), excess.remedy());
            String plugin = named.size() == 1 ? named.get(0) : "";
            return new StreamEnded(new StageRun.Failure(plugin, ErrorCode.LIMIT_CHUNKS, message));
        }

        @Override
        public Numbering numbering() {
            // Always, since hooks may come and go while the stream runs.
            return afterHooks;
        }

        @Override
        public void out(List<Chunk> chunks) throws IOException, InterruptedException, StreamEnded {
            for (Chunk c : chunks) {
                chunksOut++;
                bytesOut += c.payload().length;
                counters.chunksOut.increment();
                counters.bytesOut.add(c.payload().length);
            }
            sink.chunks(chunks);
            ended(ResultLimit.check(settings, sink.written(), bytesIn, trace()));
            try {
                for (Chunk c : chunks) {
                    fusion.join(c, counted(sink));
                }
            } catch (PluginException e) {
                throw new StreamEnded(required(e));
            }
        }
    }

    private Fusion.Windowed counted(Sink sink) {
        return w -> {
            counters.windows.increment();
            sink.window(w);
        };
    }

    /** What comes after those stages that were passed. */
    private StepRun.Next after(List<String> passed) throws InterruptedException, StreamEnded {
        while (true) {
            Optional<String> next = next(passed);
            if (next.isEmpty()) {
                return new StepRun.Next.Out();
            }
            String stage = next.get();
            Lineup lineup = wait.lineup();
            Optional<PipelineStage> service = lineup.service(stage);
            if (service.isPresent()) {
                int before = Collections.frequency(passed, stage);
                return new StepRun.Next.Stage(run(service.get()), numbering(stage, before));
            }
            ended(wait.untilComplete());
            Lineup now = wait.lineup();
            if (now.service(stage).isEmpty() && now.names().equals(lineup.names())) {
                return new StepRun.Next.Absent(stage);
            }
        }
    }

    /** One that is named twice numbers what it makes at each of its places. */
    private Numbering numbering(String stage, int before) {
        return numberings.computeIfAbsent(stage + " " + before, k -> new Numbering());
    }

    /**
     * The stage that comes next. What is configured while chunks wait holds for them: where they
     * waited for a stage that is no longer named, those named in its place follow.
     */
    private Optional<String> next(List<String> passed) {
        List<String> left = new ArrayList<>(passed);
        return wait.lineup().names().stream().filter(n -> !left.remove(n)).findFirst();
    }

    /** Whoever decodes the stream from now on, or is passed over. */
    private void choose(String contentType) throws InterruptedException, StreamEnded {
        undecoded = wait.untilHandled(contentType).orElse(null);
        if (undecoded == null) {
            List<String> absent =
                    services.absentHandlers().stream().map(AbsentHandler::name).toList();
            Handlers.forContentType(
                            services.handlers().stream()
                                    .filter(h -> !absent.contains(h.name()))
                                    .toList(),
                            contentType)
                    .ifPresent(
                            h -> {
                                handler = h;
                                decoding = decoder(h);
                                decoder = new StepRun.Next.Stage(decoding, new Numbering());
                            });
        }
    }

    /** The decoder's file may have gone and come again: then its service is another one. */
    private void rebind() {
        ModalityHandler before = handler;
        StageRun run = decoding;
        if (before != null && run != null) {
            services.handlers().stream()
                    .filter(h -> h.name().equals(before.name()) && h != before)
                    .findFirst()
                    .ifPresent(
                            h -> {
                                handler = h;
                                run.bind(Handlers.decoder(h));
                            });
        }
    }

    private StageRun run(PipelineStage stage) {
        StageRun run = runs.computeIfAbsent(stage.name(), n -> newRun(stage));
        run.bind(stage);
        return run;
    }

    private StageRun decoder(ModalityHandler handler) {
        return added(
                new StageRun(
                        Handlers.decoder(handler),
                        settings.onFailure(),
                        DECODE,
                        trace,
                        Optional.empty()));
    }

    private StageRun newRun(PipelineStage stage) {
        return added(new StageRun(stage, settings.onFailure(), STAGE, trace, Optional.of(wait)));
    }

    private StageRun added(StageRun run) {
        inOrderOfFirstUse.add(run);
        return run;
    }

    private StageRun.Failure required(PluginException e) {
        return new StageRun.Failure(e.plugin().name(), e.code(), e.getMessage());
    }

    /** No chunk follows: the windows that are still open; the stream may fail at them. */
    void end(Sink sink) throws IOException {
        try {
            fusion.end(counted(sink));
        } catch (PluginException e) {
            failure = Optional.of(required(e));
            tell(required(e));
        }
    }

    /** Gives back what it kept. */
    @Override
    public void close() {
        kept.close();
    }

    Optional<StageRun.Failure> failure() {
        return failure;
    }

    /** Decoder and stages in the order of their first use. */
    List<StageRun> stages() {
        return inOrderOfFirstUse;
    }

    /** How it ended. */
    RunReport.Status status() {
        return RunReport.status(failure.map(f -> new Fault(f.code(), f.message())), trace());
    }

    List<TraceEntry> trace() {
        return trace.entries();
    }

    long chunksIn() {
        return chunksIn;
    }

    long bytesIn() {
        return bytesIn;
    }

    long chunksOut() {
        return chunksOut;
    }

    long bytesOut() {
        return bytesOut;
    }

    long windows() {
        return fusion.windows();
    }
}
