package io.trinity.reload;

import io.trinity.api.log.AuditLine;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.wrapper.BundleLocation;
import io.trinity.wrapper.PluginActivator;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done once, when the framework has started: the committed generations serve again. */
final class Restart {
    private static final Logger LOG = LoggerFactory.getLogger(Restart.class);
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    private final PluginLifecycle lifecycle;
    private final GeneratedBundles bundles;
    private final Committed committed;
    private final SeenFiles files;

    Restart(
            PluginLifecycle lifecycle,
            GeneratedBundles bundles,
            Committed committed,
            SeenFiles files) {
        this.lifecycle = lifecycle;
        this.bundles = bundles;
        this.committed = committed;
        this.files = files;
    }

    /**
     * Starts the committed generations, without compiling, and removes bundles that no commit
     * names.
     *
     * @param folder the plugin folder
     * @param empty whether it holds no plugin file at all: then it is held to be one that is not
     *     mounted, nothing is started, and nothing is forgotten
     */
    void from(Path folder, boolean empty) {
        committed.read();
        bundles.all().forEach(this::removeUncommitted);
        Map<String, Manifest> manifests = new TreeMap<>();
        for (String plugin : committed.plugins()) {
            committed
                    .find(plugin)
                    .flatMap(this::bundle)
                    .flatMap(Restart::manifest)
                    .ifPresent(m -> manifests.put(plugin, m));
        }
        for (String plugin : DependencyOrder.of(committed.plugins(), manifests)) {
            if (!empty) {
                committed.find(plugin).ifPresent(c -> startAlone(folder, c));
            }
        }
    }

    /** What cannot be named on this system is one plugin's trouble, and keeps its commit. */
    private void startAlone(Path folder, Commit c) {
        try {
            start(folder, c);
        } catch (InvalidPathException e) {
            LOG.warn(
                    "plugin={} is not started: its file '{}' cannot be named where the file"
                        + " system's encoding is {}; start the host with LC_ALL=C.UTF-8, or rename"
                        + " the file",
                    c.plugin(),
                    c.file(),
                    System.getProperty("sun.jnu.encoding"));
        }
    }

    private void removeUncommitted(Bundle bundle) {
        BundleLocation at = BundleLocation.parse(bundle.getLocation()).orElseThrow();
        committed.given(at.plugin(), at.generation());
        if (committed.find(at.plugin()).filter(c -> at.equals(location(c))).isEmpty()) {
            LOG.info(
                    "plugin={} generation={} was never committed and is removed",
                    at.plugin(),
                    at.generation());
            bundles.remove(bundle);
        }
    }

    private static BundleLocation location(Commit c) {
        return new BundleLocation(c.plugin(), c.generation(), c.digest());
    }

    private Optional<Bundle> bundle(Commit c) {
        return bundles.find(location(c));
    }

    private static Optional<Manifest> manifest(Bundle bundle) {
        try {
            return Optional.of(PluginActivator.manifestOf(bundle));
        } catch (PluginException e) {
            LOG.debug("told when it is started", e);
            return Optional.empty();
        }
    }

    private void start(Path folder, Commit c) {
        Path file = folder.resolve(c.file());
        Optional<Bundle> bundle = bundle(c);
        if (!PluginFile.exists(file) || bundle.isEmpty()) {
            LOG.info(
                    "plugin={} generation={} is not started: its {} is gone",
                    c.plugin(),
                    c.generation(),
                    bundle.isEmpty() ? "bundle" : "file");
            bundle.ifPresent(bundles::remove);
            committed.end(c.plugin());
            return;
        }
        files.brings(file, c.plugin());
        try {
            lifecycle.preparing(PluginActivator.manifestOf(bundle.get()), c.file(), c.digest());
            bundles.start(PluginRef.named(c.plugin()), bundle.get());
            AUDIT.info(
                    "{}",
                    AuditLine.of("loaded")
                            .with("plugin", c.plugin())
                            .with("generation", c.generation())
                            .with("file", c.file())
                            .with("digest", c.digest())
                            .with("why", "restart"));
        } catch (PluginException e) {
            // Its commit stays: the file is looked at next, and compiled anew where that helps
            // (classes of another build of the engine); where it does not (a grant taken back), the
            // next start tries again.
            LOG.info("plugin={} cannot be started as it is: {}", c.plugin(), e.getMessage());
            lifecycle.failed(c.plugin(), c.file(), e);
        }
    }
}
