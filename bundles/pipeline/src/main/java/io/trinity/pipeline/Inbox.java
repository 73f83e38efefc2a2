package io.trinity.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds files that have been left alone and claims each by a rename into a folder of its own below
 * the work folder, where it keeps its name. What lies there after a crash is worked on again.
 * Confined to one thread.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private record Look(long sizeBytes, long modifiedMillis, long seenNanos) {}

    /**
     * A claimed file.
     *
     * @param folder that it has for itself
     * @param name its name in the inbox
     */
    record Claim(Path folder, String name) {
        /** Where it lies now. */
        Path path() {
            return folder.resolve(name);
        }
    }

    private final Path inbox;
    private final Path work;
    private final Map<Path, Look> looks = new HashMap<>();
    private final Set<Path> told = new HashSet<>();
    private long lastNumber = System.currentTimeMillis();

    Inbox(Path inbox, Path work) throws IOException {
        this.inbox = Files.createDirectories(inbox);
        this.work = Files.createDirectories(work);
    }

    /** Files claimed earlier and not finished, oldest first. */
    List<Claim> unfinished() throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (Path folder : sorted(work)) {
            if (Files.isDirectory(folder)) {
                Optional<Path> file = sorted(folder).stream().findFirst();
                file.ifPresent(f -> claims.add(new Claim(folder, String.valueOf(f.getFileName()))));
                if (file.isEmpty()) {
                    Files.delete(folder);
                }
            }
        }
        return claims;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        }
    }

    /**
     * Claims files that have not changed for the given time, in the order of their names. One that
     * cannot be claimed stays in the inbox and holds up no other.
     */
    List<Claim> claim(long stillNanos) throws IOException {
        List<Claim> claims = new ArrayList<>();
        List<Path> there = sorted(inbox);
        looks.keySet().retainAll(new HashSet<>(there));
        told.retainAll(new HashSet<>(there));
        for (Path f : there) {
            boolean hidden = String.valueOf(f.getFileName()).startsWith(".");
            try {
                if (!hidden && still(f, stillNanos)) {
                    claims.add(claim(f));
                }
            } catch (IOException e) {
                tell(f, e.toString());
            }
        }
        return claims;
    }

    private boolean still(Path f, long stillNanos) throws IOException {
        BasicFileAttributes a = Files.readAttributes(f, BasicFileAttributes.class);
        if (!a.isRegularFile() || !Files.isReadable(f)) {
            tell(f, a.isRegularFile() ? "it cannot be read" : "it is not a regular file");
            return false;
        }
        long now = System.nanoTime();
        Look last = looks.get(f);
        long modified = a.lastModifiedTime().toMillis();
        if (last == null || last.sizeBytes != a.size() || last.modifiedMillis != modified) {
            looks.put(f, new Look(a.size(), modified, now));
            return false;
        }
        return now - last.seenNanos >= stillNanos;
    }

    private void tell(Path f, String why) {
        if (told.add(f)) {
            LOG.warn(
                    "inbox file '{}' is left where it is: {}",
                    printable(String.valueOf(f.getFileName())),
                    why);
        }
    }

    private Claim claim(Path f) throws IOException {
        String name = String.valueOf(f.getFileName());
        lastNumber = Math.max(lastNumber + 1, System.currentTimeMillis());
        Path folder = Files.createDirectory(work.resolve("%016x".formatted(lastNumber)));
        try {
            Files.move(f, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            looks.remove(f);
            return new Claim(folder, name);
        } catch (IOException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /** Keeps a finished file, in its folder, below another one. */
    void keep(Claim claim, Path below) throws IOException {
        Files.createDirectories(below);
        Files.move(
                claim.folder(),
                below.resolve(String.valueOf(claim.folder().getFileName())),
                StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes a finished file. */
    void delete(Claim claim) throws IOException {
        Files.deleteIfExists(claim.path());
        Files.deleteIfExists(claim.folder());
    }

    static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
