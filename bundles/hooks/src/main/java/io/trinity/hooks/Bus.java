package io.trinity.hooks;

import io.trinity.api.config.Places;
import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Part;
import io.trinity.api.hook.Veto;
import io.trinity.api.metric.Sample;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.ChunkFields;
import io.trinity.api.stream.Window;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The hook bus, without OSGi: each point's values, one hook after the other. */
final class Bus implements HookBus {
    private static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    private final HookTable table;
    private final DisabledHooks disabled;
    private final RememberedHooks remembered;
    private final Delivery delivery;
    private final Mailbox mailbox;
    private final Standing standing;

    /** How plugins stand. */
    interface Standing {
        /**
         * Why a plugin is not called, in words with what to do; an empty text where it is, nothing
         * where nobody knows it.
         */
        Optional<String> of(String plugin);

        /**
         * Why nobody knows which hooks are required by configuration; nothing where it is known.
         */
        default Optional<String> unread() {
            return Optional.empty();
        }
    }

    Bus(
            HookTable table,
            DisabledHooks disabled,
            RememberedHooks remembered,
            Delivery delivery,
            Mailbox mailbox,
            Standing standing) {
        this.table = table;
        this.disabled = disabled;
        this.remembered = remembered;
        this.delivery = delivery;
        this.mailbox = mailbox;
        this.standing = standing;
    }

    @Override
    public boolean listens(HookPoint point) {
        return table.at(point).length > 0
                || table.absent(point).length > 0
                || standing.unread().isPresent();
    }

