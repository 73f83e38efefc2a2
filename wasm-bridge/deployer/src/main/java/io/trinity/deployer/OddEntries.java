package io.trinity.deployer;

import io.trinity.api.reload.Reloader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells reload of what lies in the plugin folder under a plugin's name and is no file: a directory,
 * a link to nothing. FileInstall passes over both in silence. (It could be made to hand over
 * directories, but would then install one with a manifest in it as a bundle.)
 */
final class OddEntries {
    private static final Logger LOG = LoggerFactory.getLogger(OddEntries.class);
    private static final int POLL_MILLIS = 500;

    private final Path folder;
    private final Reloader reloader;
    private final ScheduledExecutorService thread;
    private Set<Path> odd = Set.of();

    OddEntries(Reloader reloader, Path folder) {
        this.reloader = reloader;
        this.folder = folder;
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> new Thread(r, "trinity-odd-entries"));
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            Set<Path> now = new HashSet<>();
            try (Stream<Path> entries = Files.list(folder)) {
                entries.filter(e -> e.toString().endsWith(".wasm"))
                        .filter(e -> !Files.isRegularFile(e))
                        .forEach(now::add);
            }
            now.stream().filter(e -> !odd.contains(e)).forEach(reloader::changed);
            // One that became a file meanwhile is told of as changed: reload looks before it
            // removes.
            odd.stream().filter(e -> !now.contains(e)).forEach(reloader::removed);
            odd = now;
        } catch (NoSuchFileException e) {
            LOG.debug("no folder {} yet", folder);
        } catch (IOException e) {
            LOG.warn("the plugin folder {} cannot be listed: {}", folder, e.toString());
        }
    }
}
