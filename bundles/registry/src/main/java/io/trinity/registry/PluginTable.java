package io.trinity.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.policy.Limits;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.sandbox.Generation;
import io.trinity.registry.PluginEntry.Serving;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * All plugins and every change of their state. What the outside sees of a change goes to a {@link
 * ChangeListener}. No OSGi, no clock.
 */
final class PluginTable implements PluginRegistry, PluginLifecycle {
    private final Entries entries;
    private final Dependents dependents;
    private final QuarantineScheduler rounds;
    private final Supplier<Capacity> capacity;
    private final IntSupplier drainMillis;
    private final Function<String, Limits> limits;
    private final Supplier<Quarantine> quarantines;
    private final CallFaults faults;

    /**
     * @param capacity how many plugins there may be now
     * @param limits in effect, by plugin
     * @param quarantines gives each plugin one
     * @param faults is told of each call that went wrong
     */
    PluginTable(
            ChangeListener listener,
            Supplier<Capacity> capacity,
            IntSupplier drainMillis,
            Function<String, Limits> limits,
            Supplier<Quarantine> quarantines,
            QuarantineScheduler.Later later,
            CallFaults faults) {
        this.entries = new Entries(listener, this::made);
        this.dependents = new Dependents(entries);
        this.rounds = new QuarantineScheduler(entries, later);
        this.capacity = capacity;
        this.drainMillis = drainMillis;
        this.limits = limits;
        this.quarantines = quarantines;
        this.faults = faults;
    }

    private PluginEntry made(String name) {
        return new PluginEntry(
                name,
                m -> dependents.rules().trouble(m),
                quarantines.get(),
                rounds::trapped,
                faults);
    }

    @Override
    public List<PluginSnapshot> list() {
        return entries.all().map(Plugin::snapshot).toList();
    }

    @Override
    public Optional<PluginSnapshot> find(String name) {
        return entries.find(name).map(Plugin::snapshot);
    }

    @Override
    public Optional<PluginUsage> usage(String name) {
        return entries.answer(() -> entries.find(name).map(PluginEntry::usage));
    }

    @Override
    public Optional<Candidate> candidate(String name) {
        return entries.find(name).flatMap(PluginEntry::candidate);
    }

    @Override
    public Optional<FailedCall> lastFailedCall(String name) {
        return entries.find(name).flatMap(PluginEntry::lastFailedCall);
    }

    @Override
    public List<String> dependents(String name) {
        return dependents.names(name);
    }

    /** The entry of a plugin that serves; nothing where none does. */
    Optional<Plugin> serving(String name) {
        return entries.find(name).filter(e -> e.serving() != null).map(e -> e);
    }

    /** Manifest of the version that serves. */
    Optional<Manifest> servedManifest(String name) {
        return dependents.servedManifest(name);
    }

    @Override
    public void preparing(Manifest manifest, String file, String digest) {
        entries.change(
                () -> {
                    PluginEntry e = entries.getOrCreate(manifest.name());
                    e.candidate(new Candidate(manifest, digest));
                    e.disabled(false);
                    if (e.serving() == null) {
                        e.known(manifest);
                    }
                    e.file(file);
                    Dependencies rules = dependents.rules();
                    rules.check(manifest, limits.apply(manifest.name()));
                    if (e.serving() != null) {
                        rules.refuseForDependents(manifest, dependents.serving(manifest.name()));
                    }
                    switch (e.state()) {
                        case ACTIVE -> entries.move(e, PluginState.RELOADING);
                        // A paused plugin stays paused while the next generation is made ready.
                        case PAUSED, RELOADING, LOADING -> {}
                        case UNLOADED, ERROR -> {
                            if (e.state() == PluginState.UNLOADED || e.serving() == null) {
                                refuseTooMany(e);
                            }
                            entries.move(e, PluginState.LOADING);
                        }
                        case DRAINING ->
                                StateMachine.check(e.ref(), e.state(), PluginState.LOADING);
                    }
                });
    }

    private void refuseTooMany(PluginEntry joining) {
        List<String> there = new ArrayList<>();
        int loading = 0;
        for (PluginEntry e : entries.all().filter(o -> o != joining).toList()) {
            boolean joins = e.serving() == null && e.state() == PluginState.LOADING;
            if (joins || e.serving() != null) {
                there.add(e.name());
            }
            loading += joins ? 1 : 0;
        }
        capacity.get().check(joining.ref(), there, loading);
    }

    @Override
    public void disabled(String name, String file, boolean disabled) {
        entries.change(
                () -> {
                    Optional<PluginEntry> found =
                            disabled ? Optional.of(entries.getOrCreate(name)) : entries.find(name);
                    found.ifPresent(e -> disable(e, file, disabled));
                });
    }

    private void disable(PluginEntry e, String file, boolean disabled) {
        e.file(file);
        e.disabled(disabled);
        e.fault(Optional.empty());
        if (disabled && e.state() == PluginState.ERROR) {
            entries.move(e, PluginState.UNLOADED);
        }
    }

    @Override
    public void starting(Manifest manifest, long bundleId) {
        entries.change(
                () -> {
                    PluginEntry e = entries.getOrCreate(manifest.name());
                    if (e.serving() == null) {
                        e.known(manifest);
                    }
                    switch (e.state()) {
                        case UNLOADED, ERROR -> {
                            refuseTooMany(e);
                            entries.move(e, PluginState.LOADING);
                        }
                        case ACTIVE -> entries.move(e, PluginState.RELOADING);
                        case LOADING, PAUSED, RELOADING -> {}
                        case DRAINING ->
                                StateMachine.check(e.ref(), e.state(), PluginState.LOADING);
                    }
                });
    }

