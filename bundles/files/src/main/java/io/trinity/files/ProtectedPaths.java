package io.trinity.files;

import io.trinity.api.home.Home;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places that no grant opens, even where its scope contains them: what belongs to the host, and the
 * file systems through which the kernel talks. Thread-safe.
 */
class ProtectedPaths {
    private static final Logger LOG = LoggerFactory.getLogger(ProtectedPaths.class);

    /** Types of file systems that hold no files, but the kernel. */
    private static final Set<String> OF_KERNEL =
            Set.of(
                    "proc",
                    "sysfs",
                    "cgroup",
                    "cgroup2",
                    "debugfs",
                    "tracefs",
                    "securityfs",
                    "configfs",
                    "devpts",
                    "devtmpfs",
                    "bpf",
                    "pstore",
                    "efivarfs",
                    "mqueue",
                    "fusectl",
                    "binfmt_misc",
                    "selinuxfs",
                    "rpc_pipefs",
                    "autofs",
                    "nsfs");

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Path> places = new ArrayList<>();
    private volatile @Nullable Known known;

    private record Place(Path name, Path real, @Nullable Object key) {}

    private record Known(List<Place> places, long sinceNanos) {}

    /**
     * @param home whose own folders are protected; null where there is none
     * @param distribution folder that the host's own code is in; null where it is not known
     */
    ProtectedPaths(@Nullable Home home, @Nullable Path distribution) {
        places.addAll(List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev")));
        if (home != null) {
            places.addAll(List.of(home.conf(), home.data(), home.plugins(), home.log()));
        }
        if (distribution != null) {
            places.add(distribution.toAbsolutePath().normalize());
        }
    }

    /**
     * Passes a place that is not protected, by its name and by its identity: the same directory may
     * have other names.
     *
     * @param real path without links
     * @param key the operating system's identity of what was opened there; null if nothing was
     * @throws HostFailure DENIED
     */
    void check(Path real, @Nullable Object key, String what) throws HostFailure {
        for (Place place : known()) {
            if (real.startsWith(place.name())
                    || real.startsWith(place.real())
                    || (key != null && key.equals(place.key()))) {
                throw denied(what);
            }
        }
    }

    /** The places as they are, looked at again after a second. */
    private List<Place> known() {
        Known last = known;
        if (last == null || System.nanoTime() - last.sinceNanos() > FRESH_NANOS) {
            last =
                    new Known(
                            places.stream().map(ProtectedPaths::place).toList(), System.nanoTime());
            known = last;
        }
        return last.places();
    }

    private static Place place(Path name) {
        Path real = real(name);
        return new Place(name, real, key(real));
    }

    /**
     * Passes a directory or file on a disk.
     *
     * @throws HostFailure DENIED for one in a file system of the kernel
     */
    void checkStore(Path real, String what) throws HostFailure, IOException {
        if (OF_KERNEL.contains(Files.getFileStore(real).type())) {
            throw denied(what);
        }
    }

    private static HostFailure denied(String what) {
        return new HostFailure(
                Reason.DENIED,
                "'%s' is the host's or the operating system's own, and no grant opens it"
                        .formatted(what));
    }

    private static Path real(Path place) {
        try {
            return place.toRealPath();
        } catch (IOException e) {
            LOG.trace("{} is not there", place, e);
            return place;
        }
    }

    private static @Nullable Object key(Path place) {
        try {
            return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (IOException e) {
            LOG.trace("{} is not there", place, e);
            return null;
        }
    }
}
