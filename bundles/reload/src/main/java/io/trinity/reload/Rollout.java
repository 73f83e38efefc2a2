package io.trinity.reload;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.log.AuditLine;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.sandbox.Sandbox;
import io.trinity.wrapper.BundleLocation;
import io.trinity.wrapper.BundleWriter;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a plugin on its way from its file to serving: plan, prepare, verify, commit, swap,
 * drain; or roll back. {@link ReloadPlan} says which of them there are. Of one plugin one at a
 * time.
 *
 * <p>A crash between any two steps leaves, after the restart, exactly the generation that was
 * committed last: before the commit file is written it is the old one, afterwards the new one, and
 * bundles that no commit names are removed at boot.
 */
final class Rollout {
    private static final Logger LOG = LoggerFactory.getLogger(Rollout.class);
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    private final Engine engine;
    private final Sandbox sandbox;
    private final PluginRegistry registry;
    private final PluginLifecycle lifecycle;
    private final GeneratedBundles bundles;
    private final Committed committed;
    private final CompileCache compiled;

    Rollout(
            Engine engine,
            Sandbox sandbox,
            PluginRegistry registry,
            PluginLifecycle lifecycle,
            GeneratedBundles bundles,
            Committed committed,
            CompileCache compiled) {
        this.engine = engine;
        this.sandbox = sandbox;
        this.registry = registry;
        this.lifecycle = lifecycle;
        this.bundles = bundles;
        this.committed = committed;
        this.compiled = compiled;
    }

    /**
     * All of it.
     *
     * @throws PluginException why it does not serve; what served before serves on
     */
    void run(PluginFile file, Manifest manifest, LoadInWork inWork) {
        ReloadPlan plan = plan(file, manifest);
        Commit commit = plan.commit();
        long start = System.nanoTime();
        CompiledModule code = compile(file, manifest.ref(), inWork);
        long compiledAt = System.nanoTime();
        Bundle bundle = prepare(commit, manifest, code);
        try {
            verify(bundle, manifest.ref(), inWork);
            long leaving = 0;
            for (ReloadPlan.Step step : plan.afterVerified(serving(commit.plugin()))) {
                switch (step) {
                    case COMMIT -> commit(commit);
                    case SWAP -> leaving = swap(commit.plugin());
                    case DRAIN -> drain(leaving);
                }
            }
        } catch (PluginException e) {
            if (!plan.leavesBundle(serving(commit.plugin()), e.code())) {
                rollBack(bundle);
            }
            throw e;
        }
        audit(commit, manifest);
        LOG.info(
                "plugin={} version={} generation={} bundle={} serves compileMillis={}"
                        + " totalMillis={}",
                commit.plugin(),
                manifest.version(),
                commit.generation(),
                bundle.getBundleId(),
                (compiledAt - start) / 1_000_000,
                (System.nanoTime() - start) / 1_000_000);
    }

    /** Whether it may be loaded at all, and what it will be called. */
    private ReloadPlan plan(PluginFile file, Manifest manifest) {
        String name = FoundFile.name(file.path());
        lifecycle.preparing(manifest, name, file.digest());
        sandbox.admit(manifest, file.digest(), compiled.inspect(engine, file));
        String plugin = manifest.name();
        return new ReloadPlan(new Commit(plugin, name, committed.next(plugin), file.digest()));
    }

    private CompiledModule compile(PluginFile file, PluginRef who, LoadInWork inWork) {
        return inWork.compiling(
                () -> compiled.get(file.digest(), () -> engine.compile(who, file.bytes())));
    }

    /** Its bundle, installed beside the one that serves. */
    private Bundle prepare(Commit commit, Manifest manifest, CompiledModule code) {
        removeBroken(commit.plugin());
        byte[] bytes =
                BundleWriter.write(
                        BundleWriter.symbolicName(commit.plugin()),
                        manifest,
                        commit.digest(),
                        commit.generation(),
                        code);
        return bundles.install(manifest.ref(), location(commit).toString(), bytes);
    }

    /** The bundle of an earlier failure, kept RESOLVED to show its cause, makes room. */
    private void removeBroken(String plugin) {
        long serving = registry.find(plugin).map(PluginSnapshot::bundleId).orElse(-1L);
        for (Bundle b : bundles.of(plugin)) {
            if (b.getBundleId() != serving) {
                bundles.remove(b);
            }
        }
    }

    /**
     * Its first guest starts, and its own check is asked. It waits to take over then, or serves at
     * once where nothing does.
     */
    private void verify(Bundle bundle, PluginRef who, LoadInWork inWork) {
        inWork.requireWanted();
        bundles.start(who, bundle);
    }

    /**
     * From now on a restart starts this one. Where it cannot be written, the old generation goes on
     * and nothing was swapped.
     */
    private void commit(Commit commit) {
        committed.put(commit);
    }

    /**
     * New calls reach this one.
     *
     * @return bundle of the one that was replaced
     */
    private long swap(String plugin) {
        return lifecycle.swap(plugin);
    }

    /** The calls of the one that was replaced end, and it goes. */
    private void drain(long bundleId) {
        bundles.find(bundleId).ifPresent(bundles::remove);
    }

    /** As if it had never been there. */
    private void rollBack(Bundle bundle) {
        bundles.remove(bundle);
    }

    /** Number of the generation that serves; 0 for none. */
    private long serving(String plugin) {
        return registry.find(plugin).map(PluginSnapshot::generation).orElse(0L);
    }

    private static void audit(Commit commit, Manifest manifest) {
        AUDIT.info(
                "{}",
                AuditLine.of("loaded")
                        .with("plugin", commit.plugin())
                        .with("version", manifest.version())
                        .with("generation", commit.generation())
                        .with("file", commit.file())
                        .with("digest", commit.digest())
                        .by(ReloadAudit.asker(commit.file())));
    }

    /** Where the bundle of a commit is. */
    static BundleLocation location(Commit c) {
        return new BundleLocation(c.plugin(), c.generation(), c.digest());
    }
}
