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
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds files that have been left alone and claims them by a rename into the work folder. What lies
 * there after a crash is worked on again. Confined to one thread.
 */
final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private record Look(long sizeBytes, long modifiedMillis, long seenNanos) {}

    /**
     * A claimed file.
     *
     * @param path where it lies now
     * @param name its name in the inbox
     */
    record Claim(Path path, String name) {}

    private final Path inbox;
    private final Path work;
    private final Map<Path, Look> looks = new HashMap<>();
    private final Set<Path> told = new HashSet<>();
    private long lastNumber = System.currentTimeMillis();

    Inbox(Path inbox, Path work) throws IOException {
        this.inbox = Files.createDirectories(inbox);
        this.work = Files.createDirectories(work);
    }

    /** Files claimed earlier and not finished. */
    List<Claim> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(f -> new Claim(f, nameOf(String.valueOf(f.getFileName()))))
                    .toList();
        }
    }

    /** Claims files that have not changed for the given time, in the order of their names. */
    List<Claim> claim(long stillNanos) throws IOException {
        List<Claim> claims = new ArrayList<>();
        List<Path> there;
        try (Stream<Path> files = Files.list(inbox)) {
            there = files.sorted(Comparator.naturalOrder()).toList();
        }
        looks.keySet().retainAll(new HashSet<>(there));
        for (Path f : there) {
            if (!String.valueOf(f.getFileName()).startsWith(".") && still(f, stillNanos)) {
                claims.add(claim(f));
            }
        }
        return claims;
    }

    private boolean still(Path f, long stillNanos) {
        try {
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
        } catch (IOException e) {
            tell(f, e.toString());
            return false;
        }
    }

    private void tell(Path f, String why) {
        if (told.add(f)) {
            LOG.warn("inbox file '{}' is left where it is: {}", printable(f), why);
        }
    }

    private Claim claim(Path f) throws IOException {
        String name = String.valueOf(f.getFileName());
        lastNumber = Math.max(lastNumber + 1, System.currentTimeMillis());
        Path mine = work.resolve("%016x-%s".formatted(lastNumber, name));
        Files.move(f, mine, StandardCopyOption.ATOMIC_MOVE);
        looks.remove(f);
        return new Claim(mine, name);
    }

    private static String nameOf(String claimed) {
        int hyphen = claimed.indexOf('-');
        return hyphen < 0 ? claimed : claimed.substring(hyphen + 1);
    }

    static String printable(Path f) {
        return String.valueOf(f.getFileName()).replaceAll("\\p{Cntrl}", "?");
    }
}
