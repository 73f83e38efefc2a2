package io.trinity.reload;

import io.trinity.api.log.Asker;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what serves in line with what the folder holds, plugin by plugin: {@link Choice} says what
 * is to be done, {@link LoadSteps} do it elsewhere, and when it is done the question is asked
 * again, until there is nothing to do. At most one piece of work at a time for each plugin. On
 * reload's one thread and nowhere else; nothing here waits.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    /** Committed ones whose type is not there yet. */
    private final Set<String> awaiting = new HashSet<>();

    private final PluginRegistry registry;
    private final PluginLifecycle lifecycle;
    private final LoadSteps steps;
    private final Work work;
    private final Committed committed;
    private final OffPlugins off;
    private final FoundFiles files;
    private final ServedFiles served;
    private final FileListing listing;
    private final ChoiceReports reports;
    private final Surroundings surroundings;

    /** Committed before the start, and not started yet. */
    private final Map<String, Manifest> unstarted = new TreeMap<>();

    /** Those that were, and are about to take their places again. */
    private final Set<String> returning = new HashSet<>();

    /** Those for which something is being done. */
    private final Map<String, Work.Task> busy = new HashMap<>();

    /** Those of them that are being loaded. */
    private final Set<String> loading = new HashSet<>();

    /** Those that are to be loaded anew. */
    private final Set<String> again = new HashSet<>();

    private final ParkedPlugins parked;
    private boolean booting = true;

    /** What the folder's files do meanwhile, and who is told when something is done. */
    interface Surroundings {
        /** Whether a file is being looked into, which may bring any plugin. */
        boolean isExamining();

        /** Whether the folder is held to be one that is not mounted. */
        boolean isFolderHeld();

        /** Refusals of these kinds may be cured. */
        void mayBeCured(Set<ErrorCode> codes);

        /** Whether somebody waits for what is done for a plugin. */
        boolean isAwaited(String plugin);

        /** A piece of work is over, and what follows from it has begun. */
        void ended();
    }

    Reconciler(
            PluginRegistry registry,
            PluginLifecycle lifecycle,
            LoadSteps steps,
            Work work,
            Committed committed,
            OffPlugins off,
            FoundFiles files,
            ServedFiles served,
            FileListing listing,
            Surroundings surroundings) {
        this.registry = registry;
        this.lifecycle = lifecycle;
        this.steps = steps;
        this.work = work;
        this.committed = committed;
        this.off = off;
        this.files = files;
        this.served = served;
        this.listing = listing;
        this.reports = new ChoiceReports(lifecycle, committed, files, listing);
        this.surroundings = surroundings;
        this.parked =
                new ParkedPlugins(
                        served::serves, p -> busy.containsKey(p) || surroundings.isExamining());
    }

    /** Reads what was committed, once. */
    void recall() {
        unstarted.putAll(steps.recall());
    }

    /**
     * The files that there are have been looked into: from now on each plugin is dealt with. What
     * was committed goes first, so that no newcomer takes its place or its memory.
     */
    void boot() {
        booting = false;
        Map<String, Manifest> manifests = new TreeMap<>();
        files.all().forEach(f -> f.manifest.ifPresent(m -> manifests.put(m.name(), m)));
        manifests.putAll(unstarted);
        Set<String> newcomers = new TreeSet<>(manifests.keySet());
        newcomers.removeAll(committed.plugins());
        DependencyOrder.of(committed.plugins(), manifests).forEach(this::reconcile);
        DependencyOrder.of(newcomers, manifests).forEach(this::reconcile);
    }

    /** Whether {@link #boot} is still to come. */
    boolean isBooting() {
        return booting;
    }

    /** Whether something is being done, or is still to be done, for a plugin. */
    boolean isOpen(String plugin) {
        return busy.containsKey(plugin) || parked.contains(plugin);
    }

    /** Whether there is nothing to do. */
    boolean isSettled() {
        return !booting && busy.isEmpty() && parked.isEmpty();
    }

    /** Brings one plugin in line with the folder, and loads it anew where its file serves. */
    void reconcileAnew(String plugin) {
        again.add(plugin);
        reconcile(plugin);
        again.removeIf(p -> !isOpen(p));
    }

    /** Asks again for those that wait for others. */
    void unpark() {
        parked.inOrder().forEach(this::reconcile);
    }

    /** Brings one plugin in line with the folder. */
    void reconcile(String plugin) {
        parked.remove(plugin);
        if (booting || busy.containsKey(plugin)) {
            // It is asked again when what is being done is done.
            return;
        }
        List<FoundFile> bringing = files.candidates(plugin);
        Choice choice =
                Choice.of(
                        bringing.stream().map(Reconciler::candidate).toList(),
                        served.of(plugin, unstarted.containsKey(plugin)),
                        off.contains(plugin),
                        again.contains(plugin));
        if (startFirst(plugin, choice)) {
            return;
        }
        if (choice instanceof Choice.Load load) {
            load(plugin, file(load.file(), bringing));
        } else if (choice instanceof Choice.Serve serve) {
            reports.serves(plugin, serve.file());
            listing.outrank(plugin, serve.file());
        } else if (choice instanceof Choice.GoOn on) {
            reports.goesOn(plugin, on.file());
            listing.outrank(plugin, on.file());
        } else if (choice instanceof Choice.Refused refused) {
            reports.refused(plugin, file(refused.file(), bringing));
            listing.outrank(plugin, refused.file());
        } else if (choice instanceof Choice.Off o) {
            unload(plugin, () -> lifecycle.disabled(plugin, o.file(), true));
        } else if (!surroundings.isFolderHeld() || served.serves(plugin)) {
            unload(plugin, () -> lifecycle.forget(plugin));
        }
    }

    private static Choice.Candidate candidate(FoundFile f) {
        return new Choice.Candidate(
                f.name(), f.digest, f.manifest.orElseThrow().version(), f.refusal.isPresent());
    }

    private static FoundFile file(String name, List<FoundFile> among) {
        return among.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    // ---- start

    /**
     * What was committed before the start serves again before anything else is done for it.
     *
     * @return whether it is being started, or waits for it
     */
    private boolean startFirst(String plugin, Choice choice) {
        Manifest manifest = unstarted.get(plugin);
        if (manifest == null) {
            return false;
        }
        if (choice instanceof Choice.Gone || choice instanceof Choice.Off) {
            if (choice instanceof Choice.Off || !surroundings.isFolderHeld()) {
                unstarted.remove(plugin);
            }
            return false;
        }
        Optional<PluginException> awaited = steps.awaited(manifest);
        if (awaited.isPresent() && awaitsItsType(choice, plugin)) {
            tellAwaited(plugin, manifest, awaited.get());
            return true;
        }
        if (parked.parkAhead(plugin, manifest)) {
            return true;
        }
        unstarted.remove(plugin);
        awaiting.remove(plugin);
        returning.add(plugin);
        Commit commit = committed.find(plugin).orElseThrow();
        busy(
                plugin,
                work.begin(
                        () -> steps.start(commit), e -> false, started -> done(plugin, started)));
        return true;
    }

    /** Once, and not at each look. */
    private void tellAwaited(String plugin, Manifest manifest, PluginException why) {
        if (!awaiting.add(plugin)) {
            return;
        }
        Commit commit = committed.find(plugin).orElseThrow();
        PluginException told = why;
        try {
            lifecycle.preparing(manifest, commit.file(), commit.digest());
        } catch (PluginException e) {
            told = e;
        }
        lifecycle.failed(plugin, commit.file(), told);
    }

    /** Unless its file brings another plugin of that name by now, which could be loaded. */
    private boolean awaitsItsType(Choice choice, String plugin) {
        return !(choice instanceof Choice.Load load)
                || steps.awaited(file(load.file(), files.candidates(plugin)).manifest.orElseThrow())
                        .isPresent();
    }

    /** Types have changed: those that were committed and wait for theirs are asked again. */
    void startWaiting() {
        List.copyOf(unstarted.keySet()).forEach(this::reconcile);
    }

    /** Whether one that was committed is about to take its place again. */
    private boolean isPlaceAwaited() {
        returning.removeIf(p -> served.serves(p) || !busy.containsKey(p));
        return !returning.isEmpty()
                || unstarted.keySet().stream()
                        .anyMatch(p -> parked.contains(p) || surroundings.isExamining());
    }

    // ---- load

    private void load(String plugin, FoundFile f) {
        Manifest manifest = f.manifest.orElseThrow();
        if (committed.find(plugin).isEmpty() && isPlaceAwaited()) {
            parked.hold(plugin, manifest);
            return;
        }
        if (parked.park(plugin, manifest)) {
            return;
        }
        again.remove(plugin);
        listing.unlist(f);
        String digest = f.digest;
        Object limits = steps.limits(plugin);
        loading.add(plugin);
        busy(
                plugin,
                work.begin(
                        () -> steps.load(f.path(), digest, manifest),
                        e ->
                                Optional.of(
                                        e instanceof CancellationException
                                                ? LoadInWork.unwanted(manifest.ref())
                                                : PluginFile.internal(f.path(), e)),
                        refusal -> {
                            loading.remove(plugin);
                            f.triedUnder = limits;
                            loaded(plugin, f, digest, refusal);
                        }));
    }

    /** Something is being done for a plugin, which somebody may wait for already. */
    private void busy(String plugin, Work.Task task) {
        busy.put(plugin, task);
        if (surroundings.isAwaited(plugin)) {
            task.hurry();
        }
    }

    /** Somebody waits for what is being done for a plugin. */
    void hurry(String plugin) {
        Work.Task task = busy.get(plugin);
        if (task != null) {
            task.hurry();
            steps.hurry(plugin, Asker.now());
        }
    }

    /** A load that is under way is given up: nobody wants it any more. */
    void giveUp(String plugin) {
        Work.Task task = busy.get(plugin);
        if (task != null && loading.contains(plugin)) {
            task.giveUp();
            work.begin(
                    () -> {
                        steps.giveUp(plugin);
                        return true;
                    },
                    e -> false,
                    ended -> {});
        }
    }

    private void loaded(
            String plugin, FoundFile f, String digest, Optional<PluginException> refusal) {
        List<String> from;
        try {
            boolean same =
                    files.find(f.path()).filter(g -> g == f).isPresent() && f.digest.equals(digest);
            if (same) {
                f.refusal = refusal;
            }
            refusal.ifPresent(r -> refused(plugin, f, r));
            from = served.cameFrom(f.name());
        } finally {
            // Whatever went wrong, it must not stay busy for ever.
            done(plugin, refusal.isEmpty());
        }
        // What the file brought before: nothing stands for it any more, or it serves on.
        from.stream().filter(p -> !p.equals(plugin)).forEach(this::reconcile);
        listing.list(f);
    }

    private void refused(String plugin, FoundFile f, PluginException refusal) {
        ReloadAudit.refused(plugin, f.name(), refusal);
        lifecycle.failed(plugin, f.name(), refusal);
        if (!FoundFiles.CURED_BY_ANOTHERS_PLACE.contains(refusal.code())) {
            // It had taken a place, which others were refused.
            surroundings.mayBeCured(FoundFiles.CURED_BY_ANOTHERS_PLACE);
        }
    }

    /** A piece of work for a plugin is over. */
    private void done(String plugin, boolean another) {
        busy.remove(plugin);
        if (another) {
            surroundings.mayBeCured(FoundFiles.CURED_BY_OTHERS);
        }
        reconcile(plugin);
        unpark();
        surroundings.ended();
    }

    // ---- unload

    private void unload(String plugin, Runnable then) {
        again.remove(plugin);
        Optional<PluginSnapshot> there = registry.find(plugin);
        boolean nothing = committed.find(plugin).isEmpty();
        if (nothing && there.filter(s -> s.state() != PluginState.UNLOADED).isEmpty()) {
            then.run();
            return;
        }
        busy(
                plugin,
                work.begin(
                        () -> {
                            steps.unload(plugin);
                            return true;
                        },
                        e -> false,
                        ended -> unloaded(plugin, then)));
    }

    private void unloaded(String plugin, Runnable then) {
        busy.remove(plugin);
        Optional<PluginSnapshot> left = registry.find(plugin);
        boolean outlived =
                left.isPresent()
                        && left.get().state() != PluginState.UNLOADED
                        && left.get().state() != PluginState.ERROR;
        if (outlived) {
            LOG.error(
                    "plugin={} state={} outlived its file",
                    PluginRef.field(plugin),
                    left.get().state().label());
        } else {
            then.run();
            if (registry.find(plugin).isEmpty()) {
                LOG.info(
                        "plugin={} is gone{}",
                        PluginRef.field(plugin),
                        off.contains(plugin) ? "; it stays off until plugin:load" : "");
            }
        }
        // Room has come, and a name.
        surroundings.mayBeCured(FoundFiles.CURED_BY_ANOTHERS_END);
        if (!outlived || !isStillGone(plugin)) {
            reconcile(plugin);
        }
        unpark();
        surroundings.ended();
    }

    private boolean isStillGone(String plugin) {
        return off.contains(plugin) || files.candidates(plugin).isEmpty();
    }
}
