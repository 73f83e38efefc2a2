package io.trinity.pipeline;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Part;
import io.trinity.api.hook.Veto;
import io.trinity.api.metric.Sample;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Vector;
import io.trinity.api.stream.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The neighbours of a pipeline, a hook bus among them, as a test wants them. */
final class Fakes implements PipelineServices, HookBus {
    final List<ModalityHandler> handlers = new ArrayList<>();
    final Set<HookPoint> listening = EnumSet.noneOf(HookPoint.class);
    final List<Incident> incidents = new ArrayList<>();
    final List<List<Part>> fused = new ArrayList<>();
    volatile List<AbsentHandler> absent = List.of();
    List<HookSnapshot> hookList = List.of();
    Optional<Veto> veto = Optional.empty();
    UnaryOperator<List<Chunk>> postChunk = c -> c;
    Function<List<Part>, double[]> preFusion = p -> p.stream().mapToDouble(Part::weight).toArray();
    UnaryOperator<List<Window>> postFusion = w -> w;
    volatile List<PipelineStage> stages;
    volatile List<PluginSnapshot> plugins = List.of();
    Runnable asked = () -> {};
    int vectorDimension = 10_000;
    MemoryQuota memory = MemoryQuota.UNCOUNTED;

    Fakes(PipelineStage... stages) {
        this.stages = List.of(stages);
    }

    static PipelineSettings settings(FailurePolicy policy, int chunkBytes) {
        return PipelineSettings.read(
                Map.of(
                        "onFailure",
                        policy.label(),
                        "chunkBytes",
                        chunkBytes,
                        "onConflict",
                        "replace"),
                PipelineSettings.defaults("main"),
                p -> {
                    throw new AssertionError(p);
                });
    }

    static StreamJob job(PipelineSettings settings, Fakes services) {
        return new StreamJob(settings, services, new Counters(), () -> false);
    }

    /**
     * What came of a chunk.
     *
     * @param chunks that went out
     * @param windows that were closed by them
     */
    record Step(List<Chunk> chunks, List<FusedWindow> windows) implements StreamRun.Sink {
        Step() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public void chunks(List<Chunk> made) {
            chunks.addAll(made);
        }

        @Override
        public void window(FusedWindow window) {
            windows.add(window);
        }
    }

    /** Nothing where the stream failed. */
    static Optional<Step> take(StreamRun run, Chunk chunk) throws InterruptedException {
        Step step = new Step();
        try {
            return run.take(chunk, step) ? Optional.of(step) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<FusedWindow> end(StreamRun run) {
        Step step = new Step();
        try {
            run.end(step);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return step.windows();
    }

    static ResultFiles.Names names(Path outbox) {
        return names(outbox, outbox);
    }

    static ResultFiles.Names names(Path outbox, Path input) {
        return new ResultFiles.Names(
                outbox, new OutboxNames(outbox), outbox, true, Optional.empty(), name -> {}, input);
    }

    static ModalityHandler handler(
            String name,
            String modality,
            String contentType,
            Function<List<Chunk>, Answer<List<Chunk>>> decode,
            Function<List<Chunk>, Answer<List<Vector>>> encode) {
        return new ModalityHandler() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String modality() {
                return modality;
            }

            @Override
            public List<String> contentTypes() {
                return List.of(contentType);
            }

            @Override
            public Answer<List<Chunk>> decode(List<Chunk> pieces) {
                return decode.apply(pieces);
            }

            @Override
            public Answer<List<Vector>> encode(List<Chunk> chunks) {
                return encode.apply(chunks);
            }
        };
    }

    @Override
    public List<PipelineStage> stages() {
        return stages;
    }

    @Override
    public List<PluginSnapshot> plugins() {
        asked.run();
        return plugins;
    }

    @Override
    public List<ModalityHandler> handlers() {
        return handlers;
    }

    @Override
    public List<AbsentHandler> absentHandlers() {
        asked.run();
        return absent;
    }

    @Override
    public MemoryQuota memory() {
        return memory;
    }

    @Override
    public int vectorDimension() {
        return vectorDimension;
    }

    @Override
    public Optional<HookBus> hooks() {
        return Optional.of(this);
    }

    @Override
    public boolean listens(HookPoint point) {
        return listening.contains(point);
    }

    @Override
    public Optional<Veto> prePipeline(String pipeline, List<String> streams, HookTrace trace) {
        return veto;
    }

    @Override
    public List<Chunk> postChunk(List<Chunk> chunks, HookTrace trace) {
        trace.called("hooker", HookPoint.POST_CHUNK, "change", 1000);
        return postChunk.apply(chunks);
    }

    @Override
    public double[] preFusion(String key, List<Part> parts, HookTrace trace) {
        fused.add(parts);
        return preFusion.apply(parts);
    }

    @Override
    public List<Window> postFusion(List<Window> windows, HookTrace trace) {
        return postFusion.apply(windows);
    }

    @Override
    public void onError(List<Incident> told) {
        incidents.addAll(told);
    }

    @Override
    public void onMetrics(List<Sample> samples) {
        throw new AssertionError("metrics are telemetry's");
    }

    @Override
    public byte[] fire(String name, byte[] payload, long deadlineNanos, HookTrace trace) {
        throw new AssertionError("the pipeline fires no custom hook");
    }

    @Override
    public List<HookSnapshot> list() {
        return hookList;
    }

    @Override
    public void enable(String plugin, HookPoint point, String name, boolean enabled) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forget(String plugin) {
        throw new UnsupportedOperationException();
    }
}
