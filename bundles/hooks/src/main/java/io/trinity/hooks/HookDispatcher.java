package io.trinity.hooks;

import io.trinity.api.config.Places;
import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Part;
import io.trinity.api.hook.Remark;
import io.trinity.api.hook.Verdict;
import io.trinity.api.hook.Veto;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Window;
import io.trinity.api.world.HookCustomWorld;
import io.trinity.api.world.HookOnErrorWorld;
import io.trinity.api.world.HookOnMetricsWorld;
import io.trinity.api.world.HookPostChunkWorld;
import io.trinity.api.world.HookPostFusionWorld;
import io.trinity.api.world.HookPreFusionWorld;
import io.trinity.api.world.HookPrePipelineWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The hook bus, without OSGi: each point's values, one hook after the other. */
final class HookDispatcher implements HookBus {
    private static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    private final HookTable table;
    private final DisabledHooks disabled;
    private final Delivery delivery;
    private final AsyncNotifier notifier;
    private final Standing standing;
    private final RequiredHooks required;

    HookDispatcher(
            HookTable table,
            DisabledHooks disabled,
            RememberedHooks remembered,
            Delivery delivery,
            AsyncNotifier notifier,
            Standing standing) {
        this.table = table;
        this.disabled = disabled;
        this.delivery = delivery;
        this.notifier = notifier;
        this.standing = standing;
        this.required = new RequiredHooks(table, remembered, standing);
    }

    @Override
    public boolean listens(HookPoint point) {
        return table.at(point).length > 0 || required.isDemanded(point);
    }

