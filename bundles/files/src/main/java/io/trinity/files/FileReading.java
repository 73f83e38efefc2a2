package io.trinity.files;

import io.trinity.api.config.Places;
import io.trinity.api.host.Files;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Reads, in a directory that was walked to. Works on the thread that calls it. */
final class FileReading {
    /** The order of names: that of their bytes in UTF-8. */
    private static final Comparator<String> BY_BYTES =
            (a, b) ->
                    Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final int PIECE_BYTES = 65_536;

    /** Names of one directory that are looked at: each time all of them, for their order. */
    static final int MOST_NAMES = 100_000;

    private final ProtectedPaths places;

    FileReading(ProtectedPaths places) {
        this.places = places;
    }

    /** Up to {@code length} bytes; fewer at the end of the file only. */
    byte[] read(
            Path granted,
            PluginPath path,
            long offset,
            int length,
            CallBytes.Meter meter,
            Deadline deadline)
            throws IOException, HostFailure {
        try (DirectoryTraversal walk =
                        walk(granted, path, DirectoryTraversal.parents(path), deadline);
                FileChannel file = walk.end().file(path.name())) {
            long there = offset < 0 ? 0 : Math.max(0, file.size() - offset);
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, there));
            meter.count(bytes.capacity());
            while (bytes.hasRemaining()) {
                deadline.check();
                bytes.limit(Math.min(bytes.capacity(), bytes.position() + PIECE_BYTES));
                int n = file.read(bytes, offset + bytes.position());
                if (n < 0) {
                    break;
                }
                bytes.limit(bytes.capacity());
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /** What is known of a file or directory. */
    Files.Entry stat(Path granted, PluginPath path, Deadline deadline)
            throws IOException, HostFailure {
        if (path.names().isEmpty()) {
            try (DirectoryTraversal walk = walk(granted, path, List.of(), deadline)) {
                return entry(path.name(), found(walk.end(), ".", path));
            }
        }
        try (DirectoryTraversal walk =
                walk(granted, path, DirectoryTraversal.parents(path), deadline)) {
            return entry(path.name(), found(walk.end(), path.name(), path));
        }
    }

    private static BasicFileAttributes found(OpenDirectory in, String name, PluginPath path)
            throws IOException, HostFailure {
        BasicFileAttributes found = in.find(name);
        if (found == null) {
            throw DiskFailure.notFound(path.toString());
        }
        return found;
    }

    /**
     * Files and directories in the order of their names' bytes. What is neither, and what has a
     * name that no plugin can write, is left out.
     *
     * @param after the first name that is not wanted any more; empty for none
     */
    List<Files.Entry> entries(
            Path granted, PluginPath path, String after, FilesSettings limits, Deadline deadline)
            throws IOException, HostFailure {
        try (DirectoryTraversal walk = walk(granted, path, path.names(), deadline)) {
            OpenDirectory directory = walk.end();
            List<Files.Entry> entries = new ArrayList<>();
            for (String name : names(directory, after, limits, deadline)) {
                deadline.check();
                BasicFileAttributes found = directory.raw(name);
                if (found != null && isShown(found)) {
                    entries.add(entry(name, found));
                }
            }
            return entries;
        }
    }

    private static TreeSet<String> names(
            OpenDirectory directory, String after, FilesSettings limits, Deadline deadline)
            throws IOException, HostFailure {
        TreeSet<String> first = new TreeSet<>(BY_BYTES);
        try {
            int looked = 0;
            for (Path p : directory.list()) {
                deadline.check();
                if (++looked > MOST_NAMES) {
                    throw new HostFailure(
                            Reason.LIMIT,
                            "the directory has more than %s entries; split it up"
                                    .formatted(MOST_NAMES));
                }
                String name = p.getFileName().toString();
                boolean fits =
                        BY_BYTES.compare(name, after) > 0
                                && (first.size() < limits.maxEntries()
                                        || BY_BYTES.compare(name, first.last()) < 0);
                if (fits && shown(directory, p.getFileName(), limits)) {
                    first.add(name);
                    if (first.size() > limits.maxEntries()) {
                        first.pollLast();
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return first;
    }

    private static boolean shown(OpenDirectory directory, Path name, FilesSettings limits)
            throws IOException {
        String text = name.toString();
        if (!PluginPath.canName(text, limits) || !Path.of(text).equals(name)) {
            return false;
        }
        BasicFileAttributes found = directory.raw(text);
        return found != null && isShown(found);
    }

    private static boolean isShown(BasicFileAttributes found) {
        return found.isRegularFile() || found.isDirectory();
    }

    private static Files.Entry entry(String name, BasicFileAttributes found) {
        return new Files.Entry(
                name,
                found.isDirectory() ? 0 : found.size(),
                found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                found.isDirectory());
    }

    private DirectoryTraversal walk(
            Path granted, PluginPath path, List<String> names, Deadline deadline)
            throws IOException, HostFailure {
        String what = path.toString();
        return DirectoryTraversal.along(
                granted, names, places, what, deadline, DirectoryTraversal.refuse(what));
    }

    /** A failure for a length that no read has. */
    static void checkLength(long length, FilesSettings limits) throws HostFailure {
        if (length > FilesSettings.CONTRACT_READ_BYTES) {
            throw new HostFailure(
                    Reason.INVALID,
                    "a read has at most %s bytes, not %s"
                            .formatted(FilesSettings.CONTRACT_READ_BYTES, length));
        }
        if (length > limits.maxReadBytes()) {
            throw new HostFailure(
                    Reason.LIMIT,
                    "a read of %s bytes is more than %s; read less at a time, or raise maxReadBytes in %s"
                            .formatted(
                                    length, limits.maxReadBytes(), Places.of(FilesSettings.PID)));
        }
    }
}
