package io.trinity.shell;

import io.trinity.api.home.FileWords;
import io.trinity.api.home.HardLinks;
import io.trinity.api.home.Home;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files that somebody names to a command, which opens them in the host's process. Only regular ones
 * are opened: a pipe may never answer. None is opened of which the host holds a lock, by whatever
 * name: a process that closes a file loses its locks of it (POSIX, fcntl), however it opened it,
 * and so the home would have no lock any more. And nothing is written below {@code data/}; inputs
 * that are kept there may be read.
 */
final class GivenFiles {
    /** In {@code data/}: what the host, the framework and storage lock. */
    private static final List<String> LOCKED = List.of("lock", "framework", "storage");

    private final Path data;

    GivenFiles(Home home) {
        this.data = home.data();
    }

    /**
     * A file to read.
     *
     * @param directory where a relative name begins
     * @throws CommandFailure NOT_FOUND, FILE_KIND or FILE_UNREADABLE
     */
    Path input(Path directory, String name) {
        Path file = path(directory, name);
        try {
            requireRegular(file);
            requireNoneOf(locked(), file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.of(ErrorCode.NOT_FOUND, "there is no file " + file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return file;
    }

    /**
     * The bytes of a file, without taking more into memory than may be sent.
     *
     * @param most bytes
     * @param bound what takes no more, for the message: {@code plugin:call sends one chunk of}
     * @throws CommandFailure as {@link #input}, and if it is larger
     */
    byte[] read(Path directory, String name, int most, String bound) {
        Path file = input(directory, name);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new CommandFailure(
                        "%s has %s bytes; %s at most %s"
                                .formatted(file, Files.size(file), bound, most));
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * A file that another service looks into, which says itself what is wrong with it.
     *
     * @throws CommandFailure FILE_KIND for one of the host's own
     */
    Path looked(Path directory, String name) {
        Path file = path(directory, name);
        try {
            requireNoneOf(locked(), file);
        } catch (NoSuchFileException e) {
            return file;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        return file;
    }

    /**
     * Writes a new file, or anew what is one.
     *
     * @return the file
     * @throws CommandFailure FILE_KIND, or without a code where it cannot be written
     */
    Path write(Path directory, String name, byte[] bytes) {
        Path file = path(directory, name);
        try (OutputStream out = output(file)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new CommandFailure("cannot write %s: %s".formatted(file, FileWords.of(e)));
        }
        return file;
    }

    private OutputStream output(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireRegular(file);
            requireNoneOf(List.of(data), file);
            return Files.newOutputStream(
                    file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }
        @Nullable Path folder = file.getParent();
        if (folder != null) {
            if (!Files.isDirectory(folder)) {
                throw new IOException("there is no directory " + folder);
            }
            requireNoneOf(List.of(data), folder);
        }
        return Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    }

    private static Path path(Path directory, String name) {
        try {
            return directory.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw CommandFailure.of(
                    ErrorCode.NOT_FOUND,
                    "no file has the name '%s': %s".formatted(Escaped.line(name), e.getReason()));
        }
    }

    private static void requireRegular(Path file) throws IOException {
        BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
        if (!a.isRegularFile()) {
            throw CommandFailure.of(
                    ErrorCode.FILE_KIND,
                    file
                            + (a.isDirectory()
                                    ? " is a directory"
                                    : " is a pipe, a socket or a device")
                            + "; name a file");
        }
    }

    private List<Path> locked() {
        return LOCKED.stream().map(data::resolve).toList();
    }

    /** It is none of the host's own, and lies in no folder of these. */
    private void requireNoneOf(List<Path> own, Path file) throws IOException {
        Path real = file.toRealPath();
        for (Path mine : own) {
            if (Files.exists(mine)
                    && (real.startsWith(mine.toRealPath()) || isLock(file) || isIn(mine, file))) {
                throw CommandFailure.of(
                        ErrorCode.FILE_KIND,
                        "%s is the host's own, which no command opens: it lies in %s; copy it, and name the copy"
                                .formatted(file, data));
            }
        }
    }

    /** Also where a folder is mounted twice, which makes no second name. */
    private boolean isLock(Path file) throws IOException {
        Path lock = data.resolve("lock");
        return Files.exists(lock) && Files.isSameFile(lock, file);
    }

    /** Whether it is another name of a file there. Walks them, for the few with several names. */
    private static boolean isIn(Path own, Path file) throws IOException {
        BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
        return a.isRegularFile()
                && HardLinks.names(file) > 1
                && HardLinks.isBelow(own, a.fileKey());
    }

    private static CommandFailure unreadable(Path file, IOException e) {
        return CommandFailure.of(
                ErrorCode.FILE_UNREADABLE,
                "%s cannot be read: %s".formatted(file, FileWords.of(e)));
    }
}