    @Override
    public void opened(Generation generation, long bundleId) {
        entries.change(
                () -> {
                    PluginEntry e = entries.getOrCreate(generation.manifest().name());
                    Serving next = new Serving(generation, bundleId, new CallGate());
                    if (e.serving() != null) {
                        e.waiting = next;
                        return;
                    }
                    StateMachine.check(e.ref(), e.state(), PluginState.ACTIVE);
                    e.fault(Optional.empty());
                    e.serve(next);
                    entries.move(e, PluginState.ACTIVE);
                    entries.announceServed(e);
                    dependents.tell(e.name(), "version %s is there".formatted(e.ref().version()));
                });
    }

    @Override
    public long swap(String name) {
        return entries.answer(() -> swap(entries.getOrCreate(name)));
    }

    private long swap(PluginEntry e) {
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
            entries.move(e, PluginState.ACTIVE);
        }
        entries.announceServed(e);
        dependents.tell(
                e.name(),
                "version %s took over from %s"
                        .formatted(
                                next.generation().manifest().version(),
                                old.generation().manifest().version()));
        return old.bundleId();
    }

    @Override
    public void failed(String name, String file, PluginException cause) {
        entries.change(
                () -> {
                    PluginEntry e = entries.getOrCreate(name);
                    e.file(file);
                    e.waiting = null;
                    fail(e, Fault.of(cause));
                });
    }

    private void fail(PluginEntry e, Fault fault) {
        switch (e.state()) {
            case RELOADING -> {
                e.fault(Optional.of(fault));
                entries.move(e, e.serving() == null ? PluginState.ERROR : PluginState.ACTIVE);
                if (e.serving() == null) {
                    entries.announceServed(e);
                } else {
                    entries.announceRefusal(e, fault);
                }
            }
            case UNLOADED, LOADING -> {
                if (e.state() == PluginState.UNLOADED) {
                    entries.move(e, PluginState.LOADING);
                }
                e.fault(Optional.of(fault));
                entries.move(e, PluginState.ERROR);
            }
            case ACTIVE, PAUSED, ERROR, DRAINING -> {
                if (!e.fault().equals(Optional.of(fault))) {
                    e.fault(Optional.of(fault));
                    entries.announceRefusal(e, fault);
                }
            }
        }
    }

    @Override
    public void confirmed(String name, String file) {
        entries.change(() -> entries.find(name).ifPresent(e -> confirm(e, file)));
    }

    private static void confirm(PluginEntry e, String file) {
        if (e.serving() == null) {
            return;
        }
        e.file(file);
        if (!e.quarantine().on()) {
            e.fault(Optional.empty());
        }
    }

    @Override
    public int drain(String name, long generation) {
        Optional<Serving> leaves =
                entries.answer(
                        () -> {
                            PluginEntry e = entries.getOrCreate(name);
                            Serving s = e.find(generation);
                            if (s != null && s == e.serving() && mayDrain(e.state())) {
                                entries.move(e, PluginState.DRAINING);
                            }
                            return Optional.ofNullable(s);
                        });
        return leaves.map(s -> s.gate().closeAndAwait(drainMillis.getAsInt())).orElse(0);
    }

    /**
     * One that is quarantined, or whose next version is being made ready, keeps its state. A second
     * stop of one that is draining does too.
     */
    private static boolean mayDrain(PluginState state) {
        return state == PluginState.ACTIVE || state == PluginState.PAUSED;
    }

    @Override
    public void closed(String name, long generation) {
        entries.change(() -> entries.find(name).ifPresent(e -> close(e, generation)));
    }

    private void close(PluginEntry e, long generation) {
        boolean served = e.serving() != null && e.serving() == e.find(generation);
        e.ended(generation);
        if (!served) {
            return;
        }
        e.serve(null);
        boolean quarantined = e.quarantine().on() && e.state() == PluginState.ERROR;
        e.quarantine().forget();
        if (quarantined) {
            e.fault(Optional.empty());
        }
        if (quarantined || e.state() == PluginState.DRAINING) {
            entries.move(e, PluginState.UNLOADED);
        }
        entries.announceServed(e);
        dependents.tell(e.name(), "it is gone");
    }

    @Override
    public void forget(String name) {
        entries.change(() -> entries.find(name).ifPresent(this::forget));
    }

    private void forget(PluginEntry e) {
        if (e.state() == PluginState.ERROR) {
            entries.move(e, PluginState.UNLOADED);
        }
        if (e.state() != PluginState.UNLOADED) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    e.ref(),
                    "it is " + e.state().label() + " and cannot be forgotten",
                    "");
        }
        entries.remove(e);
    }

    @Override
    public void pause(String name) {
        entries.change(() -> entries.move(entries.existing(name), PluginState.PAUSED));
    }

    @Override
    public void resume(String name) {
        entries.change(() -> resume(entries.existing(name)));
    }

    private void resume(PluginEntry e) {
        if (e.state() != PluginState.PAUSED) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    e.ref(),
                    "it is " + e.state().label() + " and cannot be resumed",
                    "only a paused plugin can");
        }
        entries.move(e, PluginState.ACTIVE);
    }

    @Override
    public void endQuarantine(String name) {
        rounds.end(name);
    }
}
