package io.trinity.reload;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.log.AuditLine;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.policy.Policies;
import io.trinity.api.policy.Policy;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads, starts and unloads plugins by means of generated bundles; the steps of a load are in
 * {@link Rollout}.
 */
final class PluginLoads implements LoadSteps {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLoads.class);
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);
    private static final int LOOKS = 10;
    private static final int LOOK_MILLIS = 10;
    private static final String TRIAL = "wasm-check:";

    private final Engine engine;
    private final Sandbox sandbox;
    private final Policies policies;
    private final PluginLifecycle lifecycle;
    private final GeneratedBundles bundles;
    private final Committed committed;
    private final CompileCache compiled;
    private final LongSupplier maxFileBytes;
    private final Rollout rollout;
    private final AtomicLong trials = new AtomicLong();
    private final Map<String, LoadInWork> loads = new ConcurrentHashMap<>();

    PluginLoads(
            Engine engine,
            Sandbox sandbox,
            Policies policies,
            PluginRegistry registry,
            PluginLifecycle lifecycle,
            GeneratedBundles bundles,
            Committed committed,
            CompileCache compiled,
            LongSupplier maxFileBytes) {
        this.engine = engine;
        this.sandbox = sandbox;
        this.policies = policies;
        this.lifecycle = lifecycle;
        this.bundles = bundles;
        this.committed = committed;
        this.compiled = compiled;
        this.maxFileBytes = maxFileBytes;
        this.rollout =
                new Rollout(engine, sandbox, registry, lifecycle, bundles, committed, compiled);
    }

    // ---- at the start

    /**
     * Reads what was committed, and removes bundles that no commit names: what a crash has left of
     * a load, and of a check.
     *
     * @return manifests of the committed plugins whose bundle is there
     */
    @Override
    public Map<String, Manifest> recall() {
        committed.read();
        bundles.all().forEach(this::removeUncommitted);
        bundles.all(TRIAL).forEach(bundles::remove);
        Map<String, Manifest> manifests = new TreeMap<>();
        for (String plugin : committed.plugins()) {
            committed
                    .find(plugin)
                    .flatMap(this::bundle)
                    .flatMap(PluginLoads::manifest)
                    .ifPresent(m -> manifests.put(plugin, m));
        }
        return manifests;
    }

    private void removeUncommitted(Bundle bundle) {
        BundleLocation at = BundleLocation.parse(bundle.getLocation()).orElseThrow();
        committed.given(at.plugin(), at.generation());
        if (committed.find(at.plugin()).filter(c -> at.equals(Rollout.location(c))).isEmpty()) {
            LOG.info(
                    "plugin={} generation={} was never committed and is removed",
                    at.plugin(),
                    at.generation());
            bundles.remove(bundle);
        }
    }

    private Optional<Bundle> bundle(Commit c) {
        return bundles.find(Rollout.location(c));
    }

    private static Optional<Manifest> manifest(Bundle bundle) {
        try {
            return Optional.of(PluginActivator.manifestOf(bundle));
        } catch (PluginException e) {
            LOG.debug("told when it is started", e);
            return Optional.empty();
        }
    }

    @Override
    public Optional<PluginException> awaited(Manifest manifest) {
        return manifest.type()
                .filter(t -> !sandbox.extensionTypes().containsKey(t.label()))
                .map(
                        t ->
                                PluginException.of(
                                        ErrorCode.TYPE_UNKNOWN,
                                        manifest.ref(),
                                        "it is of type '%s', which no bundle here brings yet"
                                                .formatted(t.label()),
                                        "its committed version serves again once the bundle that"
                                                + " brings it is started"));
    }

    /**
     * Starts a committed generation, without compiling. What fails is told of and leaves the
     * commit: its file is looked at next, and compiled anew where that helps (classes of another
     * build of the engine); where it does not (a grant taken back), the next start tries again.
     *
     * @return whether it serves
     */
    @Override
    public boolean start(Commit c) {
        Optional<Bundle> bundle = bundle(c);
        if (bundle.isEmpty()) {
            LOG.info(
                    "plugin={} generation={} is not started: its bundle is gone",
                    c.plugin(),
                    c.generation());
            return false;
        }
        try {
            lifecycle.preparing(PluginActivator.manifestOf(bundle.get()), c.file(), c.digest());
            bundles.start(PluginRef.named(c.plugin()), bundle.get());
        } catch (PluginException e) {
            LOG.info("plugin={} cannot be started as it is: {}", c.plugin(), e.getMessage());
            lifecycle.failed(c.plugin(), c.file(), e);
            return false;
        }
        AUDIT.info(
                "{}",
                AuditLine.of("loaded")
                        .with("plugin", c.plugin())
                        .with("generation", c.generation())
                        .with("file", c.file())
                        .with("digest", c.digest())
                        .with("why", "restart"));
        return true;
    }

    // ---- a file

    /**
     * Looks into a file.
     *
     * @param before what the last look found, if there was one
     */
    @Override
    public Examination examine(Path path, Optional<Examination> before) {
        try {
            PluginFile file = PluginFile.read(path, maxFileBytes.getAsLong());
            Optional<Examination> same =
                    before.filter(b -> b.digest().equals(file.digest()))
                            .filter(b -> b.manifest().isPresent());
            if (same.isPresent()) {
                return same.get();
            }
            try {
                return new Examination(
                        file.digest(), Optional.of(manifest(file)), Optional.empty());
            } catch (PluginException e) {
                return new Examination(file.digest(), Optional.empty(), Optional.of(e));
            } catch (RuntimeException | Error e) {
                return new Examination(
                        file.digest(), Optional.empty(), Optional.of(internal(path, e)));
            }
        } catch (PluginException e) {
            return new Examination("", Optional.empty(), Optional.of(e));
        }
    }

    private Manifest manifest(PluginFile file) {
        for (String plugin : committed.plugins()) {
            Optional<Manifest> known =
                    committed
                            .find(plugin)
                            .filter(c -> c.digest().equals(file.digest()))
                            .flatMap(this::bundle)
                            .flatMap(PluginLoads::manifest);
            if (known.isPresent()) {
                return known.get();
            }
        }
        ManifestReader.Reading reading =
                ManifestReader.of(PluginFile.ref(file.path()), compiled.inspect(engine, file));
        reading.warnings().forEach(w -> LOG.warn("plugin={} {}", reading.manifest().name(), w));
        return reading.manifest();
    }

    private static PluginException internal(Path path, Throwable e) {
        LOG.error("code=INTERNAL file={}", FoundFile.name(path), e);
        return PluginFile.internal(path, e);
    }

    /**
     * Loads a file that was examined; where another generation serves, it takes over from that.
     *
     * @param digest what its content was; where it is another now, nothing is done
     * @return why it was refused; empty where it serves
     */
    @Override
    public Optional<PluginException> load(Path path, String digest, Manifest manifest) {
        LoadInWork inWork = new LoadInWork(manifest.ref(), sandbox);
        loads.put(manifest.name(), inWork);
        try {
            PluginFile file = PluginFile.read(path, maxFileBytes.getAsLong());
            if (!file.digest().equals(digest)) {
                return Optional.of(
                        PluginException.of(
                                ErrorCode.FILE_UNREADABLE,
                                manifest.ref(),
                                "its file '%s' changes while it is read"
                                        .formatted(PluginFile.key(path)),
                                "it is read again once it has been left alone"));
            }
            rollout.run(file, manifest, inWork);
            return Optional.empty();
        } catch (PluginException e) {
            return Optional.of(e);
        } catch (RuntimeException | Error e) {
            // A defect of ours; the plugin must not be left in loading because of it.
            return Optional.of(internal(path, e));
        } finally {
            loads.remove(manifest.name());
            inWork.ended();
        }
    }

    @Override
    public Object limits(String plugin) {
        Policy now = policies.current();
        return List.of(now.limits(plugin), now.totalMemoryBytes());
    }

    @Override
    public void hurry(String plugin, String asker) {
        LoadInWork inWork = loads.get(plugin);
        if (inWork != null) {
            inWork.hurry(asker);
        }
    }

    @Override
    public void giveUp(String plugin) {
        LoadInWork inWork = loads.get(plugin);
        // It may have been begun just now.
        for (int i = 0; inWork == null && i < LOOKS; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            inWork = loads.get(plugin);
        }
        if (inWork != null) {
            inWork.giveUp();
        }
    }

    /** Drains and ends all that there is of a plugin, its commit first. */
    @Override
    public void unload(String name) {
        committed.end(name);
        bundles.of(name).forEach(bundles::remove);
    }

    // ---- a check

    /** Everything that loading would say of a file; nothing is kept. */
    CheckReport check(Path path) {
        Optional<Manifest> manifest = Optional.empty();
        List<String> warnings = List.of();
        Optional<Bundle> bundle = Optional.empty();
        try {
            PluginFile file = PluginFile.read(path, maxFileBytes.getAsLong());
            ModuleInfo info = compiled.inspect(engine, file);
            ManifestReader.Reading reading = ManifestReader.of(PluginFile.ref(path), info);
            Manifest m = reading.manifest();
            manifest = Optional.of(m);
            warnings = reading.warnings();
            sandbox.admit(m, file.digest(), info);
            CompiledModule code =
                    compiled.get(file.digest(), () -> engine.compile(m.ref(), file.bytes()));
            // Two checks of the same file at once are two bundles.
            long trial = trials.incrementAndGet();
            byte[] bytes =
                    BundleWriter.write(
                            "io.trinity.check." + m.name() + "." + trial,
                            m,
                            file.digest(),
                            0,
                            code);
            Bundle installed = bundles.install(m.ref(), TRIAL + file.digest() + "#" + trial, bytes);
            bundle = Optional.of(installed);
            bundles.resolve(m.ref(), installed);
            try (Generation generation = sandbox.open(PluginActivator.sourceOf(installed))) {
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
