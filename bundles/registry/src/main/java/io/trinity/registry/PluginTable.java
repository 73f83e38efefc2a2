package io.trinity.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.Limits;
import io.trinity.registry.PluginEntry.Serving;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All plugins and every change of their state. What the outside sees of a change goes to a {@link
 * Listener}, in order and under the lock of the change: listeners must be quick and call nothing
 * foreign but the framework. No OSGi, no clock.
 */
final class PluginTable implements PluginRegistry, PluginLifecycle {
    /** Who publishes what happens here. */
    interface Listener {
        /** The state changed; {@code now} is the plugin right after it. */
        void moved(PluginSnapshot now, PluginState from);

        /** It serves for the first time, by another generation, or no more. */
        void served(PluginEntry plugin);

        /** A newer version was refused while an older one serves. */
        void refused(PluginSnapshot now, Fault fault);

        /**
         * A plugin that others depend on has come, changed or gone.
         *
         * @param dependent that serves
         * @param what happened, in one sentence
         */
        void dependencyChanged(PluginSnapshot dependent, String dependency, String what);
    }

    private static final long AGAIN_MILLIS = 1_000;

    private final Map<String, PluginEntry> entries = new ConcurrentSkipListMap<>();
    private final Object lock = new Object();
    private final Announcements announcements = new Announcements();
    private final Listener listener;
    private final Supplier<Capacity> capacity;
    private final IntSupplier drainMillis;
    private final Function<String, Limits> limits;
    private final Supplier<Quarantine> quarantines;
    private final Later later;

    /** What is to be done in a while, on any thread. */
    interface Later {
        void in(long millis, Runnable work);
    }

    /**
     * @param capacity how many plugins there may be now
     * @param limits in effect, by plugin
     * @param quarantines gives each plugin one
     */
    PluginTable(
            Listener listener,
            Supplier<Capacity> capacity,
            IntSupplier drainMillis,
            Function<String, Limits> limits,
            Supplier<Quarantine> quarantines,
            Later later) {
        this.listener = listener;
        this.capacity = capacity;
        this.drainMillis = drainMillis;
        this.limits = limits;
        this.quarantines = quarantines;
        this.later = later;
    }

    @Override
    public List<PluginSnapshot> list() {
        return entries.values().stream().map(Plugin::snapshot).toList();
    }