    @Override
    public Optional<Veto> prePipeline(String pipeline, List<String> streams, HookTrace trace) {
        required.demand(HookPoint.PRE_PIPELINE, "", trace);
        Hook[] hooks = table.at(HookPoint.PRE_PIPELINE);
        if (hooks.length == 0) {
            return Optional.empty();
        }
        @Nullable Veto[] veto = new Veto[1];
        for (Hook h : hooks) {
            call(
                    h,
                    "",
                    NO_DEADLINE,
                    "",
                    trace,
                    options -> {
                        Answer<@Nullable Void> answer =
                                h.plugin()
                                        .as(HookPrePipelineWorld.class)
                                        .prepipeline(options, pipeline, streams);
                        if (answer instanceof Answer.Refusal<@Nullable Void> r) {
                            veto[0] = new Veto(h.plugin().name(), r.text());
                            return "veto";
                        }
                        return "pass";
                    });
            if (veto[0] != null) {
                return Optional.of(veto[0]);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Chunk> postChunk(List<Chunk> chunks, HookTrace trace) {
        Hook[] hooks = table.at(HookPoint.POST_CHUNK);
        if (chunks.isEmpty()) {
            return chunks;
        }
        required.demand(HookPoint.POST_CHUNK, "", trace);
        if (hooks.length == 0) {
            return chunks;
        }
        Held<List<Chunk>> held = new Held<>(chunks);
        for (Hook h : hooks) {
            if (held.value.isEmpty()) {
                break;
            }
            // What the hook before made of a few may be far more than one call is to be handed.
            List<List<Chunk>> batches = Batches.of(held.value);
            List<Chunk> made = new ArrayList<>();
            for (List<Chunk> batch : batches) {
                List<Chunk> left = postChunk(h, batch, trace);
                made = batches.size() == 1 ? left : concat(made, left);
            }
            held.value = made;
        }
        return held.value;
    }

    private List<Chunk> postChunk(Hook h, List<Chunk> batch, HookTrace trace) {
        Held<List<Chunk>> held = new Held<>(batch);
        call(
                h,
                batch.get(0).stream(),
                NO_DEADLINE,
                "",
                trace,
                options -> {
                    Verdict verdict =
                            Delivery.value(
                                    h.plugin()
                                            .as(HookPostChunkWorld.class)
                                            .postchunk(options, batch));
                    held.value = HookResults.chunks(batch, verdict);
                    return HookResults.word(verdict);
                });
        return held.value;
    }

    private static List<Chunk> concat(List<Chunk> made, List<Chunk> more) {
        made.addAll(more);
        return made;
    }

    @Override
    public double[] preFusion(String key, List<Part> parts, HookTrace trace) {
        required.demand(HookPoint.PRE_FUSION, "", trace);
        Held<double[]> weights = new Held<>(parts.stream().mapToDouble(Part::weight).toArray());
        for (Hook h : table.at(HookPoint.PRE_FUSION)) {
            double[] before = weights.value;
            call(
                    h,
                    key,
                    NO_DEADLINE,
                    "",
                    trace,
                    options -> {
                        double[] given =
                                Delivery.value(
                                        h.plugin()
                                                .as(HookPreFusionWorld.class)
                                                .prefusion(
                                                        options,
                                                        key,
                                                        HookResults.weighted(parts, before)));
                        weights.value = HookResults.weights(before, given);
                        return "weights";
                    });
        }
        return weights.value;
    }

    @Override
    public List<Window> postFusion(List<Window> windows, HookTrace trace) {
        Hook[] hooks = table.at(HookPoint.POST_FUSION);
        if (windows.isEmpty()) {
            return windows;
        }
        required.demand(HookPoint.POST_FUSION, "", trace);
        if (hooks.length == 0) {
            return windows;
        }
        Held<List<Window>> held = new Held<>(windows);
        for (Hook h : hooks) {
            List<Window> before = held.value;
            call(
                    h,
                    before.get(0).key(),
                    NO_DEADLINE,
                    "",
                    trace,
                    options -> {
                        List<Remark> remarks =
                                Delivery.value(
                                        h.plugin()
                                                .as(HookPostFusionWorld.class)
                                                .postfusion(options, before));
                        held.value = HookResults.remarked(before, remarks);
                        return "remarks";
                    });
        }
        return held.value;
    }

    @Override
    public void onError(List<Incident> incidents) {
        if (listens(HookPoint.ON_ERROR) && !incidents.isEmpty()) {
            notifier.post(
                    () ->
                            tell(
                                    HookPoint.ON_ERROR,
                                    (plugin, options) ->
                                            plugin.as(HookOnErrorWorld.class)
                                                    .onerror(options, incidents)));
        }
    }

    @Override
    public void onMetrics(List<Sample> samples) {
        if (listens(HookPoint.ON_METRICS)) {
            notifier.post(
                    () ->
                            tell(
                                    HookPoint.ON_METRICS,
                                    (plugin, options) ->
                                            plugin.as(HookOnMetricsWorld.class)
                                                    .onmetrics(options, samples)));
        }
    }

    /** On the mailbox's thread. What goes wrong here is logged, and told to no on_error hook. */
    private void tell(HookPoint point, BiConsumer<Plugin, CallOptions> call) {
        for (Hook h : table.at(point)) {
            call(
                    h,
                    "",
                    NO_DEADLINE,
                    "",
                    HookTrace.NONE,
                    options -> {
                        call.accept(h.plugin(), options);
                        return "ok";
                    });
        }
    }

    @Override
    public byte[] fire(String name, byte[] payload, long deadlineNanos, HookTrace trace) {
        return fire("", name, payload, deadlineNanos, trace);
    }

    /**
     * As {@link #fire(String, byte[], long, HookTrace)}.
     *
     * @param caller the plugin in whose call this is; empty for none. It is not called itself: its
     *     guest is busy
     */
    byte[] fire(String caller, String name, byte[] payload, long deadlineNanos, HookTrace trace) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a custom hook is 1 to 64 of a-z 0-9 - . _");
        }
        if (payload.length > HookComponent.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "the payload of a custom hook has at most %s bytes, this one has %s"
                            .formatted(HookComponent.MAX_PAYLOAD_BYTES, payload.length));
        }
        required.demand(HookPoint.CUSTOM, name, trace);
        Hook[] hooks = table.custom(name);
        if (hooks.length == 0) {
            return payload;
        }
        refuseTooDeep(caller, name, hooks);
        Held<byte[]> held = new Held<>(payload);
        for (Hook h : hooks) {
            byte[] before = held.value;
            call(
                    h,
                    "",
                    deadlineNanos,
                    caller,
                    trace,
                    options -> {
                        byte[] bytes =
                                Delivery.value(
                                        h.plugin()
                                                .as(HookCustomWorld.class)
                                                .custom(options, name, before));
                        if (bytes.length > HookComponent.MAX_PAYLOAD_BYTES) {
                            throw new IllegalArgumentException(
                                    "it answered %s bytes, at most %s are handed on"
                                            .formatted(
                                                    bytes.length, HookComponent.MAX_PAYLOAD_BYTES));
                        }
                        held.value = bytes;
                        return "ok";
                    });
        }
        return held.value;
    }

