package io.trinity.reload;

import io.trinity.api.log.AuditLine;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    private final Path folder;
    private final PluginRegistry registry;
    private final PluginLifecycle lifecycle;
    private final LoadSteps steps;
    private final Committed committed;
    private final OffPlugins off;
    private final FoundFiles files;
    private final Work work;
    private final Predicate<Path> away;
    private final BooleanSupplier folderHeld;

    /** Committed before the start, and not started yet. */
    private final Map<String, Manifest> unstarted = new TreeMap<>();

    /** Those for which something is being done. */
    private final Set<String> busy = new HashSet<>();

    /** Those that wait until what they depend on has come. */
    private final Map<String, Manifest> parked = new TreeMap<>();

    /** Those that are to be loaded anew. */
    private final Set<String> again = new HashSet<>();

    private final Set<Path> examined = new HashSet<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean booting = true;

    /** Somebody who waits until a plugin and a file have been dealt with. */
    private record Waiting(Optional<Path> file, String plugin, Runnable then) {}

    /**
     * @param away whether a file was not there when the folder was looked at last
     * @param folderHeld whether the folder is held to be one that is not mounted
     */
    Reconciler(
            Path folder,
            PluginRegistry registry,
            PluginLifecycle lifecycle,
            LoadSteps steps,
            Committed committed,
            OffPlugins off,
            FoundFiles files,
            Work work,
            Predicate<Path> away,
            BooleanSupplier folderHeld) {
        this.folder = folder;
        this.registry = registry;
        this.lifecycle = lifecycle;
        this.steps = steps;
        this.committed = committed;
        this.off = off;
        this.files = files;
        this.work = work;
        this.away = away;
        this.folderHeld = folderHeld;
    }

    // ---- what comes in

    /** Reads what was committed, once. */
    void recall() {
        unstarted.putAll(steps.recall());
    }

    /**
     * The first look: the files there are examined, and when all have been, what was committed is
     * started and what has changed is loaded.
     */
    void boot(List<Path> there) {
        there.forEach(this::examine);
        afterBoot();
    }

    private void afterBoot() {
        if (!booting || !examined.isEmpty()) {
            return;
        }
        booting = false;
        Map<String, Manifest> manifests = new TreeMap<>();
        files.all().forEach(f -> f.manifest.ifPresent(m -> manifests.put(m.name(), m)));
        manifests.putAll(unstarted);
        Set<String> all = new TreeSet<>(manifests.keySet());
        all.addAll(committed.plugins());
        DependencyOrder.of(all, manifests).forEach(this::reconcile);
        files.all().forEach(this::list);
    }

    /** Whether the file is being looked into. */
    boolean isExamining(Path file) {
        return examined.contains(file);
    }

    /** Whether any file is. */
    boolean isExamining() {
        return !examined.isEmpty();
    }

    /** A file has changed, or is to be looked into again. */
    void examine(Path path) {
        if (!examined.add(path)) {
            return;
        }
        Optional<Examination> before =
                files.find(path)
                        .filter(f -> !f.digest.isEmpty())
                        .map(f -> new Examination(f.digest, f.manifest, Optional.empty()));
        work.begin(
                () -> steps.examine(path, before),
                e -> new Examination("", Optional.empty(), Optional.of(internal(path, e))),
                x -> examined(path, x));
    }

    private void examined(Path path, Examination found) {
        examined.remove(path);
        FoundFile f = files.known(path);
        Set<String> concerned = concerned(f);
        f.digest = found.digest();
        f.manifest = found.manifest();
        f.refusal = found.refusal();
        f.outranked = Optional.empty();
        found.refusal().ifPresent(r -> auditRefusal(f, f.key(), r));
        concerned.addAll(concerned(f));
        if (booting) {
            afterBoot();
        } else {
            concerned.forEach(this::reconcile);
            list(f);
            unpark();
        }
        answer();
    }

    /** A file is gone. */
    void gone(Path path) {
        Optional<FoundFile> found = files.find(path);
        if (found.isEmpty()) {
            return;
        }
        Set<String> concerned = concerned(found.get());
        concerned.forEach(p -> audit("file.gone", p, found.get().name()));
        unlist(found.get());
        files.forget(path);
        concerned.forEach(this::reconcile);
        answer();
    }

    /** The plugins that it brings, or that came from it. */
    private Set<String> concerned(FoundFile f) {
        Set<String> plugins = new TreeSet<>();
        f.plugin().ifPresent(plugins::add);
        plugins.addAll(cameFrom(f.name()));
        return plugins;
    }

    private List<String> cameFrom(String file) {
        return committed.plugins().stream()
                .filter(p -> committed.find(p).filter(c -> c.file().equals(file)).isPresent())
                .sorted()
                .toList();
    }

    /** Something has changed that may cure refusals of these kinds. */
    void retry(Set<ErrorCode> codes) {
        for (FoundFile f : files.refusedFor(codes)) {
            retry(f);
        }
        answer();
    }

    /** Where its content is known, only what came after that is tried again. */
    private void retry(FoundFile f) {
        if (f.manifest.isPresent()) {
            f.refusal = Optional.empty();
            f.plugin().ifPresent(this::reconcile);
        } else if (!away.test(f.path())) {
            examine(f.path());
        }
    }

    /**
     * What a file brings is tried again, whatever it was refused for.
     *
     * @param even whether also where its bytes are those that serve
     */
    void anew(Path path, boolean even) {
        for (FoundFile f : files.find(path).stream().toList()) {
            if (f.manifest.isPresent()) {
                f.refusal = Optional.empty();
            }
            for (String plugin : f.plugin().stream().toList()) {
                if (even) {
                    again.add(plugin);
                }
                reconcile(plugin);
                again.removeIf(p -> !busy.contains(p) && !parked.containsKey(p));
            }
        }
    }

    // ---- on and off

    /**
     * From now on it is off.
     *
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    void off(String plugin, String file) {
        off.add(plugin, file);
        audit("disabled", plugin, file);
        Optional<FoundFile> alone = files.named(file).filter(f -> f.key().equals(plugin));
        if (alone.isPresent()) {
            list(alone.get());
            alone.get().plugin().ifPresent(this::reconcile);
        } else {
            reconcile(plugin);
        }
    }

    /**
     * It is off no longer.
     *
     * @return whether it was
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    boolean on(String plugin, String file) {
        boolean was = off.remove(plugin);
        if (was) {
            audit("enabled", plugin, file);
        }
        return was;
    }

    // ---- who waits

    /** Does something once a plugin, and a file, have been dealt with. */
    void when(Optional<Path> file, String plugin, Runnable then) {
        waiting.add(new Waiting(file, plugin, then));
        answer();
    }

    private void answer() {
        for (Waiting w : List.copyOf(waiting)) {
            boolean open =
                    w.file().filter(examined::contains).isPresent()
                            || busy.contains(w.plugin())
                            || parked.containsKey(w.plugin());
            if (!open && waiting.remove(w)) {
                w.then().run();
            }
        }
    }

    /** Whether there is nothing to do. */
    boolean isSettled() {
        return !booting && examined.isEmpty() && busy.isEmpty() && parked.isEmpty();
    }

    // ---- what is done

    /** Brings one plugin in line with the folder. */
    void reconcile(String plugin) {
        parked.remove(plugin);
        if (booting || busy.contains(plugin)) {
            // It is asked again when what is being done is done.
            return;
        }
        List<FoundFile> bringing = files.bringing(plugin).stream().filter(this::counts).toList();
        Optional<Choice.Served> served = served(plugin);
        Choice choice =
                Choice.of(
                        bringing.stream().map(Reconciler::candidate).toList(),
                        served,
                        off.contains(plugin),
                        again.contains(plugin));
        if (startFirst(plugin, choice)) {
            return;
        }
        if (choice instanceof Choice.Load load) {
            load(plugin, file(load.file(), bringing));
        } else if (choice instanceof Choice.Serve serve) {
            serves(plugin, serve.file());
        } else if (choice instanceof Choice.GoOn on) {
            goOn(plugin, on.file());
        } else if (choice instanceof Choice.Refused refused) {
            FoundFile first = file(refused.file(), bringing);
            unlist(first);
            lifecycle.failed(plugin, first.name(), first.refusal.orElseThrow());
        } else if (choice instanceof Choice.Off o) {
            unload(plugin, () -> lifecycle.disabled(plugin, o.file(), true));
        } else if (!folderHeld.getAsBoolean() || serves(plugin)) {
            unload(plugin, () -> lifecycle.forget(plugin));
        }
        owner(choice).ifPresent(o -> outrank(plugin, o));
    }

    private boolean counts(FoundFile f) {
        return !away.test(f.path()) && !off.contains(f.key());
    }

    private static Choice.Candidate candidate(FoundFile f) {
        return new Choice.Candidate(
                f.name(), f.digest, f.manifest.orElseThrow().version(), f.refusal.isPresent());
    }

    private static FoundFile file(String name, List<FoundFile> among) {
        return among.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    private boolean serves(String plugin) {
        return registry.find(plugin).filter(s -> s.generation() > 0).isPresent();
    }

    private Optional<Choice.Served> served(String plugin) {
        return committed
                .find(plugin)
                .filter(c -> serves(plugin) || unstarted.containsKey(plugin))
                .map(c -> new Choice.Served(c.file(), c.digest(), stands(c)));
    }

    /** Whether a file is there, and is not what brings another plugin that serves. */
    private boolean stands(Commit c) {
        Optional<FoundFile> found = files.named(c.file());
        if (found.isEmpty()) {
            return isThere(c);
        }
        Optional<String> brings = found.get().plugin();
        return brings.isEmpty()
                || brings.get().equals(c.plugin())
                || cameFrom(c.file()).stream().noneMatch(p -> p.equals(brings.get()) && serves(p));
    }

    /** What cannot be named on this system is held to be there: nothing is forgotten for it. */
    private boolean isThere(Commit c) {
        try {
            return PluginFile.exists(folder.resolve(c.file()));
        } catch (InvalidPathException e) {
            LOG.warn(
                    "plugin={} its file '{}' cannot be named where the file system's encoding is"
                            + " {}; start the host with LC_ALL=C.UTF-8, or rename the file",
                    c.plugin(),
                    c.file(),
                    System.getProperty("sun.jnu.encoding"));
            return true;
        }
    }

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
            if (choice instanceof Choice.Off || !folderHeld.getAsBoolean()) {
                unstarted.remove(plugin);
            }
            return false;
        }
        if (park(plugin, manifest)) {
            return true;
        }
        unstarted.remove(plugin);
        Commit commit = committed.find(plugin).orElseThrow();
        busy.add(plugin);
        work.begin(() -> steps.start(commit), e -> false, started -> done(plugin, started));
        return true;
    }

    private void load(String plugin, FoundFile f) {
        Manifest manifest = f.manifest.orElseThrow();
        if (park(plugin, manifest)) {
            return;
        }
        again.remove(plugin);
        unlist(f);
        busy.add(plugin);
        String digest = f.digest;
        work.begin(
                () -> steps.load(f.path(), digest, manifest),
                e -> Optional.of(internal(f.path(), e)),
                refusal -> loaded(plugin, f, digest, refusal));
    }

    private void loaded(
            String plugin, FoundFile f, String digest, Optional<PluginException> refusal) {
        boolean same =
                files.find(f.path()).filter(g -> g == f).isPresent() && f.digest.equals(digest);
        if (same) {
            f.refusal = refusal;
        }
        if (refusal.isPresent()) {
            auditRefusal(f, plugin, refusal.get());
            lifecycle.failed(plugin, f.name(), refusal.get());
        }
        List<String> from = cameFrom(f.name());
        done(plugin, refusal.isEmpty());
        // What the file brought before: nothing stands for it any more, or it serves on.
        from.stream().filter(p -> !p.equals(plugin)).forEach(this::reconcile);
        list(f);
    }

    /** A piece of work for a plugin is over. */
    private void done(String plugin, boolean another) {
        busy.remove(plugin);
        if (another) {
            retry(FoundFiles.CURED_BY_OTHERS);
        }
        reconcile(plugin);
        unpark();
        answer();
    }

    private void serves(String plugin, String file) {
        Commit commit = committed.find(plugin).orElseThrow();
        if (!commit.file().equals(file)) {
            LOG.info(
                    "plugin={} file={} stands for it now, in place of {}",
                    plugin,
                    file,
                    commit.file());
            committed.moved(new Commit(plugin, file, commit.generation(), commit.digest()));
        }
        named(file).ifPresent(this::unlist);
        lifecycle.confirmed(plugin, file);
    }

    /** It serves on; why nothing newer does is kept beside it. */
    private void goOn(String plugin, String file) {
        Commit commit = committed.find(plugin).orElseThrow();
        if (!commit.file().equals(file)) {
            LOG.warn(
                    "plugin={} generation={} serves on: its file {} is gone, and {} is refused",
                    plugin,
                    commit.generation(),
                    commit.file(),
                    file);
            committed.moved(new Commit(plugin, file, commit.generation(), commit.digest()));
        }
        Optional<FoundFile> found = named(file);
        Optional<PluginException> refusal = found.flatMap(f -> f.refusal);
        if (refusal.isEmpty()) {
            // Taken away a moment ago, or being put back: it is looked into when it rests.
            return;
        }
        Optional<String> other = found.get().plugin().filter(p -> !p.equals(plugin));
        if (other.isEmpty()) {
            unlist(found.get());
        }
        lifecycle.failed(
                plugin,
                file,
                other.map(o -> renamed(plugin, file, o, refusal.get())).orElse(refusal.get()));
    }

    private static PluginException renamed(
            String plugin, String file, String other, PluginException refusal) {
        return PluginException.of(
                refusal.code(),
                PluginRef.named(plugin),
                "its file '%s' brings plugin '%s' now, which is refused; what served serves on"
                        .formatted(file, other),
                "plugin:why " + other + " tells why; mend the name in the manifest, or that");
    }

    private void unload(String plugin, Runnable then) {
        again.remove(plugin);
        Optional<PluginSnapshot> there = registry.find(plugin);
        boolean nothing = committed.find(plugin).isEmpty();
        if (nothing && there.filter(s -> s.state() != PluginState.UNLOADED).isEmpty()) {
            then.run();
            return;
        }
        busy.add(plugin);
        work.begin(
                () -> {
                    steps.unload(plugin);
                    return true;
                },
                e -> false,
                ended -> unloaded(plugin, then));
    }

    private void unloaded(String plugin, Runnable then) {
        busy.remove(plugin);
        Optional<PluginSnapshot> left = registry.find(plugin);
        boolean outlived =
                left.isPresent()
                        && left.get().state() != PluginState.UNLOADED
                        && left.get().state() != PluginState.ERROR;
        if (outlived) {
            LOG.error("plugin={} state={} outlived its file", plugin, left.get().state().label());
        } else {
            then.run();
            if (registry.find(plugin).isEmpty()) {
                LOG.info(
                        "plugin={} is gone{}",
                        plugin,
                        off.contains(plugin) ? "; it stays off until plugin:load" : "");
            }
        }
        // Room has come, and a name.
        retry(FoundFiles.CURABLE);
        if (!outlived || !isStillGone(plugin)) {
            reconcile(plugin);
        }
        unpark();
        answer();
    }

    private boolean isStillGone(String plugin) {
        return off.contains(plugin) || files.bringing(plugin).stream().noneMatch(this::counts);
    }

    // ---- who waits for whom

    /** Whether a plugin has to wait: what it depends on is on its way. */
    private boolean park(String plugin, Manifest manifest) {
        if (!awaits(manifest, new HashSet<>(Set.of(plugin)))) {
            return false;
        }
        parked.put(plugin, manifest);
        return true;
    }

    private boolean awaits(Manifest manifest, Set<String> seen) {
        for (Dependency d : manifest.dependencies()) {
            if (!seen.add(d.name()) || serves(d.name())) {
                continue;
            }
            boolean coming = busy.contains(d.name()) || !examined.isEmpty();
            Manifest next = parked.get(d.name());
            if (coming || next != null && awaits(next, seen)) {
                return true;
            }
        }
        return false;
    }

    private void unpark() {
        DependencyOrder.of(Set.copyOf(parked.keySet()), Map.copyOf(parked))
                .forEach(this::reconcile);
    }

    // ---- how files are listed

    private Optional<FoundFile> named(String file) {
        return files.named(file);
    }

    private static Optional<String> owner(Choice choice) {
        if (choice instanceof Choice.Serve s) {
            return Optional.of(s.file());
        }
        if (choice instanceof Choice.GoOn s) {
            return Optional.of(s.file());
        }
        if (choice instanceof Choice.Refused s) {
            return Optional.of(s.file());
        }
        return Optional.empty();
    }

    /** The other files of the plugin are listed under their own names, with the reason. */
    private void outrank(String plugin, String owner) {
        for (FoundFile f : files.bringing(plugin)) {
            boolean first = f.name().equals(owner);
            f.outranked =
                    first || f.refusal.isPresent() || !counts(f)
                            ? Optional.empty()
                            : Optional.of(taken(plugin, owner, f));
            if (!first) {
                list(f);
            }
        }
    }

    private PluginException taken(String plugin, String owner, FoundFile f) {
        String version =
                registry.find(plugin).map(s -> s.version().toString()).orElse("another version");
        return PluginException.of(
                ErrorCode.NAME_TAKEN,
                f.manifest.orElseThrow().ref(),
                "'%s' brings a plugin of this name, version %s, and so does '%s': %s serves"
                        .formatted(
                                PluginFile.printable(owner),
                                version,
                                f.key(),
                                "the higher version, and of equal ones the first,"),
                "remove one of the two files, or change the name in one manifest");
    }

    /** Lists a file under its own name where it is not what stands for a plugin. */
    private void list(FoundFile f) {
        if (files.find(f.path()).filter(g -> g == f).isEmpty()) {
            return;
        }
        if (off.contains(f.key())) {
            f.listed = true;
            lifecycle.disabled(f.key(), f.name(), true);
            return;
        }
        Optional<PluginException> fault = f.fault();
        if (fault.isEmpty() || standsFor(f).isPresent()) {
            unlist(f);
            return;
        }
        f.listed = true;
        lifecycle.failed(f.key(), f.name(), fault.get());
    }

    /** The plugin under which a file is listed: it came from it, or was refused with it. */
    private Optional<String> standsFor(FoundFile f) {
        Optional<String> brings = f.plugin();
        List<String> from = cameFrom(f.name());
        if (brings.isEmpty()) {
            return from.stream().findFirst();
        }
        String plugin = brings.get();
        boolean fromOther =
                registry.find(plugin).filter(s -> !s.file().equals(f.name())).isPresent();
        return from.contains(plugin) || f.outranked.isEmpty() && !fromOther
                ? brings
                : Optional.empty();
    }

    private void unlist(FoundFile f) {
        if (!f.listed) {
            return;
        }
        f.listed = false;
        if (registry.find(f.key()).isPresent()) {
            lifecycle.forget(f.key());
        }
    }

    // ---- who is meant

    /**
     * The file that is meant by the name of a plugin or of a file.
     *
     * @throws PluginException NOT_FOUND
     */
    Path meant(String name) {
        Optional<Path> standing =
                registry.find(name).flatMap(s -> files.named(s.file())).map(FoundFile::path);
        if (standing.isPresent()) {
            return standing.get();
        }
        List<FoundFile> bringing = files.bringing(name);
        if (!bringing.isEmpty()) {
            return bringing.get(0).path();
        }
        Optional<FoundFile> named = files.named(name);
        if (named.isPresent()) {
            return named.get().path();
        }
        // It may have come since the last look.
        for (String fileName : List.of(name, name + ".wasm")) {
            Optional<Path> file = PluginFile.in(folder, fileName);
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw PluginException.of(
                ErrorCode.NOT_FOUND,
                PluginRef.named(PluginFile.printable(name)),
                "no such plugin, and no such file in " + folder,
                "plugin:list shows those that there are");
    }

    /** Under what a file is listed: its plugin, or itself. */
    String listedAs(Path file) {
        return files.find(file)
                .map(f -> f.listed ? f.key() : standsFor(f).orElse(f.key()))
                .orElse(PluginFile.key(file));
    }

    Optional<FoundFile> find(Path file) {
        return files.find(file);
    }

    /** Whether anything was committed, started or not. */
    Set<String> committed() {
        return committed.plugins();
    }

    // ---- audit

    private static void audit(String event, String plugin, String file) {
        AUDIT.info(
                "{}",
                AuditLine.of(event)
                        .with("plugin", plugin)
                        .with("file", file)
                        .by(Rollout.asker(file)));
    }

    private static void auditRefusal(FoundFile f, String plugin, PluginException cause) {
        AUDIT.warn(
                "{}",
                AuditLine.of("load.refused")
                        .with("plugin", plugin)
                        .with("file", f.name())
                        .with("code", cause.code())
                        .with("why", cause.detail())
                        .by(Rollout.asker(f.name())));
    }

    private static PluginException internal(Path path, Throwable e) {
        return PluginException.of(
                ErrorCode.INTERNAL,
                PluginFile.ref(path),
                "the host failed: " + e,
                "report it with the log",
                e);
    }
}