    @Override
    public Optional<PluginSnapshot> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(Plugin::snapshot);
    }

    @Override
    public Optional<PluginUsage> usage(String name) {
        synchronized (lock) {
            return Optional.ofNullable(entries.get(name)).map(PluginEntry::usage);
        }
    }

    @Override
    public Optional<Candidate> candidate(String name) {
        return Optional.ofNullable(entries.get(name)).flatMap(PluginEntry::candidate);
    }

    @Override
    public List<String> dependents(String name) {
        return entries.values().stream()
                .filter(e -> e.candidate().filter(c -> dependsOn(c.manifest(), name)).isPresent())
                .map(PluginEntry::name)
                .toList();
    }

    private static boolean dependsOn(Manifest manifest, String name) {
        return manifest.dependencies().stream().anyMatch(d -> d.name().equals(name));
    }

    /** The entry of a plugin that serves; nothing where none does. */
    Optional<Plugin> serving(String name) {
        return Optional.ofNullable(entries.get(name)).filter(e -> e.serving() != null).map(e -> e);
    }

    /** What the dependency rules ask about the others. */
    private Dependencies dependencies() {
        return new Dependencies(
                name ->
                        Optional.ofNullable(entries.get(name))
                                .map(
                                        e ->
                                                new Dependencies.Other(
                                                        e.state(),
                                                        served(e),
                                                        e.candidate().map(Candidate::manifest))));
    }

    /** Manifest of the version that serves. */
    Optional<Manifest> servedManifest(String name) {
        return Optional.ofNullable(entries.get(name)).flatMap(PluginTable::served);
    }

    private static Optional<Manifest> served(PluginEntry e) {
        return Optional.ofNullable(e.serving()).map(s -> s.generation().manifest());
    }

    /** Manifests of the plugins that serve and depend on one. */
    private List<Manifest> servingDependents(String name) {
        return entries.values().stream()
                .flatMap(e -> served(e).stream())
                .filter(m -> dependsOn(m, name))
                .toList();
    }

    private void tellDependents(String name, String what) {
        for (Manifest m : servingDependents(name)) {
            PluginEntry dependent = entries.get(m.name());
            if (dependent != null) {
                PluginSnapshot now = dependent.snapshot();
                announcements.add(() -> listener.dependencyChanged(now, name, what));
            }
        }
    }

    @Override
    public void preparing(Manifest manifest, String file, String digest) {
        try {
            synchronized (lock) {
                PluginEntry e = known(manifest.name());
                e.candidate(new Candidate(manifest, digest));
                e.disabled(false);
                if (e.serving() == null) {
                    e.known(manifest);
                }
                e.file(file);
                Dependencies rules = dependencies();
                rules.check(manifest, limits.apply(manifest.name()));
                if (e.serving() != null) {
                    rules.refuseForDependents(manifest, servingDependents(manifest.name()));
                }
                switch (e.state()) {
                    case ACTIVE -> move(e, PluginState.RELOADING);
                    // A paused plugin stays paused while the next generation is made ready.
                    case PAUSED, RELOADING, LOADING -> {}
                    case UNLOADED, ERROR -> {
                        if (e.state() == PluginState.UNLOADED || e.serving() == null) {
                            refuseTooMany(e);
                        }
                        move(e, PluginState.LOADING);
                    }
                    case DRAINING -> StateMachine.check(e.ref(), e.state(), PluginState.LOADING);
                }
            }
        } finally {
            announcements.deliver();
        }
    }

    private void refuseTooMany(PluginEntry joining) {
        List<String> there =
                entries.values().stream()
                        .filter(e -> e != joining)
                        .filter(e -> e.serving() != null || e.state() == PluginState.LOADING)
                        .map(PluginEntry::name)
                        .toList();
        capacity.get().check(joining.ref(), there);
    }

    @Override
    public void disabled(String name, String file, boolean disabled) {
        try {
            synchronized (lock) {
                PluginEntry e = disabled ? known(name) : entries.get(name);
                if (e == null) {
                    return;
                }
                e.file(file);
                e.disabled(disabled);
                e.fault(Optional.empty());
                if (disabled && e.state() == PluginState.ERROR) {
                    move(e, PluginState.UNLOADED);
                }
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public void starting(Manifest manifest, long bundleId) {
        try {
            synchronized (lock) {
                PluginEntry e = known(manifest.name());
                if (e.serving() == null) {
                    e.known(manifest);
                }
                switch (e.state()) {
                    case UNLOADED, ERROR -> {
                        refuseTooMany(e);
                        move(e, PluginState.LOADING);
                    }
                    case ACTIVE -> move(e, PluginState.RELOADING);
                    case LOADING, PAUSED, RELOADING -> {}
                    case DRAINING -> StateMachine.check(e.ref(), e.state(), PluginState.LOADING);
                }
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public void opened(Generation generation, long bundleId) {
        try {
            synchronized (lock) {
                PluginEntry e = known(generation.manifest().name());
                Serving next = new Serving(generation, bundleId, new CallGate());
                if (e.serving() == null) {
                    StateMachine.check(e.ref(), e.state(), PluginState.ACTIVE);
                    e.fault(Optional.empty());
                    e.serve(next);
                    move(e, PluginState.ACTIVE);
                    announcements.add(() -> listener.served(e));
                    tellDependents(e.name(), "version %s is there".formatted(e.ref().version()));
                } else {
                    e.waiting = next;
                }
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public long swap(String name) {
        try {
            synchronized (lock) {
                PluginEntry e = known(name);
                Serving next = e.waiting;
                Serving old = e.serving();
                if (next == null || old == null) {
                    throw PluginException.of(
                            ErrorCode.ILLEGAL_TRANSITION,
                            e.ref(),
                            "it is " + e.state().label() + " and no generation waits to take over",
                            "");
                }
                if (e.state() != PluginState.PAUSED) {
                    StateMachine.check(e.ref(), e.state(), PluginState.ACTIVE);
                }
                e.waiting = null;
                e.leaving.add(old);
                e.quarantine().forget();
                e.fault(Optional.empty());
                e.serve(next);
                if (e.state() != PluginState.PAUSED) {
                    move(e, PluginState.ACTIVE);
                }
                announcements.add(() -> listener.served(e));
                tellDependents(
                        name,
                        "version %s took over from %s"
                                .formatted(
                                        next.generation().manifest().version(),
                                        old.generation().manifest().version()));
                return old.bundleId();
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public void failed(String name, String file, PluginException cause) {
        try {
            synchronized (lock) {
                PluginEntry e = known(name);
                e.file(file);
                Optional<Fault> fault = Optional.of(Fault.of(cause));
                e.waiting = null;
                switch (e.state()) {
                    case RELOADING -> {
                        e.fault(fault);
                        move(e, e.serving() == null ? PluginState.ERROR : PluginState.ACTIVE);
                        if (e.serving() == null) {
                            announcements.add(() -> listener.served(e));
                        } else {
                            announceRefusal(e, fault.get());
                        }
                    }
                    case UNLOADED, LOADING -> {
                        if (e.state() == PluginState.UNLOADED) {
                            move(e, PluginState.LOADING);
                        }
                        e.fault(fault);
                        move(e, PluginState.ERROR);
                    }
                    case ACTIVE, PAUSED, ERROR, DRAINING -> {
                        if (!e.fault().equals(fault)) {
                            e.fault(fault);
                            announceRefusal(e, fault.get());
                        }
                    }
                }
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public void confirmed(String name) {
        synchronized (lock) {
            PluginEntry e = entries.get(name);
            if (e != null && e.serving() != null && !e.quarantine().on()) {
                e.fault(Optional.empty());
            }
        }
    }

    @Override
    public int drain(String name, long generation) {
        CallGate gate;
        synchronized (lock) {
            PluginEntry e = known(name);
            Serving s = find(e, generation);
            if (s == null) {
                return 0;
            }
            boolean quarantined = e.state() == PluginState.ERROR;
            if (s == e.serving() && e.state() != PluginState.RELOADING && !quarantined) {
                move(e, PluginState.DRAINING);
            }
            gate = s.gate();
        }
        announcements.deliver();
        return gate.closeAndAwait(drainMillis.getAsInt());
    }

    private static @Nullable Serving find(PluginEntry e, long generation) {
        Serving s = e.serving();
        if (s != null && s.generation().number() == generation) {
            return s;
        }
        Serving w = e.waiting;
        if (w != null && w.generation().number() == generation) {
            return w;
        }
        return e.leaving.stream()
                .filter(l -> l.generation().number() == generation)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void closed(String name, long generation) {
        try {
            synchronized (lock) {
                PluginEntry e = entries.get(name);
                if (e == null) {
                    return;
                }
                Serving ended = find(e, generation);
                if (ended != null) {
                    e.ended(ended.generation());
                }
                Serving w = e.waiting;
                if (w != null && w.generation().number() == generation) {
                    e.waiting = null;
                }
                e.leaving.removeIf(l -> l.generation().number() == generation);
                Serving s = e.serving();
                if (s == null || s.generation().number() != generation) {
                    return;
                }
                e.serve(null);
                boolean quarantined = e.quarantine().on() && e.state() == PluginState.ERROR;
                e.quarantine().forget();
                if (quarantined) {
                    e.fault(Optional.empty());
                }
                if (quarantined || e.state() == PluginState.DRAINING) {
                    move(e, PluginState.UNLOADED);
                }
                announcements.add(() -> listener.served(e));
                tellDependents(name, "it is gone");
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public void forget(String name) {
        try {
            synchronized (lock) {
                PluginEntry e = entries.get(name);
                if (e == null) {
                    return;
                }
                if (e.state() == PluginState.ERROR) {
                    move(e, PluginState.UNLOADED);
                }
                if (e.state() != PluginState.UNLOADED) {
                    throw PluginException.of(
                            ErrorCode.ILLEGAL_TRANSITION,
                            e.ref(),
                            "it is " + e.state().label() + " and cannot be forgotten",
                            "");
                }
                entries.remove(name);
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public void pause(String name) {
        try {
            synchronized (lock) {
                move(existing(name), PluginState.PAUSED);
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public void resume(String name) {
        try {
            synchronized (lock) {
                PluginEntry e = existing(name);
                if (e.state() != PluginState.PAUSED) {
                    throw PluginException.of(
                            ErrorCode.ILLEGAL_TRANSITION,
                            e.ref(),
                            "it is " + e.state().label() + " and cannot be resumed",
                            "only a paused plugin can");
                }
                move(e, PluginState.ACTIVE);
            }
        } finally {
            announcements.deliver();
        }
    }

    /** One trap more of a plugin that serves: perhaps one too many. */
    private void trapped(PluginEntry e, PluginException cause) {
        long millis = e.quarantine().trapped();
        if (millis == 0) {
            return;
        }
        try {
            synchronized (lock) {
                if (e.state() != PluginState.ACTIVE) {
                    // A newer version is on its way, or it is paused or ending anyway.
                    e.quarantine().end();
                    return;
                }
                e.fault(
                        Optional.of(
                                Fault.of(
                                        PluginException.of(
                                                ErrorCode.QUARANTINED,
                                                e.ref(),
                                                "it trapped too often, at last by %s, and is tried again after %d ms"
                                                        .formatted(cause.code(), millis),
                                                "plugin:log %1$s tells of the traps; plugin:retry %1$s tries now"
                                                        .formatted(e.name())))));
                move(e, PluginState.ERROR);
            }
            long which = e.quarantine().begun();
            later.in(millis, () -> endQuarantine(e, which));
        } finally {
            announcements.deliver();
        }
    }

    private void endQuarantine(PluginEntry e, long which) {
        try {
            synchronized (lock) {
                if (!e.quarantine().on() || e.quarantine().begun() != which) {
                    return;
                }
                if (e.state() == PluginState.LOADING) {
                    // A newer version is being made ready; it takes over, or this one goes on.
                    later.in(AGAIN_MILLIS, () -> endQuarantine(e, which));
                    return;
                }
                e.quarantine().end();
                if (e.fault().filter(f -> f.code() == ErrorCode.QUARANTINED).isPresent()) {
                    e.fault(Optional.empty());
                }
                move(e, PluginState.LOADING);
                move(e, PluginState.ACTIVE);
            }
        } finally {
            announcements.deliver();
        }
    }

    @Override
    public void endQuarantine(String name) {
        PluginEntry e = existing(name);
        if (!e.quarantine().on()) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    e.ref(),
                    "it is " + e.state().label() + " and in no quarantine",
                    "");
        }
        endQuarantine(e, e.quarantine().begun());
    }

    private void announceRefusal(PluginEntry e, Fault fault) {
        PluginSnapshot now = e.snapshot();
        announcements.add(() -> listener.refused(now, fault));
    }

    private PluginEntry existing(String name) {
        PluginEntry e = entries.get(name);
        if (e == null) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND,
                    PluginRef.named(name),
                    "no such plugin",
                    "plugin:list shows those that there are");
        }
        return e;
    }

    private PluginEntry known(String name) {
        return entries.computeIfAbsent(
                name,
                n ->
                        new PluginEntry(
                                n,
                                m -> dependencies().trouble(m),
                                quarantines.get(),
                                this::trapped));
    }

    private void move(PluginEntry e, PluginState to) {
        PluginState from = e.state();
        StateMachine.check(e.ref(), from, to);
        e.state(to);
        PluginSnapshot now = e.snapshot();
        announcements.add(() -> listener.moved(now, from));
    }
}
