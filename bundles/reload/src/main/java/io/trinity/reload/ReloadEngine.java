package io.trinity.reload;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.log.Asker;
import io.trinity.api.log.AuditLine;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    private final Engine engine;
    private final Sandbox sandbox;
    private final PluginRegistry registry;
    private final PluginLifecycle lifecycle;
    private final GeneratedBundles bundles;
    private final Committed committed;
    private final SeenFiles files;
    private final DisabledFiles disabled;
    private final CompileCache compiled;

    ReloadEngine(
            Engine engine,
            Sandbox sandbox,
            PluginRegistry registry,
            PluginLifecycle lifecycle,
            GeneratedBundles bundles,
            CommitStore store,
            SeenFiles files,
            DisabledFiles disabled,
            CompileCache compiled) {
        this.engine = engine;
        this.sandbox = sandbox;
        this.registry = registry;
        this.lifecycle = lifecycle;
        this.bundles = bundles;
        this.committed = new Committed(store);
        this.files = files;
        this.disabled = disabled;
        this.compiled = compiled;
    }

    /**
     * Starts the committed generations, without compiling.
     *
     * @param folder the plugin folder
     * @param there the plugin files in it; where there are none, what was committed is kept for
     *     when they come back
     */
    void boot(Path folder, Set<Path> there) {
        if (!there.isEmpty()) {
            disabled.forgetAllBut(file -> PluginFile.exists(folder.resolve(file)));
        }
        new Restart(lifecycle, bundles, committed, files).from(folder, there.isEmpty());
    }

    /** Whether an empty folder has lost something. */
    boolean expectsPlugins() {
        return !committed.plugins().isEmpty();
    }

    /** The plugins that have a committed generation. */
    Set<String> waiting() {
        return committed.plugins();
    }

    /** A file that could not even be read. */
    void unreadable(Path path, PluginException cause) {
        refuse(path, files.plugin(path), cause);
    }

    /**
     * Loads a file, or reloads the plugin that it brings.
     *
     * @param again load it also where its bytes are those that serve
     * @return whether another generation serves now
     */
    boolean load(PluginFile file, boolean again) {
        Path path = file.path();
        Optional<String> unloaded = disabled.plugin(SeenFiles.name(path));
        if (unloaded.isPresent()) {
            files.brings(path, unloaded.get());
            lifecycle.disabled(unloaded.get(), SeenFiles.name(path), true);
            return false;
        }
        Optional<String> before = files.find(path);
        if (!again && before.filter(name -> serves(name, file.digest())).isPresent()) {
            files.notRefused(path);
            lifecycle.confirmed(before.get());
            return false;
        }
        String known = files.plugin(path);
        try {
            ModuleInfo info = inspect(file);
            ManifestReader.Reading reading = ManifestReader.of(PluginFile.ref(path), info);
            Manifest manifest = reading.manifest();
            files.refuseTakenName(path, manifest);
            if (before.isPresent() && !known.equals(manifest.name())) {
                // The file was something else before: another plugin, or not readable.
                removePlugin(known);
            }
            known = manifest.name();
            files.brings(path, known);
            reading.warnings().forEach(w -> LOG.warn("plugin={} {}", manifest.name(), w));
            bring(file, manifest, info);
            files.notRefused(path);
            return true;
        } catch (PluginException e) {
            refuse(path, known, e);
        } catch (RuntimeException | Error e) {
            // A defect of ours; the plugin must not be left in loading because of it.
            LOG.error("code=INTERNAL file={}", SeenFiles.name(path), e);
            refuse(
                    path,
                    known,
                    PluginException.of(
                            ErrorCode.INTERNAL,
                            PluginFile.ref(path),
                            "the host failed: " + e,
                            "report it with the log",
                            e));
        }
        return false;
    }

    private boolean serves(String plugin, String digest) {
        return committed.find(plugin).filter(c -> c.digest().equals(digest)).isPresent()
                && serves(plugin);
    }

    private boolean serves(String plugin) {
        return registry.find(plugin).filter(s -> s.generation() > 0).isPresent();
    }

    private void refuse(Path path, String plugin, PluginException cause) {
        files.brings(path, plugin);
        files.refused(path, cause);
        AUDIT.warn(
                "{}",
                AuditLine.of("load.refused")
                        .with("plugin", plugin)
                        .with("file", SeenFiles.name(path))
                        .with("code", cause.code())
                        .with("why", cause.detail())
                        .by(asker(path)));
        lifecycle.failed(plugin, SeenFiles.name(path), cause);
    }

    /**
     * Unloads the plugin of a file, and leaves the file alone from now on.
     *
     * @throws PluginException STORE_FAILED
     */
    void unload(Path file) {
        String name = files.plugin(file);
        disabled.add(SeenFiles.name(file), name);
        audit("disabled", name, file);
        files.notRefused(file);
        removePlugin(name);
        files.brings(file, name);
        lifecycle.disabled(name, SeenFiles.name(file), true);
    }

    /**
     * A file is no longer left alone.
     *
     * @throws PluginException STORE_FAILED
     */
    void enable(Path file) {
        disabled.plugin(SeenFiles.name(file)).ifPresent(name -> audit("enabled", name, file));
        disabled.remove(SeenFiles.name(file));
    }

    private static void audit(String event, String plugin, Path file) {
        AUDIT.info(
                "{}",
                AuditLine.of(event)
                        .with("plugin", plugin)
                        .with("file", SeenFiles.name(file))
                        .by(asker(file)));
    }

    /** Whoever gave the command; else whoever put the file there. */
    private static String asker(Path file) {
        String now = Asker.now();
        return now.equals(Asker.HOST) ? "file:plugins/" + SeenFiles.name(file) : now;
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
        lifecycle.preparing(manifest, SeenFiles.name(file.path()), file.digest());
        sandbox.admit(manifest, file.digest(), info);
        long start = System.nanoTime();
        CompiledModule code = compiled.get(file.digest(), () -> engine.compile(who, file.bytes()));
        long compiled = System.nanoTime();
        removeBroken(name);
        Commit commit =
                new Commit(name, SeenFiles.name(file.path()), committed.next(name), file.digest());
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
        boolean first = !serves(name);
        try {
            bundles.start(who, bundle);
            // It serves at once when none did, or when somebody stopped the old one meanwhile.
            if (servingGeneration(name) == commit.generation()) {
                committed.put(commit);
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
        AUDIT.info(
                "{}",
                AuditLine.of("loaded")
                        .with("plugin", name)
                        .with("version", manifest.version())
                        .with("generation", commit.generation())
                        .with("file", commit.file())
                        .with("digest", commit.digest())
                        .by(asker(file.path())));
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
        committed.put(commit);
        long old = lifecycle.swap(commit.plugin());
        bundles.find(old).ifPresent(bundles::remove);
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
        Optional<String> brought = files.forget(path);
        brought.ifPresent(name -> audit("file.gone", name, path));
        try {
            disabled.remove(SeenFiles.name(path));
        } catch (PluginException e) {
            // It would be left alone should it come back; plugin:load brings it then.
            LOG.error("code=STORE_FAILED {}", e.getMessage());
        }
        brought.ifPresent(this::removePlugin);
    }

    private void removePlugin(String name) {
        committed.end(name);
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
}