    /** Where none of the listeners may run at this depth, the one who fires is told. */
    private void refuseTooDeep(String caller, String name, Hook[] hooks) {
        int depth = delivery.depth();
        if (depth == 0) {
            return;
        }
        int deepest = 0;
        for (Hook h : hooks) {
            deepest = Math.max(deepest, delivery.maxDepth(h.plugin().name()));
        }
        if (depth >= deepest) {
            for (Hook h : hooks) {
                h.refused(ErrorCode.LIMIT_HOOK_DEPTH.name(), tooDeep(name, depth, deepest));
            }
            throw PluginException.of(
                    ErrorCode.LIMIT_HOOK_DEPTH,
                    PluginRef.named(caller.isEmpty() ? hooks[0].plugin().name() : caller),
                    tooDeep(name, depth, deepest),
                    "break the circle, or raise hookDepth in " + Places.of("io.trinity.limits"));
        }
    }

    private static String tooDeep(String name, int depth, int deepest) {
        return "hook custom/%s would run at depth %s, the limit is %s"
                .formatted(name, depth + 1, deepest);
    }

    @Override
    public List<HookSnapshot> list() {
        List<HookSnapshot> all = new ArrayList<>();
        for (HookSnapshot h : table.list()) {
            all.add(
                    h.required()
                            ? new HookSnapshot(
                                    h.plugin(),
                                    h.point(),
                                    h.name(),
                                    h.priority(),
                                    h.enabled(),
                                    h.calls(),
                                    h.skipped(),
                                    h.averageMicros(),
                                    h.conflict(),
                                    true,
                                    h.enabled()
                                            ? standing.of(h.plugin()).orElse("")
                                            : RequiredHooks.disabled(
                                                    h.plugin(), h.point(), h.name()))
                            : h);
        }
        all.addAll(required.snapshots());
        return List.copyOf(all);
    }

    /** Calls a hook; nothing goes on where a required one fails. */
    private void call(
            Hook h,
            String stream,
            long deadlineNanos,
            String caller,
            HookTrace trace,
            Delivery.Exchange exchange) {
        Optional<Delivery.Failed> failed =
                delivery.call(h, stream, deadlineNanos, caller, trace, exchange);
        if (failed.isPresent() && h.required()) {
            throw RequiredHooks.failed(h.plugin().name(), h.declared(), failed.get());
        }
    }

    @Override
    public void enable(String plugin, HookPoint point, String name, boolean enabled) {
        if (!table.has(plugin, point, name)) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND,
                    PluginRef.named(RequiredHooks.printable(plugin)),
                    "it has no hook "
                            + point.label()
                            + (name.isEmpty() ? "" : "/" + RequiredHooks.printable(name)),
                    "hook:list shows those that there are");
        }
        disabled.set(plugin, point.label() + (name.isEmpty() ? "" : "/" + name), !enabled);
        table.refresh();
    }

    @Override
    public void forget(String plugin) {
        required.forget(plugin);
    }

    /** What the hooks before have left; set from within the reading of an answer. */
    private static final class Held<T> {
        T value;

        Held(T value) {
            this.value = value;
        }
    }
}
