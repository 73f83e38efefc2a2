package io.trinity.files;

import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.text.Escaped;
import io.trinity.api.wasi.PosixFiles.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Changes files, in a directory that was walked to. A file is written anew beside the old one,
 * synced, and takes its name at once, so that a crash leaves the one or the other. Works on the
 * thread that calls it; thread-safe.
 */
final class FileChanging {
    /**
     * What any change counts with at least: what the smallest file or directory takes on a disk.
     */
    static final long LEAST_BYTES = 4096;

    private final ProtectedPaths places;
    private final FileLocks locks = new FileLocks();
    private final TemporaryFiles temporaryFiles;
    private final Copying copying;

    FileChanging(ProtectedPaths places, Copying.Disk disk) {
        this.places = places;
        this.temporaryFiles = new TemporaryFiles();
        this.copying = new Copying(disk);
    }

    /** Who changes, and what it may cost. */
    interface Quota {
        /**
         * Counts bytes before they are written.
         *
         * @throws HostFailure LIMIT
         */
        void count(long bytes) throws HostFailure;
    }

    /** Writes all bytes or none; makes the file, and its directories, where they are missing. */
    void write(
            Path granted,
            PluginPath path,
            long offset,
            byte[] data,
            FilesSettings limits,
            Quota quota,
            Deadline deadline)
            throws IOException, HostFailure {
        String what = path.toString();
        DirectoryTraversal.Missing make =
                (root, in, name) -> makeDirectory(root, in, name, quota, deadline);
        try (DirectoryTraversal walk =
                        DirectoryTraversal.along(
                                granted,
                                DirectoryTraversal.parents(path),
                                places,
                                what,
                                deadline,
                                make);
                FileLocks.Held held = locks.take(walk.end().key(), path.name(), deadline)) {
            OpenDirectory in = walk.end();
            BasicFileAttributes old = target(in, path);
            if (data.length == 0 && old != null) {
                return;
            }
            long end = data.length == 0 ? 0 : offset + data.length;
            if (offset < 0 || end < 0) {
                throw tooLong(what, limits);
            }
            long size = Math.max(old == null ? 0 : old.size(), end);
            replace(in, path, old, size, offset, data, limits, quota, deadline);
        }
    }

    /** Cuts or extends a file that is there. */
    void resize(
            Path granted,
            PluginPath path,
            long size,
            FilesSettings limits,
            Quota quota,
            Deadline deadline)
            throws IOException, HostFailure {
        String what = path.toString();
        try (DirectoryTraversal walk = toParent(granted, path, deadline);
                FileLocks.Held held = locks.take(walk.end().key(), path.name(), deadline)) {
            BasicFileAttributes old = target(walk.end(), path);
            if (old == null) {
                throw DiskFailure.notFound(what);
            }
            if (size < 0) {
                throw tooLong(what, limits);
            }
            if (size != old.size()) {
                replace(walk.end(), path, old, size, size, new byte[0], limits, quota, deadline);
            }
        }
    }

    /** How a file is opened to be written. */
    record Opening(boolean create, boolean exclusive, boolean truncate) {}

    /**
     * Sees that a file may be written, and makes or empties it. No directories are made.
     *
     * @return DONE, EXISTS or IS_DIRECTORY
     */
    Outcome open(
            Path granted,
            PluginPath path,
            Opening how,
            FilesSettings limits,
            Quota quota,
            Deadline deadline)
            throws IOException, HostFailure {
        if (path.names().isEmpty()) {
            return Outcome.IS_DIRECTORY;
        }
        try (DirectoryTraversal walk = toParent(granted, path, deadline);
                FileLocks.Held held = locks.take(walk.end().key(), path.name(), deadline)) {
            OpenDirectory in = walk.end();
            BasicFileAttributes found = in.find(path.name());
            if (found != null && how.exclusive()) {
                return Outcome.EXISTS;
            }
            if (found != null && found.isDirectory()) {
                return Outcome.IS_DIRECTORY;
            }
            BasicFileAttributes old = target(in, path);
            if (old == null && !how.create()) {
                throw DiskFailure.notFound(path.toString());
            }
            if (old == null || (how.truncate() && old.size() > 0)) {
                replace(in, path, old, 0, 0, new byte[0], limits, quota, deadline);
            }
            return Outcome.DONE;
        }
    }

    /** Writes at the end of a file that is there, wherever that is by now; gives its new size. */
    long append(
            Path granted,
            PluginPath path,
            byte[] data,
            FilesSettings limits,
            Quota quota,
            Deadline deadline)
            throws IOException, HostFailure {
        try (DirectoryTraversal walk = toParent(granted, path, deadline);
                FileLocks.Held held = locks.take(walk.end().key(), path.name(), deadline)) {
            BasicFileAttributes old = target(walk.end(), path);
            if (old == null) {
                throw DiskFailure.notFound(path.toString());
            }
            long size = old.size() + data.length;
            if (data.length > 0) {
                replace(walk.end(), path, old, size, old.size(), data, limits, quota, deadline);
            }
            return size;
        }
    }

    /**
     * Makes one directory in one that is there.
     *
     * @return DONE or EXISTS
     */
    Outcome makeDirectory(Path granted, PluginPath path, Quota quota, Deadline deadline)
            throws IOException, HostFailure {
        if (path.names().isEmpty()) {
            return Outcome.EXISTS;
        }
        try (DirectoryTraversal walk = toParent(granted, path, deadline)) {
            return makeDirectory(walk.root(), walk.end(), path.name(), quota, deadline)
                    ? Outcome.DONE
                    : Outcome.EXISTS;
        }
    }

