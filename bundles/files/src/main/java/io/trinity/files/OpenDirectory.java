package io.trinity.files;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory that was opened and stays what it is, whatever becomes of its name. What is done in
 * it is done by one name each, relative to it (openat(2) and its kin), and follows no link.
 */
final class OpenDirectory implements AutoCloseable {
    private final SecureDirectoryStream<Path> stream;
    private final Path real;
    private final Object key;
    private final ProtectedPaths places;
    private final String what;

    private OpenDirectory(
            SecureDirectoryStream<Path> stream, Path real, ProtectedPaths places, String what)
            throws IOException, HostFailure {
        this.stream = stream;
        this.real = real;
        this.places = places;
        this.what = what;
        Object identity =
                stream.getFileAttributeView(BasicFileAttributeView.class)
                        .readAttributes()
                        .fileKey();
        if (identity == null) {
            throw unsafe(what);
        }
        this.key = identity;
        places.check(real, key, what);
    }

    /**
     * Opens a granted directory; links on the way to it are the operator's and followed.
     *
     * @param what the plugin's path, for messages
     */
    static OpenDirectory granted(Path directory, ProtectedPaths places, String what)
            throws IOException, HostFailure {
        Path real;
        try {
            real = directory.toRealPath();
        } catch (NoSuchFileException e) {
            throw new HostFailure(
                    Reason.NOT_FOUND,
                    "'%s': the granted directory does not exist; the operator has to make it"
                            .formatted(what));
        }
        if (!Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new HostFailure(
                    Reason.NOT_FOUND, "'%s': what was granted is no directory".formatted(what));
        }
        OpenDirectory opened = own(Files.newDirectoryStream(real), real, places, what);
        try {
            opened.witness(null, opened.key);
            return opened;
        } catch (IOException | HostFailure | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static OpenDirectory own(
            DirectoryStream<Path> stream, Path real, ProtectedPaths places, String what)
            throws IOException, HostFailure {
        try {
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                return new OpenDirectory(secure, real, places, what);
            }
            throw unsafe(what);
        } catch (IOException | HostFailure | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private static HostFailure unsafe(String what) {
        return new HostFailure(
                Reason.DENIED,
                "'%s': this file system cannot open files relative to a directory, and so not safely; grant a directory on another"
                        .formatted(what));
    }

    /** The operating system's identity of it. */
    Object key() {
        return key;
    }

    Path real() {
        return real;
    }

    /**
     * What a name stands for; null for nothing.
     *
     * @throws HostFailure DENIED for a link, for what is neither file nor directory, and for a
     *     protected place
     */
    @Nullable BasicFileAttributes find(String name) throws IOException, HostFailure {
        BasicFileAttributes found = raw(name);
        places.check(real.resolve(name), found == null ? null : found.fileKey(), what);
        if (found != null && (found.isSymbolicLink() || found.isOther())) {
            throw new HostFailure(
                    Reason.DENIED,
                    "'%s': '%s' is %s, and only plain files and directories are opened"
                            .formatted(
                                    what,
                                    Escaped.brief(name),
                                    found.isSymbolicLink()
                                            ? "a symbolic link"
                                            : "a pipe, socket or device"));
        }
        return found;
    }

    /** As {@link #find}, of whatever kind it is. */
    @Nullable BasicFileAttributes raw(String name) throws IOException {
        try {
            return stream.getFileAttributeView(
                            Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Opens a directory in it. */
    OpenDirectory directory(String name) throws IOException, HostFailure {
        BasicFileAttributes found = find(name);
        if (found == null) {
            throw DiskFailure.notFound(what);
        }
        if (!found.isDirectory()) {
            throw new HostFailure(
                    Reason.NOT_FOUND,
                    "'%s': '%s' is no directory".formatted(what, Escaped.brief(name)));
        }
        DirectoryStream<Path> child;
        try {
            child = stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw changed(name, e);
        }
        return own(child, real.resolve(name), places, what);
    }

    /** Opens a plain file in it for reading. */
    FileChannel file(String name) throws IOException, HostFailure {
        BasicFileAttributes before = plain(name);
        FileChannel channel;
        try {
            channel = channel(name, Set.of(StandardOpenOption.READ));
        } catch (IOException e) {
            throw changed(name, e);
        }
        try {
            BasicFileAttributes after = plain(name);
            Object identity = after.fileKey();
            if (identity == null || !identity.equals(before.fileKey())) {
                throw moved();
            }
            if (witness(name, identity) > 1) {
                checkLinked(name);
            }
            return channel;
        } catch (IOException | HostFailure | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Passes a file of several names only where nobody can have linked it here who might not read
     * it: its owner, the superuser or the host's own user, in a directory that is closed to others.
     * Some systems let everybody link what they may not read, and the host may read it.
     */
    private void checkLinked(String name) throws IOException, HostFailure {
        PosixFileAttributeView own = stream.getFileAttributeView(PosixFileAttributeView.class);
        PosixFileAttributeView file = view(name, PosixFileAttributeView.class);
        if (own == null || file == null) {
            throw unsafe(what);
        }
        PosixFileAttributes directory = own.readAttributes();
        Set<PosixFilePermission> open = directory.permissions();
        String owner = directory.owner().getName();
        boolean trusted =
                owner.equals("root")
                        || owner.equals(System.getProperty("user.name"))
                        || directory.owner().equals(file.readAttributes().owner());
        if (!trusted
                || open.contains(PosixFilePermission.GROUP_WRITE)
                || open.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new HostFailure(
                    Reason.DENIED,
                    "'%s': '%s' has several names (hard links), and others than its owner may have put it into this directory; put a copy there, or take the right to write from group and others"
                            .formatted(what, Escaped.brief(name)));
        }
    }

    /** Passes a file that the operating system lets the host write, without writing. */
    void checkWritable(String name) throws IOException, HostFailure {
        try (FileChannel opened = channel(name, Set.of(StandardOpenOption.WRITE))) {
            opened.position();
        } catch (IOException e) {
            throw changed(name, e);
        }
    }

    /** Makes a file in it, for writing. */
    FileChannel make(String name, FileAttribute<?>... attributes) throws IOException, HostFailure {
        return channel(
                name, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), attributes);
    }

    private BasicFileAttributes plain(String name) throws IOException, HostFailure {
        BasicFileAttributes found = find(name);
        if (found == null) {
            throw DiskFailure.notFound(what);
        }
        if (!found.isRegularFile()) {
            throw new HostFailure(Reason.INVALID, "'%s' is a directory".formatted(what));
        }
        return found;
    }

    private FileChannel channel(
            String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException, HostFailure {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(LinkOption.NOFOLLOW_LINKS);
        SeekableByteChannel channel = stream.newByteChannel(Path.of(name), all, attributes);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw unsafe(what);
    }

    /**
     * How many names a file has, by the operating system. It asks by path, and believes the answer
     * only where it is about the very same file.
     *
     * @param name in it; null for the directory itself
     * @param identity what was opened there
     */
    int witness(@Nullable String name, Object identity) throws IOException, HostFailure {
        Path path = name == null ? real : real.resolve(name);
        Map<String, Object> found;
        try {
            found = Files.readAttributes(path, "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw moved();
        } catch (UnsupportedOperationException e) {
            throw unsafe(what);
        }
        if (!identity.equals(found.get("fileKey"))) {
            throw moved();
        }
        places.checkStore(path, what);
        return found.get("nlink") instanceof Integer n ? n : Integer.MAX_VALUE;
    }

    /** What is in it; once only. */
    Iterable<Path> list() {
        return stream;
    }

    /** The view on a name in it; no link is followed. */
    <V extends FileAttributeView> @Nullable V view(String name, Class<V> type) {
        return stream.getFileAttributeView(Path.of(name), type, LinkOption.NOFOLLOW_LINKS);
    }

    /** Moves what is here to there, at once; a file there is replaced. */
    void move(String from, OpenDirectory to, String name) throws IOException {
        stream.move(Path.of(from), to.stream, Path.of(name));
    }

    void removeFile(String name) throws IOException {
        stream.deleteFile(Path.of(name));
    }

    void removeDirectory(String name) throws IOException {
        stream.deleteDirectory(Path.of(name));
    }

    /** Returns when the names in it survive a crash. */
    void sync() throws IOException, HostFailure {
        try (FileChannel self = channel(".", Set.of(StandardOpenOption.READ))) {
            self.force(true);
        }
    }

    /** Tells a link that was put in between from other reasons. */
    private IOException changed(String name, IOException e) throws IOException, HostFailure {
        find(name);
        return e;
    }

    private HostFailure moved() {
        return new HostFailure(
                Reason.FAILED, "'%s' was replaced while it was opened; try again".formatted(what));
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
