package io.trinity.pipeline;

import io.trinity.api.hook.HookBus;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stream on its way: decoded, through the stages that are there when each chunk comes, past the
 * hooks, into windows. Confined to one thread.
 */
final class StreamRun {
    /**
     * What came of a chunk.
     *
     * @param chunks that go out
     * @param windows that were closed by them
     */
    record Step(List<Chunk> chunks, List<FusedWindow> windows) {}

    private static final String STAGE = "stage";
    private static final String DECODE = "decode";

    private final PipelineSettings settings;
    private final Neighbours neighbours;
    private final Trace trace = new Trace();
    private final Numbering afterHooks = new Numbering();
    private final Map<String, StageRun> runs = new HashMap<>();
    private final List<StageRun> inOrderOfFirstUse = new ArrayList<>();
    private final Fusion fusion;
    private final String stream;
    private final StageWait wait;
    private final Counters counters;
    private Optional<StageRun.Failure> failure = Optional.empty();
    private @Nullable StageRun decoder;
    private @Nullable AbsentHandler undecoded;
    private boolean begun;
    private long chunksIn;
    private long bytesIn;
    private long chunksOut;
    private long bytesOut;

    /**
     * @param counters of the pipeline, told what passes
     */
    StreamRun(PipelineSettings settings, Neighbours neighbours, String stream, Counters counters) {
        this.counters = counters;
        this.settings = settings;
        this.neighbours = neighbours;
        this.stream = stream;
        this.wait = new StageWait(settings, neighbours);
        this.fusion = new Fusion(settings, neighbours, trace, this::tell);
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
                "%s: it vetoed pipeline '%s' on stream '%s': %s"
                        .formatted(
                                PluginRef.named(v.plugin()), settings.name(), stream, v.reason()));
    }

    private Optional<HookBus> listening(HookPoint point) {
        return neighbours.hooks().filter(h -> h.listens(point));
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

    /** The next chunk; nothing where the stream failed at it, see {@link #failure}. */
    Optional<Step> take(Chunk chunk) throws InterruptedException {
        chunksIn++;
        bytesIn += chunk.payload().length;
        counters.chunksIn.increment();
        counters.bytesIn.add(chunk.payload().length);
        Optional<StageRun.Failure> missing = wait.untilComplete();
        if (missing.isPresent()) {
            failure = missing;
            tell(missing.get());
            return Optional.empty();
        }
        if (!begun) {
            begun = true;
            try {
                choose(chunk.contentType());
            } catch (StageWait.Unhandled e) {
                failure = Optional.of(e.failure);
                tell(e.failure);
                return Optional.empty();
            }
        }
        Optional<List<Chunk>> made = Optional.of(List.of(chunk));
        AbsentHandler absent = undecoded;
        if (absent != null) {
            trace.add(absent.name(), DECODE, ErrorCode.STAGE_MISSING.name(), true, 1, 1, 0);
        }
        StageRun decoding = decoder;
        if (decoding != null) {
            made = pass(decoding, made.get());
        }
        List<String> passed = new ArrayList<>();
        while (made.isPresent() && !made.get().isEmpty()) {
            Optional<String> next = next(passed);
            if (next.isEmpty()) {
                break;
            }
            String stage = next.get();
            Lineup lineup = wait.lineup();
            Optional<PipelineStage> service = lineup.service(stage);
            if (service.isEmpty()) {
                Optional<StageRun.Failure> without = wait.untilComplete();
                if (without.isPresent()) {
                    failure = without;
                    tell(without.get());
                    return Optional.empty();
                }
                Lineup now = wait.lineup();
                if (now.service(stage).isPresent() || !now.names().equals(lineup.names())) {
                    continue;
                }
            }
            passed.add(stage);
            if (service.isPresent()) {
                made = pass(run(service.get()), made.get());
            } else {
                skip(stage, made.get().size());
            }
        }
        return made.flatMap(this::leave);
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
    private void choose(String contentType) throws InterruptedException, StageWait.Unhandled {
        undecoded = wait.untilHandled(contentType).orElse(null);
        if (undecoded == null) {
            List<String> absent =
                    neighbours.absentHandlers().stream().map(AbsentHandler::name).toList();
            Handlers.forContentType(
                            neighbours.handlers().stream()
                                    .filter(h -> !absent.contains(h.name()))
                                    .toList(),
                            contentType)
                    .ifPresent(h -> decoder = decoder(h));
        }
    }

    /** It does not serve, and chunks are to go on without it. */
    private void skip(String stage, int chunks) {
        String code = ErrorCode.STAGE_MISSING.name();
        trace.add(stage, STAGE, code, true, chunks, chunks, 0);
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

    private Optional<List<Chunk>> pass(StageRun run, List<Chunk> chunks)
            throws InterruptedException {
        long failuresBefore = run.failures();
        Optional<List<Chunk>> made = run.process(chunks);
        if (run.failures() > failuresBefore) {
            run.lastFailure().ifPresent(this::tell);
        }
        if (made.isEmpty()) {
            failure = run.lastFailure();
        }
        return made;
    }

    /** Past the hooks, of which a required one may end it here. */
    private Optional<Step> leave(List<Chunk> made) {
        try {
            return Optional.of(pastHooks(made));
        } catch (PluginException e) {
            failAt(e);
            return Optional.empty();
        }
    }

    private void failAt(PluginException e) {
        StageRun.Failure f = required(e);
        failure = Optional.of(f);
        tell(f);
    }

    private StageRun.Failure required(PluginException e) {
        return new StageRun.Failure(e.plugin().name(), e.code(), e.getMessage());
    }

    private Step pastHooks(List<Chunk> made) {
        List<Chunk> chunks = made;
        Optional<HookBus> hooks = listening(HookPoint.POST_CHUNK);
        if (hooks.isPresent() && !made.isEmpty()) {
            chunks = hooks.get().postChunk(made, trace);
        }
        if (!made.isEmpty()) {
            // Always, since hooks may come and go while the stream runs.
            chunks = afterHooks.number(made, chunks);
        }
        for (Chunk c : chunks) {
            chunksOut++;
            bytesOut += c.payload().length;
            counters.chunksOut.increment();
            counters.bytesOut.add(c.payload().length);
        }
        return new Step(chunks, counted(fusion.join(chunks)));
    }

    /** No chunk follows: the windows that are still open; none where the stream fails now. */
    List<FusedWindow> end() {
        try {
            return counted(fusion.end());
        } catch (PluginException e) {
            failAt(e);
            return List.of();
        }
    }

    private List<FusedWindow> counted(List<FusedWindow> windows) {
        counters.windows.add(windows.size());
        return windows;
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