    private DirectoryTraversal toParent(Path granted, PluginPath path, Deadline deadline)
            throws IOException, HostFailure {
        String what = path.toString();
        return DirectoryTraversal.along(
                granted,
                DirectoryTraversal.parents(path),
                places,
                what,
                deadline,
                DirectoryTraversal.refuse(what));
    }

    /**
     * Removes a file, or an empty directory, whichever is asked for.
     *
     * @return DONE, IS_DIRECTORY, NOT_DIRECTORY or NOT_EMPTY
     */
    Outcome removeOnly(boolean directory, Path granted, PluginPath path, Deadline deadline)
            throws IOException, HostFailure {
        try (DirectoryTraversal walk = toParent(granted, path, deadline);
                FileLocks.Held held = locks.take(walk.end().key(), path.name(), deadline)) {
            BasicFileAttributes found = walk.end().find(path.name());
            if (found != null && found.isDirectory() != directory) {
                return directory ? Outcome.NOT_DIRECTORY : Outcome.IS_DIRECTORY;
            }
            remove(walk.end(), found, path, deadline);
            return Outcome.DONE;
        } catch (DirectoryNotEmptyException e) {
            return Outcome.NOT_EMPTY;
        }
    }

    /** Removes a file or an empty directory. */
    void remove(Path granted, PluginPath path, Deadline deadline) throws IOException, HostFailure {
        try (DirectoryTraversal walk = toParent(granted, path, deadline);
                FileLocks.Held held = locks.take(walk.end().key(), path.name(), deadline)) {
            remove(walk.end(), walk.end().find(path.name()), path, deadline);
        }
    }

    private static void remove(
            OpenDirectory in,
            @Nullable BasicFileAttributes found,
            PluginPath path,
            Deadline deadline)
            throws IOException, HostFailure {
        if (found == null) {
            throw DiskFailure.notFound(path.toString());
        }
        deadline.check();
        if (found.isDirectory()) {
            in.removeDirectory(path.name());
        } else {
            in.removeFile(path.name());
        }
        in.sync();
    }

    /** What a name stands for, if that may be written; null where it is free. */
    private @Nullable BasicFileAttributes target(OpenDirectory in, PluginPath path)
            throws IOException, HostFailure {
        String what = path.toString();
        BasicFileAttributes old = in.find(path.name());
        if (old == null) {
            return null;
        }
        if (old.isDirectory()) {
            throw new HostFailure(Reason.INVALID, "'%s' is a directory".formatted(what));
        }
        Object identity = old.fileKey();
        if (identity == null || in.witness(path.name(), identity) > 1) {
            throw new HostFailure(
                    Reason.DENIED,
                    "'%s' has other names (hard links), perhaps outside of what is granted; copy it and remove the link"
                            .formatted(what));
        }
        in.checkWritable(path.name());
        return old;
    }

    private void replace(
            OpenDirectory in,
            PluginPath path,
            @Nullable BasicFileAttributes old,
            long size,
            long offset,
            byte[] data,
            FilesSettings limits,
            Quota quota,
            Deadline deadline)
            throws IOException, HostFailure {
        if (size > limits.maxFileBytes()) {
            throw tooLong(path.toString(), limits);
        }
        quota.count(Math.max(LEAST_BYTES, size));
        temporaryFiles.sweep(in, deadline);
        String aside = temporaryFiles.next();
        boolean moved = false;
        FileChannel target = in.make(aside);
        try {
            try (target) {
                if (old != null) {
                    copying.permissions(in, path.name(), aside);
                    try (FileChannel source = in.file(path.name())) {
                        copying.copy(source, target, Math.min(old.size(), size), deadline);
                    }
                }
                copying.put(target, ByteBuffer.wrap(data), offset, deadline);
                copying.extend(target, size);
                copying.sync(target);
            }
            deadline.check();
            in.move(aside, in, path.name());
            moved = true;
        } finally {
            if (!moved) {
                TemporaryFiles.drop(in, aside, false);
            }
        }
        in.sync();
    }

    /**
     * Makes a directory. Java cannot make one relative to another: it is made with a name of ours
     * in the granted directory, which only the operator can move, and moved from there.
     *
     * @return false where it is there already
     */
    private boolean makeDirectory(
            OpenDirectory root, OpenDirectory in, String name, Quota quota, Deadline deadline)
            throws IOException, HostFailure {
        try (FileLocks.Held held = locks.take(in.key(), name, deadline)) {
            if (in.find(name) != null) {
                return false;
            }
            quota.count(LEAST_BYTES);
            temporaryFiles.sweep(root, deadline);
            String aside = temporaryFiles.next();
            Files.createDirectory(root.real().resolve(aside));
            boolean moved = false;
            try {
                BasicFileAttributes made = root.find(aside);
                if (made == null || !made.isDirectory()) {
                    throw new HostFailure(
                            Reason.FAILED, "the granted directory was replaced; try again");
                }
                deadline.check();
                root.move(aside, in, name);
                moved = true;
            } finally {
                if (!moved) {
                    TemporaryFiles.drop(root, aside, true);
                }
            }
            in.sync();
            return true;
        } catch (NoSuchFileException e) {
            throw new HostFailure(
                    Reason.FAILED,
                    "'%s': its directory was removed meanwhile; try again"
                            .formatted(Escaped.brief(name)));
        }
    }

    private static HostFailure tooLong(String what, FilesSettings limits) {
        return new HostFailure(
                Reason.LIMIT,
                "'%s' would be longer than %s bytes; write less, or raise maxFileBytes in %s"
                        .formatted(what, limits.maxFileBytes(), Places.of(FilesSettings.PID)));
    }

    int locksHeld() {
        return locks.size();
    }
}
