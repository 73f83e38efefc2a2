package io.trinity.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.registry.PluginRegistry.Candidate;
import io.trinity.api.registry.PluginRegistry.FailedCall;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.Usage;
import io.trinity.api.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;

/**
 * One plugin: its state and its generations, and the stable service in front of them. State changes
 * only under the registry's lock; calls read {@link #serving} without one.
 */
final class PluginEntry implements Plugin {
    /** A generation in service or waiting to be. */
    record Serving(Generation generation, long bundleId, CallGate gate) {}

    private final Map<Class<?>, World> worlds = new ConcurrentHashMap<>();
    private final String name;
    private final CallStatistics statistics = new CallStatistics();
    private volatile PluginState state = PluginState.UNLOADED;
    private volatile @Nullable Serving serving;
    private volatile Optional<Fault> fault = Optional.empty();
    private volatile Optional<Manifest> manifest = Optional.empty();
    private volatile String file = "";
    private volatile boolean disabled;
    private volatile Optional<FailedCall> lastFailedCall = Optional.empty();
    private volatile Optional<Candidate> candidate = Optional.empty();
    private final Function<Manifest, List<String>> trouble;
    private final Quarantine quarantine;
    private final Trapped trapped;
    private final CallFaults faults;

    /** The generation that waits for its swap; guarded by the registry's lock. */
    @Nullable Serving waiting;

    /** What the generations that have ended used up; guarded likewise. */
    private Usage past = Usage.NONE;

    /** Generations that another took over from and whose calls still end; guarded likewise. */
    final List<Serving> leaving = new ArrayList<>();

    /** Set while the service is registered; touched only while announcements are delivered. */
    @Nullable ServiceRegistration<Plugin> registration;

    /**
     * @param trouble what is wrong with the dependencies of a serving version, in sentences
     * @param trapped is told of each call that ended in a trap, after it has left
     * @param faults is told of each call that went wrong
     */
    PluginEntry(
            String name,
            Function<Manifest, List<String>> trouble,
            Quarantine quarantine,
            Trapped trapped,
            CallFaults faults) {
        this.name = name;
        this.trouble = trouble;
        this.quarantine = quarantine;
        this.trapped = trapped;
        this.faults = faults;
    }

    /** Who decides what becomes of a plugin whose call ended in a trap. */
    interface Trapped {
        /**
         * @param generation that was called; another may have taken over meanwhile
         */
        void by(PluginEntry plugin, Serving generation, PluginException cause);
    }

    Quarantine quarantine() {
        return quarantine;
    }

    @Override
    public String name() {
        return name;
    }

    PluginState state() {
        return state;
    }

    /** The new state; whether it may be is for {@link StateMachine#check} to say, before. */
    void state(PluginState next) {
        state = next;
    }

    PluginRef ref() {
        return new PluginRef(name, manifest.map(Manifest::version).orElse(Version.emptyVersion));
    }

    String file() {
        return file;
    }

    void file(String fileName) {
        if (!fileName.isEmpty()) {
            file = fileName;
        }
    }

    void disabled(boolean now) {
        disabled = now;
    }

    /** The newest version that was seen. */
    Optional<Candidate> candidate() {
        return candidate;
    }

    void candidate(Candidate newest) {
        candidate = Optional.of(newest);
    }

    Optional<FailedCall> lastFailedCall() {
        return lastFailedCall;
    }

    Optional<Fault> fault() {
        return fault;
    }

    void fault(Optional<Fault> cause) {
        fault = cause;
    }

    @Nullable Serving serving() {
        return serving;
    }

    /** The generation that serves from now on: the one write that a swap is. */
    void serve(@Nullable Serving next) {
        if (next != null) {
            manifest = Optional.of(next.generation().manifest());
        }
        serving = next;
    }

    /** The manifest to show while nothing serves. */
    void known(Manifest m) {
        manifest = Optional.of(m);
    }

    Optional<Manifest> manifest() {
        return manifest;
    }

    @Override
    public <W extends World> W as(Class<W> world) {
        return world.cast(worlds.computeIfAbsent(world, w -> Plugin.super.as(world)));
    }

    @Override
    public boolean exports(String function) {
        Serving s = serving;
        return s != null && s.generation().exports().containsKey(function);
    }

    @Override
    public Answer<@Nullable Object> call(
            String function, CallOptions options, @Nullable Object... arguments) {
        Serving s = enter();
        long start = System.nanoTime();
        @Nullable ErrorCode failed = ErrorCode.INTERNAL;
        @Nullable PluginException trap = null;
        try {
            Answer<@Nullable Object> answer = s.generation().call(function, options, arguments);
            failed = null;
            if (answer instanceof Answer.Refusal<@Nullable Object> refusal) {
                failed = refused(function, refusal.text());
            }
            return answer;
        } catch (IllegalArgumentException e) {
            // What it was to be called with is none: its caller's fault, and it was not called.
            failed = null;
            throw e;
        } catch (PluginException e) {
            // One of another plugin's, which called it with too little left, or which it called,
            // is that one's affair.
            boolean own = e.plugin().name().equals(name);
            failed = own ? e.code() : null;
            if (own) {
                lastFailedCall = Optional.of(faults.failed(name, function, e));
            }
            trap = own && Quarantine.counts(e.code()) ? e : null;
            throw e;
        } finally {
            s.gate().leave();
            statistics.ended(System.nanoTime() - start);
            if (failed != null) {
                statistics.failed(failed);
            }
            if (trap != null && s == serving) {
                trapped.by(this, s, trap);
            }
        }
    }

