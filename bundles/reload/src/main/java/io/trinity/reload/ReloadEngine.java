package io.trinity.reload;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.Sandbox;
import io.trinity.wrapper.BundleLocation;
import io.trinity.wrapper.BundleWriter;
import io.trinity.wrapper.ManifestReader;
import io.trinity.wrapper.PluginActivator;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to a file that has been still: load, reload, or removal, step by step. Runs on
 * reload's one thread and nowhere else.
 *
 * <p>A crash between any two steps leaves, after the restart, exactly the generation that was
 * committed last: before the commit file is written it is the old one, afterwards the new one, and
 * bundles that no commit names are removed at boot.
 */
final class ReloadEngine {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadEngine.class);

    private final Engine engine;
    private final Sandbox sandbox;
    private final PluginRegistry registry;
    private final PluginLifecycle lifecycle;
    private final GeneratedBundles bundles;
    private final CommitStore store;
    private final DisabledFiles disabled;
    private final CompileCache compiled;

    private static final Set<ErrorCode> CURABLE =
            EnumSet.of(
                    ErrorCode.FILE_TOO_LARGE,
                    ErrorCode.NAME_TAKEN,
                    ErrorCode.CAPABILITY_DENIED,
                    ErrorCode.LIMIT_PLUGINS,
                    ErrorCode.LIMIT_MEMORY,
                    ErrorCode.LIMIT_CPU,
                    ErrorCode.LIMIT_TIME,
                    ErrorCode.LIMIT_FUEL,
                    ErrorCode.LIMIT_STACK,
                    ErrorCode.LIMIT_HOOKS,
                    ErrorCode.LIMIT_DEPENDENCIES,
                    ErrorCode.DEPENDENCY_MISSING,
                    ErrorCode.DEPENDENCY_CONFLICT,
                    ErrorCode.DEPENDENCY_CYCLE,
                    ErrorCode.RELOAD_REFUSED,
                    ErrorCode.LIMIT_MODULE,
                    ErrorCode.COMPILER_FAILED,
                    ErrorCode.STORE_FAILED);

    /** What another plugin's coming, going or other version can cure. */
    private static final Set<ErrorCode> CURED_BY_OTHERS =
            EnumSet.of(
                    ErrorCode.DEPENDENCY_MISSING,
                    ErrorCode.DEPENDENCY_CONFLICT,
                    ErrorCode.DEPENDENCY_CYCLE,
                    ErrorCode.RELOAD_REFUSED);

    /** Why each file that is not served was refused. */
    private final Map<Path, PluginException> refused = new HashMap<>();

    /** Committed generations, by plugin. */
    private final Map<String, Commit> commits = new HashMap<>();

    /** Highest generation number ever given, by plugin. */
    private final Map<String, Long> lastNumber = new HashMap<>();

    /**
     * What each file was found to be: the plugin's name, or the file's key after an early refusal.
     */
    private final Map<Path, String> names = new HashMap<>();

    ReloadEngine(
            Engine engine,
            Sandbox sandbox,
            PluginRegistry registry,
            PluginLifecycle lifecycle,
            GeneratedBundles bundles,
            CommitStore store,
            DisabledFiles disabled,
            CompileCache compiled) {
        this.engine = engine;
        this.sandbox = sandbox;
        this.registry = registry;
        this.lifecycle = lifecycle;
        this.bundles = bundles;
        this.store = store;
        this.disabled = disabled;
        this.compiled = compiled;
    }

    /**
     * Starts the committed generations, without compiling, and removes bundles that no commit
     * names.
     *
     * @param folder the plugin folder
     */
    void boot(Path folder) {
        disabled.forgetAllBut(file -> PluginFile.exists(folder.resolve(file)));
        for (Commit c : store.all().values()) {
            lastNumber.merge(c.plugin(), c.generation(), Math::max);
            if (!c.isEnd()) {
                commits.put(c.plugin(), c);
            }
        }
        for (Bundle b : bundles.all()) {
            BundleLocation at = BundleLocation.parse(b.getLocation()).orElseThrow();
            lastNumber.merge(at.plugin(), at.generation(), Math::max);
            Commit c = commits.get(at.plugin());
            if (c == null || c.generation() != at.generation() || !c.digest().equals(at.digest())) {
                LOG.info(
                        "plugin={} generation={} was never committed and is removed",
                        at.plugin(),
                        at.generation());
                bundles.remove(b);
            }
        }
        Map<String, Manifest> manifests = new TreeMap<>();
        for (Commit c : commits.values()) {
            bundles.find(new BundleLocation(c.plugin(), c.generation(), c.digest()))
                    .flatMap(ReloadEngine::manifestOf)
                    .ifPresent(m -> manifests.put(c.plugin(), m));
        }
        for (String plugin : DependencyOrder.of(commits.keySet(), manifests)) {
            restart(folder, commits.get(plugin));
        }
    }

    private static Optional<Manifest> manifestOf(Bundle bundle) {
        try {
            return Optional.of(PluginActivator.manifestOf(bundle));
        } catch (PluginException e) {
            LOG.debug("told when it is started", e);
            return Optional.empty();
        }
    }

    private void restart(Path folder, @Nullable Commit c) {
        if (c == null) {
            return;
        }
        Path file = folder.resolve(c.file());
        Optional<Bundle> bundle =
                bundles.find(new BundleLocation(c.plugin(), c.generation(), c.digest()));
        if (!PluginFile.exists(file) || bundle.isEmpty()) {
            LOG.info(
                    "plugin={} generation={} is not started: its {} is gone",
                    c.plugin(),
                    c.generation(),
                    bundle.isEmpty() ? "bundle" : "file");
            bundle.ifPresent(bundles::remove);
            dropCommit(c.plugin());
            return;
        }
        names.put(file, c.plugin());
        PluginRef who = PluginRef.named(c.plugin());
        try {
            lifecycle.preparing(PluginActivator.manifestOf(bundle.get()), c.file(), c.digest());
            bundles.start(who, bundle.get());
        } catch (PluginException e) {
            // Its commit stays: the file is looked at next, and compiled anew where that helps
            // (classes of
            // another build of the engine); where it does not (a grant taken back), the next start
            // tries again.
            LOG.info("plugin={} cannot be started as it is: {}", c.plugin(), e.getMessage());
            lifecycle.failed(c.plugin(), c.file(), e);
        }
    }

    private void dropCommit(String plugin) {
        if (commits.remove(plugin) != null) {
            store.end(plugin, lastNumber.getOrDefault(plugin, 0L));
        }
    }

    /** A file that could not even be read. */
    void unreadable(Path path, PluginException cause) {
        String name = names.getOrDefault(path, PluginFile.key(path));
        names.put(path, name);
        refused.put(path, cause);
        lifecycle.failed(name, fileName(path), cause);
    }

    /**
     * Loads a file, or reloads the plugin that it brings.
     *
     * @param again load it also where its bytes are those that serve
     * @return whether another generation serves now
     */
    boolean load(PluginFile file, boolean again) {
        String name = names.get(file.path());
        Optional<String> unloaded = disabled.plugin(fileName(file.path()));
        if (unloaded.isPresent()) {
            names.put(file.path(), unloaded.get());
            lifecycle.disabled(unloaded.get(), fileName(file.path()), true);
            return false;
        }
        Commit served = name == null ? null : commits.get(name);
        if (!again
                && served != null
                && served.digest().equals(file.digest())
                && registry.find(served.plugin()).filter(ReloadEngine::serves).isPresent()) {
            refused.remove(file.path());
            lifecycle.confirmed(served.plugin());
            return false;
        }
        String known = name;
        try {
            ModuleInfo info = inspect(file);
            ManifestReader.Reading reading = ManifestReader.of(PluginFile.ref(file.path()), info);
            Manifest manifest = reading.manifest();
            refuseTakenName(file.path(), manifest);
            if (known != null && !known.equals(manifest.name())) {
                // The file was something else before: another plugin, or not readable.
                removePlugin(known);
            }
            known = manifest.name();
            names.put(file.path(), known);
            reading.warnings().forEach(w -> LOG.warn("plugin={} {}", manifest.name(), w));
            bring(file, manifest, info);
            refused.remove(file.path());
            return true;
        } catch (PluginException e) {
            refuse(file.path(), known, e);
        } catch (RuntimeException | Error e) {
            // A defect of ours; the plugin must not be left in loading because of it.
            LOG.error("code=INTERNAL file={}", fileName(file.path()), e);
            refuse(
                    file.path(),
                    known,
                    PluginException.of(
                            ErrorCode.INTERNAL,
                            PluginFile.ref(file.path()),
                            "the host failed: " + e,
                            "report it with the log",
                            e));
        }
        return false;
    }

    private void refuse(Path path, @Nullable String known, PluginException cause) {
        String told = known == null ? PluginFile.key(path) : known;
        names.put(path, told);
        refused.put(path, cause);
        lifecycle.failed(told, fileName(path), cause);
    }

    /** Files that were refused for a reason that configuration or other plugins can take away. */
    List<Path> refusedForNow() {
        return refused.entrySet().stream()
                .filter(e -> CURABLE.contains(e.getValue().code()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Files that were refused for what another plugin is or is not. */
    List<Path> refusedForOthers() {
        return refused.entrySet().stream()
                .filter(e -> CURED_BY_OTHERS.contains(e.getValue().code()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Why a file was refused; nothing where its plugin serves. */
    Optional<PluginException> refusal(Path file) {
        return Optional.ofNullable(refused.get(file));
    }

    /**
     * The file of a plugin, or of that name.
     *
     * @throws PluginException NOT_FOUND
     */
    Path fileOf(String name, Path folder) {
        for (Map.Entry<Path, String> e : names.entrySet()) {
            if (e.getValue().equals(name) || PluginFile.key(e.getKey()).equals(name)) {
                return e.getKey();
            }
        }
        // Only a plain name: nothing outside the folder is ever loaded.
        boolean plain = name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");
        for (String ending : List.of("", ".wasm")) {
            Path file = plain ? folder.resolve(name + ending) : folder;
            if (plain && file.toString().endsWith(".wasm") && PluginFile.exists(file)) {
                return file;
            }
        }
        throw PluginException.of(
                ErrorCode.NOT_FOUND,
                PluginRef.named(PluginFile.printable(name)),
                "no such plugin, and no such file in " + folder,
                "plugin:list shows those that there are");
    }

    /** The plugin that a file brings, or under which its refusal is kept. */
    String pluginOf(Path file) {
        return names.getOrDefault(file, PluginFile.key(file));
    }

    /**
     * Unloads the plugin of a file, and leaves the file alone from now on.
     *
     * @throws PluginException STORE_FAILED
     */
    void unload(Path file) {
        String name = pluginOf(file);
        disabled.add(fileName(file), name);
        refused.remove(file);
        removePlugin(name);
        names.put(file, name);
        lifecycle.disabled(name, fileName(file), true);
    }

    /**
     * A file is no longer left alone.
     *
     * @throws PluginException STORE_FAILED
     */
    void enable(Path file) {
        disabled.remove(fileName(file));
    }

    private static boolean serves(PluginSnapshot s) {
        return s.generation() > 0;
    }

    private void refuseTakenName(Path path, Manifest manifest) {
        for (Map.Entry<Path, String> other : names.entrySet()) {
            if (other.getValue().equals(manifest.name()) && !other.getKey().equals(path)) {
                throw PluginException.of(
                        ErrorCode.NAME_TAKEN,
                        manifest.ref(),
                        "'%s' brings a plugin of this name, and so does '%s'"
                                .formatted(PluginFile.key(other.getKey()), PluginFile.key(path)),
                        "remove one of the two files, or change the name in one manifest");
            }
        }
    }

    /** Parsing and validating a large module takes longer than all else that a warm reload does. */
    private ModuleInfo inspect(PluginFile file) {
        return compiled.known(file.digest())
                .map(CompiledModule::info)
                .orElseGet(() -> engine.inspect(PluginFile.ref(file.path()), file.bytes()));
    }

    private void bring(PluginFile file, Manifest manifest, ModuleInfo info) {
        PluginRef who = manifest.ref();
        String name = manifest.name();
        lifecycle.preparing(manifest, fileName(file.path()), file.digest());
        sandbox.admit(manifest, file.digest(), info);
        long start = System.nanoTime();
        CompiledModule code = compiled.get(file.digest(), () -> engine.compile(who, file.bytes()));
        long compiled = System.nanoTime();
        removeBroken(name);
        Commit commit =
                new Commit(
                        name,
                        fileName(file.path()),
                        lastNumber.merge(name, 1L, (old, one) -> old + one),
                        file.digest());
        byte[] bytes =
                BundleWriter.write(
                        BundleWriter.symbolicName(name),
                        manifest,
                        file.digest(),
                        commit.generation(),
                        code);
        Bundle bundle =
                bundles.install(
                        who,
                        new BundleLocation(name, commit.generation(), commit.digest()).toString(),
                        bytes);
        boolean first = registry.find(name).filter(ReloadEngine::serves).isEmpty();
        try {
            bundles.start(who, bundle);
            // It serves at once when none did, or when somebody stopped the old one meanwhile.
            if (servingGeneration(name) == commit.generation()) {
                commit(commit);
            } else {
                swap(commit);
            }
        } catch (PluginException e) {
            // In error a first generation's bundle stays, RESOLVED, until the file changes or goes.
            if (!first || e.code() == ErrorCode.STORE_FAILED) {
                bundles.remove(bundle);
            }
            throw e;
        }
        LOG.info(
                "plugin={} version={} generation={} bundle={} serves compileMillis={}"
                        + " totalMillis={}",
                name,
                manifest.version(),
                commit.generation(),
                bundle.getBundleId(),
                (compiled - start) / 1_000_000,
                (System.nanoTime() - start) / 1_000_000);
    }

    private long servingGeneration(String name) {
        return registry.find(name).map(PluginSnapshot::generation).orElse(0L);
    }

    /**
     * The commit file is written first: when it cannot be, the old generation goes on and nothing
     * was swapped. A crash before the swap then starts the new one, which was prepared and
     * verified.
     */
    private void swap(Commit commit) {
        commit(commit);
        long old = lifecycle.swap(commit.plugin());
        bundles.find(old).ifPresent(bundles::remove);
    }

    private void commit(Commit commit) {
        store.write(commit);
        commits.put(commit.plugin(), commit);
    }

    /** The bundle of an earlier failure, kept RESOLVED to show its cause, makes room. */
    private void removeBroken(String name) {
        long serving = registry.find(name).map(PluginSnapshot::bundleId).orElse(-1L);
        for (Bundle b : bundles.all()) {
            boolean same =
                    BundleLocation.parse(b.getLocation())
                            .filter(l -> l.plugin().equals(name))
                            .isPresent();
            if (same && b.getBundleId() != serving) {
                bundles.remove(b);
            }
        }
    }

    /** A file is gone. */
    void remove(Path path) {
        refused.remove(path);
        try {
            disabled.remove(fileName(path));
        } catch (PluginException e) {
            // It would be left alone should it come back; plugin:load brings it then.
            LOG.error("code=STORE_FAILED {}", e.getMessage());
        }
        String name = names.remove(path);
        if (name != null) {
            removePlugin(name);
        }
    }

    private void removePlugin(String name) {
        dropCommit(name);
        for (Bundle b : bundles.all()) {
            if (BundleLocation.parse(b.getLocation())
                    .filter(l -> l.plugin().equals(name))
                    .isPresent()) {
                bundles.remove(b);
            }
        }
        Optional<PluginSnapshot> left = registry.find(name);
        if (left.isPresent()
                && left.get().state() != PluginState.UNLOADED
                && left.get().state() != PluginState.ERROR) {
            LOG.error("plugin={} state={} outlived its file", name, left.get().state().label());
            return;
        }
        lifecycle.forget(name);
        LOG.info("plugin={} is gone", name);
    }

    /** Everything that loading would say of a file; nothing is kept. */
    CheckReport check(PluginFile file) {
        Optional<Manifest> manifest = Optional.empty();
        List<String> warnings = List.of();
        Optional<Bundle> bundle = Optional.empty();
        try {
            ModuleInfo info = inspect(file);
            ManifestReader.Reading reading = ManifestReader.of(PluginFile.ref(file.path()), info);
            Manifest m = reading.manifest();
            manifest = Optional.of(m);
            warnings = reading.warnings();
            sandbox.admit(m, file.digest(), info);
            CompiledModule code =
                    compiled.get(file.digest(), () -> engine.compile(m.ref(), file.bytes()));
            byte[] bytes =
                    BundleWriter.write("io.trinity.check." + m.name(), m, file.digest(), 0, code);
            Bundle trial = bundles.install(m.ref(), "wasm-check:" + file.digest(), bytes);
            bundle = Optional.of(trial);
            bundles.resolve(m.ref(), trial);
            try (Generation generation = sandbox.open(PluginActivator.sourceOf(trial))) {
                LOG.debug("plugin={} exports {}", m.name(), generation.exports().keySet());
            }
            return new CheckReport(manifest, warnings, Optional.empty());
        } catch (PluginException e) {
            return new CheckReport(manifest, warnings, Optional.of(Fault.of(e)));
        } finally {
            bundle.ifPresent(bundles::remove);
        }
    }

    private static String fileName(Path path) {
        return String.valueOf(path.getFileName());
    }
}