    @Override
    public Optional<Veto> prePipeline(String pipeline, List<String> streams, HookTrace trace) {
        demand(HookPoint.PRE_PIPELINE, "", trace);
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
                    answer -> {
                        if (answer instanceof Answer.Refusal<@Nullable Object> r) {
                            veto[0] = new Veto(h.plugin().name(), r.text());
                            return "veto";
                        }
                        return "pass";
                    },
                    pipeline,
                    new ArrayList<Object>(streams));
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
        demand(HookPoint.POST_CHUNK, "", trace);
        if (hooks.length == 0) {
            return chunks;
        }
        Held<List<Chunk>> held = new Held<>(chunks);
        for (Hook h : hooks) {
            if (held.value.isEmpty()) {
                break;
            }
            List<Chunk> before = held.value;
            call(
                    h,
                    before.get(0).stream(),
                    NO_DEADLINE,
                    "",
                    trace,
                    answer -> {
                        Object verdict = Delivery.value(answer);
                        held.value = Answers.chunks(before, verdict);
                        return Answers.verdict(verdict);
                    },
                    ChunkFields.ofAll(before));
        }
        return held.value;
    }

    @Override
    public double[] preFusion(String key, List<Part> parts, HookTrace trace) {
        demand(HookPoint.PRE_FUSION, "", trace);
        Held<double[]> weights = new Held<>(parts.stream().mapToDouble(Part::weight).toArray());
        for (Hook h : table.at(HookPoint.PRE_FUSION)) {
            double[] before = weights.value;
            call(
                    h,
                    key,
                    NO_DEADLINE,
                    "",
                    trace,
                    answer -> {
                        weights.value = Answers.weights(before, Delivery.value(answer));
                        return "weights";
                    },
                    key,
                    WitValues.parts(parts, before));
        }
        return weights.value;
    }

    @Override
    public List<Window> postFusion(List<Window> windows, HookTrace trace) {
        Hook[] hooks = table.at(HookPoint.POST_FUSION);
        if (windows.isEmpty()) {
            return windows;
        }
        demand(HookPoint.POST_FUSION, "", trace);
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
                    answer -> {
                        held.value = Answers.remarked(before, Delivery.value(answer));
                        return "remarks";
                    },
                    WitValues.windows(before));
        }
        return held.value;
    }

    @Override
    public void onError(List<Incident> incidents) {
        if (listens(HookPoint.ON_ERROR) && !incidents.isEmpty()) {
            mailbox.post(() -> tell(HookPoint.ON_ERROR, WitValues.incidents(incidents)));
        }
    }

    @Override
    public void onMetrics(List<Sample> samples) {
        if (listens(HookPoint.ON_METRICS)) {
            mailbox.post(() -> tell(HookPoint.ON_METRICS, WitValues.samples(samples)));
        }
    }

    /** On the mailbox's thread. What goes wrong here is logged, and told to no on_error hook. */
    private void tell(HookPoint point, List<Object> values) {
        for (Hook h : table.at(point)) {
            call(h, "", NO_DEADLINE, "", HookTrace.NONE, answer -> "ok", values);
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
        demand(HookPoint.CUSTOM, name, trace);
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
                    answer -> {
                        Object value = Delivery.value(answer);
                        if (!(value instanceof byte[] bytes)) {
                            throw new IllegalArgumentException("it answered no bytes");
                        }
                        held.value = bytes;
                        return "ok";
                    },
                    name,
                    before);
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
                                            : disabled(h.plugin(), h.point(), h.name()))
                            : h);
        }
        for (HookPoint point : HookPoint.values()) {
            for (Absent a : table.absent(point)) {
                // One that was disabled is among those above.
                why(a).filter(w -> !a.disabled())
                        .ifPresent(
                                w ->
                                        all.add(
                                                new HookSnapshot(
                                                        a.plugin(),
                                                        a.point(),
                                                        a.name(),
                                                        a.priority(),
                                                        true,
                                                        0,
                                                        0,
                                                        0,
                                                        "",
                                                        true,
                                                        w)));
            }
        }
        return List.copyOf(all);
    }

    /**
     * Nothing goes on where a required hook is not called.
     *
     * @param name of the custom hook that is fired; empty for none
     */
    private void demand(HookPoint point, String name, HookTrace trace) {
        Optional<String> unread = standing.unread();
        if (unread.isPresent()) {
            throw required(
                    "hooks",
                    "nobody knows which hooks are required by configuration",
                    unread.get());
        }
        for (Absent a : table.absent(point)) {
            if (name.isEmpty() || a.name().isEmpty() || a.name().equals(name)) {
                Optional<String> why = why(a);
                if (why.isPresent()) {
                    trace.failed(a.plugin(), point, ErrorCode.HOOK_REQUIRED, why.get(), 0);
                    throw required(
                            a.plugin(),
                            "its required hook %s is not called".formatted(a.place()),
                            why.get());
                }
            }
        }
    }

    private static String configuration() {
        return Places.of(HookComponent.PID);
    }

    /** Why it is not called; nothing for one that is gone and was never let in. */
    private Optional<String> why(Absent a) {
        if (a.disabled()) {
            return Optional.of(disabled(a.plugin(), a.point(), a.name()));
        }
        if (a.there() && !a.configured()) {
            return Optional.of(
                    "the version that serves has this hook no longer; put one into plugins/ that"
                            + " has it, or say with hook:forget "
                            + a.plugin()
                            + " that it is to be done without");
        }
        if (a.there()) {
            return Optional.of(
                    "the plugin has no such hook; correct required in " + configuration());
        }
        Optional<String> why = standing.of(a.plugin());
        if (why.isPresent()) {
            return why.filter(w -> !w.isEmpty())
                    .or(() -> Optional.of("it is just beginning to serve"));
        }
        if (a.configured()) {
            return Optional.of(
                    "there is no plugin of that name; put its file into plugins/, or correct"
                            + " required in "
                            + configuration());
        }
        return remembered.has(a.plugin())
                ? Optional.of(
                        "its file is gone; put it back into plugins/, or say with hook:forget "
                                + a.plugin()
                                + " that it is to be done without")
                : Optional.empty();
    }

    private static String disabled(String plugin, HookPoint point, String name) {
        String words = (plugin + " " + point.label() + " " + name).trim();
        return "it was disabled by command; hook:enable " + words + " lets it be called again";
    }

    /** Calls a hook; nothing goes on where a required one fails. */
    private void call(
            Hook h,
            String stream,
            long deadlineNanos,
            String caller,
            HookTrace trace,
            Delivery.Reader reader,
            @Nullable Object... arguments) {
        Optional<Delivery.Failed> failed =
                delivery.call(h, stream, deadlineNanos, caller, trace, reader, arguments);
        if (failed.isPresent() && h.required()) {
            throw required(
                    h.plugin().name(),
                    "its required hook %s failed by %s"
                            .formatted(h.wish().place(), failed.get().code()),
                    failed.get().message());
        }
    }

    private static PluginException required(String plugin, String what, String why) {
        return PluginException.of(
                ErrorCode.HOOK_REQUIRED,
                PluginRef.named(plugin),
                "%s, and nothing goes on without it: %s".formatted(what, why),
                "");
    }

    @Override
    public void enable(String plugin, HookPoint point, String name, boolean enabled) {
        if (!table.has(plugin, point, name)) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND,
                    PluginRef.named(printable(plugin)),
                    "it has no hook "
                            + point.label()
                            + (name.isEmpty() ? "" : "/" + printable(name)),
                    "hook:list shows those that there are");
        }
        disabled.set(plugin, point.label() + (name.isEmpty() ? "" : "/" + name), !enabled);
        table.refresh();
    }

    @Override
    public void forget(String plugin) {
        PluginRef who = PluginRef.named(printable(plugin));
        if (table.hasLost(plugin)) {
            remembered.forget(plugin);
            table.forget(plugin);
            remembered.put(plugin, table.wishes(plugin));
            return;
        }
        if (standing.of(plugin).isPresent()) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    who,
                    "it is there, and its manifest says what is required",
                    "remove its file from plugins/, or write optional = %s into %s"
                            .formatted(who.name(), configuration()));
        }
        if (table.isThere(plugin) || !remembered.has(plugin)) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND,
                    who,
                    "no plugin of that name is gone that required a hook",
                    "hook:list shows what is required and not called");
        }
        remembered.forget(plugin);
        table.forget(plugin);
    }

    private static String printable(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.US_ASCII)
                .replaceAll("[^!-~]", "?");
    }

    /** What the hooks before have left; set from within the reading of an answer. */
    private static final class Held<T> {
        T value;

        Held(T value) {
            this.value = value;
        }
    }
}