    /** How an error counts that the plugin itself tells: a veto is what was asked for. */
    private @Nullable ErrorCode refused(String function, String words) {
        if (function.equals(HookPoint.PRE_PIPELINE.export())) {
            return null;
        }
        PluginException e = PluginException.refused(ref(), "it refused", words);
        lastFailedCall = Optional.of(faults.failed(name, function, e));
        return e.code();
    }

    @Override
    public void misbehaved(String function, PluginException fault) {
        statistics.failed(fault.code());
        lastFailedCall = Optional.of(faults.failed(name, function, fault));
        Serving s = serving;
        if (s != null && Quarantine.counts(fault.code())) {
            trapped.by(this, s, fault);
        }
    }

    /** The serving generation, entered. Tries again when a swap came in between. */
    private Serving enter() {
        while (true) {
            if (state == PluginState.PAUSED) {
                throw PluginException.of(
                        ErrorCode.PAUSED,
                        ref(),
                        "it is paused",
                        "plugin:resume " + name + " lets it go on");
            }
            if (quarantine.on()) {
                throw quarantined();
            }
            Serving s = serving;
            if (s == null) {
                throw notActive();
            }
            if (s.gate().enter()) {
                return s;
            }
            if (s == serving) {
                throw notActive();
            }
        }
    }

    private PluginException quarantined() {
        return PluginException.of(
                ErrorCode.QUARANTINED,
                ref(),
                "it trapped too often and is in quarantine",
                "it is tried again by itself; plugin:why "
                        + name
                        + " tells when, and plugin:retry "
                        + name
                        + " does it now");
    }

    private PluginException notActive() {
        return PluginException.of(
                ErrorCode.NOT_ACTIVE,
                ref(),
                "it is " + state.label() + fault.map(f -> " (" + f.code() + ")").orElse(""),
                "plugin:info " + name + " tells why");
    }

    @Override
    public PluginSnapshot snapshot() {
        Serving s = serving;
        Optional<Manifest> m = manifest;
        List<String> hooks =
                m.map(x -> x.hooks().stream().map(h -> h.point().label()).distinct().toList())
                        .orElse(List.of());
        return new PluginSnapshot(
                name,
                m.map(Manifest::version).orElse(Version.emptyVersion),
                m.flatMap(Manifest::type),
                state,
                s == null ? 0 : s.generation().number(),
                s == null ? -1 : s.bundleId(),
                file,
                s == null ? "" : s.generation().digest(),
                s == null ? 0 : s.generation().memoryBytes(),
                statistics.calls(),
                statistics.failures(),
                statistics.averageMicros(),
                fault,
                hooks,
                disabled,
                warnings());
    }

    /** What is odd about the newest manifest, and what is wrong with what it depends on. */
    private List<String> warnings() {
        return Stream.concat(
                        candidate.map(Candidate::manifest).or(() -> manifest).stream()
                                .flatMap(m -> m.warnings().stream()),
                        trouble().stream())
                .toList();
    }

    /** What is wrong with the dependencies of the version that serves, in sentences. */
    List<String> trouble() {
        Serving s = serving;
        return s == null ? List.of() : trouble.apply(s.generation().manifest());
    }

    /** A generation that serves, waits or leaves. Under the registry's lock. */
    @Nullable Serving find(long generation) {
        return Stream.concat(
                        Stream.of(Optional.ofNullable(serving), Optional.ofNullable(waiting))
                                .flatMap(Optional::stream),
                        leaving.stream())
                .filter(s -> s.generation().number() == generation)
                .findFirst()
                .orElse(null);
    }

    /**
     * A generation has ended: what it used up is kept, and it neither waits nor leaves any more.
     * Under the registry's lock.
     */
    void ended(long generation) {
        Serving ended = find(generation);
        if (ended != null) {
            past = past.plus(ended.generation().usage());
            leaving.remove(ended);
        }
        if (ended == waiting) {
            waiting = null;
        }
    }

    /** Under the registry's lock. */
    PluginUsage usage() {
        Usage sum = past;
        Serving s = serving;
        for (Generation g :
                Stream.concat(Stream.ofNullable(s), leaving.stream())
                        .map(Serving::generation)
                        .toList()) {
            sum = sum.plus(g.usage());
        }
        return new PluginUsage(
                name,
                statistics.calls(),
                statistics.failuresByCode(),
                statistics.wallNanos(),
                sum.fuel(),
                sum.cpuNanos(),
                sum.hostNanos(),
                sum.bytesIn(),
                sum.bytesOut(),
                s == null ? 0 : s.generation().memoryBytes(),
                sum.peakMemoryBytes(),
                statistics.latency(),
                quarantine.begun());
    }
}
