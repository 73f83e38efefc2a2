package io.trinity.api.home;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Puts a small file down so that it outlives the end of the process and of the machine's power.
 *
 * <ol>
 *   <li>The content is written beside the file, under its name with a dot before and {@code .new}
 *       after it; what an earlier life left there is taken away first.
 *   <li>It is synced.
 *   <li>It takes the file's place in one step: whoever reads meanwhile reads the old content or the
 *       new one, whole.
 *   <li>The folder is synced, where the file system can; from then on the new content is there
 *       after a power cut.
 * </ol>
 *
 * A crash before 3 leaves the old content, or no file where there was none, and perhaps the one
 * beside it; a crash between 3 and 4 leaves either content, never a mixture. Where a method throws,
 * the old content stands and nothing is left beside it.
 *
 * <p>No link is followed in the place of the file or of the one beside it; the folder must be
 * there, and may be reached by links. For one writer of a file at a time.
 */
public final class DurableFile {
    private DurableFile() {}

    /**
     * Puts bytes in the place of what is there; a link is replaced. The file is the process's own,
     * with permissions by its umask, whatever those before were.
     *
     * @throws NoSuchFileException where the folder is missing
     * @throws FileSystemException with the file and the reason, where it cannot be written, as on a
     *     full disk, or a folder has the name
     * @throws IOException where what is beside it cannot be taken away
     */
    public static void write(Path file, byte[] content) throws IOException {
        put(file, content, aside -> {});
    }

    /** {@link #write(Path, byte[])} in UTF-8. */
    public static void write(Path file, String content) throws IOException {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Puts bytes in the place of what is there, with the owner, the group and the permissions of
     * before, where the file system knows such; where nothing is there it does as {@link
     * #write(Path, byte[])} does.
     *
     * @throws FileSystemException with a reason, where a link is there, or the process may not give
     *     the file to those whose it was
     * @throws IOException where it cannot be written
     */
    public static void replace(Path file, byte[] content) throws IOException {
        if (Files.isSymbolicLink(file)) {
            throw new FileSystemException(file.toString(), null, "it is a link");
        }
        put(file, content, aside -> likeBefore(file, aside));
    }

    /**
     * Syncs the content of a file that was written by other means and may be read. A link is not
     * followed.
     *
     * @throws IOException where it is not there, or cannot be opened or synced
     */
    public static void sync(Path file) throws IOException {
        // Reading is enough, so that what nobody may write can be synced too.
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    /**
     * Syncs the names in a folder: what was made, renamed or removed there before stays so. Does
     * nothing where the file system cannot, or the folder is missing.
     */
    public static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every file system can; what was done there has been done all the same.
            return;
        }
    }

    /** What is done to the file beside, before it has content. */
    private interface Preparation {
        void on(Path aside) throws IOException;
    }

    private static void put(Path file, byte[] content, Preparation preparation) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        try {
            try (FileChannel out =
                    FileChannel.open(
                            aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                preparation.on(aside);
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            Files.move(
                    aside,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(aside, e);
            throw naming(file, e);
        }
        syncFolder(file.toAbsolutePath().resolveSibling(""));
    }

    /** What writing fails by (no space, a quota) says itself of no file. */
    static IOException naming(Path file, IOException e) {
        if (e instanceof FileSystemException) {
            return e;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, e.getMessage());
        named.initCause(e);
        return named;
    }

    private static void likeBefore(Path file, Path aside) throws IOException {
        PosixFileAttributeView from = posix(file);
        PosixFileAttributeView to = posix(aside);
        if (from == null || to == null || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        PosixFileAttributes before = from.readAttributes();
        PosixFileAttributes now = to.readAttributes();
        try {
            if (!before.owner().equals(now.owner())) {
                to.setOwner(before.owner());
            }
            if (!before.group().equals(now.group())) {
                to.setGroup(before.group());
            }
        } catch (FileSystemException e) {
            FileSystemException refused =
                    new FileSystemException(
                            file.toString(),
                            null,
                            "it belongs to %s:%s, and would not any more"
                                    .formatted(before.owner(), before.group()));
            refused.initCause(e);
            throw refused;
        }
        to.setPermissions(before.permissions());
    }

    private static @Nullable PosixFileAttributeView posix(Path file) {
        return Files.getFileAttributeView(
                file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void delete(Path aside, IOException cause) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
