package io.trinity.configuration;

import io.trinity.api.config.Configurations.Refused;
import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

/** Puts other bytes into the place of a file, at once, with the mode and owner of before. */
final class FileReplacement {
    private static final String REFUSED = "change it with an editor";

    private FileReplacement() {}

    /**
     * The bytes of a file; none where it is not there.
     *
     * @throws Refused for a link, and for what cannot be read
     */
    static byte[] read(Path file) throws Refused {
        refuseLink(file);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * Replaces it: aside, synced, renamed, and the folder synced, so that the new one stays when
     * the power fails.
     */
    static void write(Path file, byte[] bytes) throws Refused {
        refuseLink(file);
        Path aside = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            Files.deleteIfExists(aside);
            try (FileChannel out =
                    FileChannel.open(
                            aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                likeBefore(file, aside);
                ByteBuffer left = ByteBuffer.wrap(bytes);
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
            throw failed(file, e);
        } finally {
            delete(aside);
        }
        sync(file.toAbsolutePath().getParent());
    }

    private static void refuseLink(Path file) throws Refused {
        if (Files.isSymbolicLink(file)) {
            throw new Refused(
                    ErrorCode.CONFIG_INVALID,
                    "conf/" + file.getFileName() + " is a link, and what it leads to is not ours",
                    "change what it leads to");
        }
    }

    private static void likeBefore(Path file, Path aside) throws IOException, Refused {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        PosixFileAttributeView from =
                Files.getFileAttributeView(file, PosixFileAttributeView.class);
        PosixFileAttributeView to = Files.getFileAttributeView(aside, PosixFileAttributeView.class);
        if (from == null || to == null) {
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
            throw new Refused(
                    ErrorCode.STORE_FAILED,
                    "conf/%s belongs to %s:%s, and would not any more"
                            .formatted(file.getFileName(), before.owner(), before.group()),
                    REFUSED);
        }
        to.setPermissions(before.permissions());
    }

    private static Refused failed(Path file, IOException e) {
        String why =
                e instanceof FileSystemException f && f.getReason() != null
                        ? f.getReason()
                        : e.toString();
        return new Refused(
                ErrorCode.STORE_FAILED,
                "conf/" + file.getFileName() + " cannot be written: " + why,
                "check that conf/ and the file may be written and are no mounts, and that the disk"
                        + " has room; or "
                        + REFUSED);
    }

    private static void delete(Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            // It begins with a dot: nobody reads it, and the next change takes it away.
            return;
        }
    }

    private static void sync(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every file system can; the rename itself was done.
            return;
        }
    }
}
