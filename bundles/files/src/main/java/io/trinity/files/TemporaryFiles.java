package io.trinity.files;

import io.trinity.api.sandbox.HostFailure;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names of files that are being written, and what a crash left of them: that is removed at the
 * first change in its directory, when it is so old that nobody can be at it. Thread-safe.
 */
final class TemporaryFiles {
    static final long OLD_MILLIS = TimeUnit.HOURS.toMillis(2);

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
    private static final int MAX_KNOWN = 10_000;

    private final String run = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private final Set<Object> swept = new HashSet<>();

    /** A name that nothing has. */
    String next() {
        return PluginPath.ASIDE + run + "-" + count.incrementAndGet();
    }

    /** Removes what is left in a directory, once for each. */
    void sweep(OpenDirectory directory, Deadline deadline) throws IOException, HostFailure {
        synchronized (swept) {
            if (swept.size() >= MAX_KNOWN) {
                swept.clear();
            }
            if (!swept.add(directory.key())) {
                return;
            }
        }
        long old = System.currentTimeMillis() - OLD_MILLIS;
        try (OpenDirectory again = directory.directory(".")) {
            for (Path p : again.list()) {
                deadline.check();
                String name = p.getFileName().toString();
                if (name.startsWith(PluginPath.ASIDE) && !name.contains(run)) {
                    remove(again, name, old);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void remove(OpenDirectory directory, String name, long old) throws IOException {
        BasicFileAttributes found = directory.raw(name);
        if (found == null || found.lastModifiedTime().toMillis() > old) {
            return;
        }
        if (found.isDirectory()) {
            directory.removeDirectory(name);
        } else {
            directory.removeFile(name);
        }
        LOG.info("removed {}, left by a crash", name);
    }

    /** Removes what did not get its name; why that was is told already, or about to be. */
    static void drop(OpenDirectory directory, String name, boolean isDirectory) {
        try {
            if (isDirectory) {
                directory.removeDirectory(name);
            } else {
                directory.removeFile(name);
            }
        } catch (IOException e) {
            LOG.warn("code=INTERNAL {} stays in a granted directory", name, e);
        }
    }
}
