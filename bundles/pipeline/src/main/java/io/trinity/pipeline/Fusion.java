package io.trinity.pipeline;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.Part;
import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Vector;
import io.trinity.api.stream.Window;
import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import io.trinity.vsa.Weighted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The windows of one stream and their fusion: fused = bundle over the modalities of bind(role of
 * the modality, bundle of its chunks), with the weights that configuration and hooks give. Nothing
 * recognises anything yet, so label and confidence are empty and 0 unless a post_fusion hook
 * labels. Confined to one thread.
 */
final class Fusion {
    /** Weights become whole numbers for the bundle: three digits of them count. */
    private static final double WEIGHT_UNIT = 1000;

    private static final double MAX_WEIGHT = 1000;

    private final PipelineSettings settings;
    private final PipelineServices services;
    private final Trace trace;
    private final Consumer<StageRun.Failure> failures;
    private final Windows windows;
    private final VectorSpace space;
    private long fused;

    /**
     * @param kept where vectors of open windows are counted
     * @param failures told of encoders that fail; the host's own encoder stands in for them
     */
    Fusion(
            PipelineSettings settings,
            PipelineServices services,
            Trace trace,
            KeptMemory kept,
            Consumer<StageRun.Failure> failures) {
        this.settings = settings;
        this.services = services;
        this.trace = trace;
        this.failures = failures;
        this.space = new VectorSpace(services.vectorDimension());
        this.windows = new Windows(settings.windowMillis() * 1_000_000L, kept);
    }

    /** Whether anybody wants windows now. */
    private boolean wanted(String modality) {
        return switch (settings.fusion()) {
            case ON -> true;
            case OFF -> false;
            case AUTO ->
                    services.hooks()
                                    .filter(
                                            h ->
                                                    h.listens(HookPoint.PRE_FUSION)
                                                            || h.listens(HookPoint.POST_FUSION))
                                    .isPresent()
                            || handler(modality).isPresent();
        };
    }

    private Optional<ModalityHandler> handler(String modality) {
        return Handlers.forModality(services.handlers(), modality);
    }

    /** Takes windows, one by one. */
    interface Windowed {
        void window(FusedWindow w) throws IOException;
    }

    /** A chunk joins its window; those that it closed go out, fused. */
    void join(Chunk c, Windowed out) throws IOException, StreamEnded {
        if (c.payload().length > 0 && wanted(c.modality())) {
            for (OpenWindow closed : windows.join(c, space, encode(c))) {
                out.window(fuse(closed));
            }
        }
    }

    /** The stream has ended. */
    void end(Windowed out) throws IOException {
        for (Optional<OpenWindow> w = windows.close(); w.isPresent(); w = windows.close()) {
            out.window(fuse(w.get()));
        }
    }

    long windows() {
        return fused;
    }

    private Hypervector encode(Chunk c) {
        Optional<ModalityHandler> handler = handler(c.modality());
        if (handler.isPresent()) {
            long start = System.nanoTime();
            Optional<StageRun.Failure> failure;
            try {
                Answer<List<Vector>> answer = handler.get().encode(List.of(c));
                if (answer instanceof Answer.Value<List<Vector>> v) {
                    Vector vector = v.value().get(0);
                    if (vector.dimension() == space.dimension()) {
                        trace(handler.get(), "ok", false, start);
                        return space.of(vector.trits());
                    }
                    failure =
                            Optional.of(
                                    failure(
                                            handler.get(),
                                            ErrorCode.GUEST_ABI,
                                            "it gave a vector of %s elements where windows have %s"
                                                    .formatted(
                                                            vector.dimension(),
                                                            space.dimension())));
                } else {
                    failure =
                            Optional.of(
                                    StageRun.Failure.refused(
                                            handler.get().name(),
                                            (Answer.Refusal<List<Vector>>) answer));
                }
            } catch (PluginException e) {
                failure = Optional.of(failure(handler.get(), e.code(), e.getMessage()));
            }
            trace(handler.get(), failure.get().code().name(), true, start);
            failures.accept(failure.get());
        }
        return HostEncoder.encode(space, c.payload());
    }

    private static StageRun.Failure failure(ModalityHandler h, ErrorCode code, String message) {
        return new StageRun.Failure(h.name(), code, message);
    }

    private void trace(ModalityHandler h, String outcome, boolean failed, long start) {
        trace.add(h.name(), "encode", outcome, failed, 1, 0, System.nanoTime() - start);
    }

    private FusedWindow fuse(OpenWindow w) {
        List<Part> parts = weighted(w);
        Window window =
                new Window(
                        w.key(),
                        w.startNanos(),
                        windows.endNanos(w),
                        "",
                        0,
                        vector(bundle(parts)),
                        List.of());
        FusedWindow result = new FusedWindow(remarked(List.of(window)).get(0), parts);
        fused++;
        return result;
    }

    private List<Window> remarked(List<Window> windowsNow) {
        Optional<HookBus> hooks = services.hooks();
        return hooks.isPresent() && hooks.get().listens(HookPoint.POST_FUSION)
                ? hooks.get().postFusion(windowsNow, trace)
                : windowsNow;
    }

    /** The parts with the weights to use; what weighs nothing is left out. */
    private List<Part> weighted(OpenWindow w) {
        List<Part> parts = new ArrayList<>();
        for (String modality : w.modalities()) {
            parts.add(
                    new Part(
                            modality,
                            w.chunks(modality),
                            settings.weights().getOrDefault(modality, 1.0),
                            vector(w.bundle(space, modality))));
        }
        Optional<HookBus> hooks = services.hooks();
        if (hooks.isEmpty() || !hooks.get().listens(HookPoint.PRE_FUSION)) {
            return parts.stream().filter(p -> p.weight() > 0).toList();
        }
        double[] weights = hooks.get().preFusion(w.key(), parts, trace);
        List<Part> used = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part p = parts.get(i);
            if (weights[i] > 0) {
                used.add(new Part(p.modality(), p.chunks(), weights[i], p.bundle()));
            }
        }
        return used;
    }

    private Hypervector bundle(List<Part> parts) {
        List<Weighted> roles = new ArrayList<>();
        for (Part p : parts) {
            Hypervector role = space.random(HostEncoder.seed("role:" + p.modality()));
            double weight = Math.min(MAX_WEIGHT, p.weight());
            roles.add(
                    new Weighted(
                            space.bind(role, space.of(p.bundle().trits())),
                            (int) Math.max(1, Math.round(weight * WEIGHT_UNIT))));
        }
        return space.bundle(roles);
    }

    private static Vector vector(Hypervector v) {
        return new Vector(v.toTrits());
    }
}
