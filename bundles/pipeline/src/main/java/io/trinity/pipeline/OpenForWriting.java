package io.trinity.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which files some process still holds open for writing, as far as /proc tells: processes of other
 * users, of other machines and of containers beside this one are not seen.
 */
final class OpenForWriting {
    private static final int ACCESS_MODE = 3;

    private final Path proc;

    OpenForWriting(Path proc) {
        this.proc = proc;
    }

    /** Of these, the ones that are open. Empty where the system does not say. */
    Set<Path> among(Collection<Path> files) {
        Map<String, Set<Path>> byName = new HashMap<>();
        for (Path f : files) {
            byName.computeIfAbsent(String.valueOf(f.getFileName()), n -> new HashSet<>()).add(f);
        }
        Set<Path> open = new HashSet<>();
        if (byName.isEmpty() || !Files.isDirectory(proc)) {
            return open;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                look(process, byName, open);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // What was found stands.
        }
        return open;
    }

    private static void look(Path process, Map<String, Set<Path>> byName, Set<Path> open) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path fd : descriptors) {
                look(process, fd, byName, open);
            }
        } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
            // Another user's, or over.
        }
    }

    private static void look(Path process, Path fd, Map<String, Set<Path>> byName, Set<Path> open) {
        try {
            Path target = Files.readSymbolicLink(fd);
            // By name first, then by inode: the same folder may be mounted elsewhere.
            Set<Path> named =
                    target.isAbsolute() ? byName.get(String.valueOf(target.getFileName())) : null;
            if (named == null || !writes(process, fd)) {
                return;
            }
            for (Path f : named) {
                if (Files.isSameFile(fd, f)) {
                    open.add(f);
                }
            }
        } catch (IOException e) {
            // It was closed meanwhile.
        }
    }

    private static boolean writes(Path process, Path fd) throws IOException {
        Path info = process.resolve("fdinfo").resolve(fd.getFileName());
        for (String line : Files.readAllLines(info)) {
            if (line.startsWith("flags:")) {
                return (Integer.parseInt(line.substring("flags:".length()).trim(), 8) & ACCESS_MODE)
                        != 0;
            }
        }
        return false;
    }
}
