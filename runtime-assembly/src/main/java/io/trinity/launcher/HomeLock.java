package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process per home: an exclusive lock on {@code data/lock}, which the operating system lets go
 * when the process ends, however it ends. The file holds the owner's process id.
 */
final class HomeLock implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long TIMEOUT_NANOS = 500_000_000L;

    private final Home home;
    private final Path path;
    private volatile FileChannel file;

    /** Of the file that is locked; while it is open, no other file gets it. */
    private volatile @Nullable Object key;

    private HomeLock(Home home, FileChannel file) throws IOException {
        this.home = home;
        this.path = path(home);
        this.file = file;
        this.key = key(path);
    }

    /**
     * Takes the lock.
     *
     * @throws Failure if another process holds it
     */
    static HomeLock take(Home home) throws IOException {
        FileChannel file =
                FileChannel.open(
                        path(home),
                        EnumSet.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE),
                        MODE);
        if (!tryFor(file)) {
            file.close();
            throw new Failure(running(home));
        }
        writePid(file);
        return new HomeLock(home, file);
    }

    private static void writePid(FileChannel file) throws IOException {
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        file.truncate(0);
        file.write(ByteBuffer.wrap(pid), 0);
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /**
     * Whether the home's lock is still the one that was taken. It is not where the home was moved
     * away or removed, and another may stand at its place. A file that alone was removed is made
     * and locked anew. Not for several threads at once.
     *
     * @throws IOException where it cannot be told now
     */
    boolean isHeld() throws IOException {
        try {
            return Objects.equals(key, key(path));
        } catch (NoSuchFileException gone) {
            return Files.isDirectory(home.data()) && retake();
        }
    }

    private boolean retake() throws IOException {
        FileChannel anew;
        try {
            anew =
                    FileChannel.open(
                            path,
                            EnumSet.of(
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE),
                            MODE);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return false;
        }
        if (!tryFor(anew)) {
            anew.close();
            return false;
        }
        writePid(anew);
        FileChannel before = file;
        key = key(path);
        file = anew;
        before.close();
        return true;
    }

    /** A client that asks {@link #owner} holds the lock for an instant. */
    private static boolean tryFor(FileChannel file) throws IOException {
        long end = System.nanoTime() + TIMEOUT_NANOS;
        @Nullable FileLock lock = file.tryLock();
        while (lock == null && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            lock = file.tryLock();
        }
        return lock != null;
    }

    /** The process that runs this home; nothing if none does. */
    static OptionalLong owner(Home home) throws IOException {
        try (FileChannel file = FileChannel.open(path(home), StandardOpenOption.READ);
                FileLock free = file.tryLock(0, Long.MAX_VALUE, true)) {
            if (free != null) {
                return OptionalLong.empty();
            }
        } catch (NoSuchFileException never) {
            return OptionalLong.empty();
        }
        String text =
                new String(Files.readAllBytes(path(home)), StandardCharsets.ISO_8859_1).strip();
        // Between taking the lock and writing its id the file is empty: the process is unknown.
        return OptionalLong.of(text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1);
    }

    /** The sentence for those who wanted to start a second one. */
    static String running(Home home) throws IOException {
        return "trinity is running already  home="
                + home.root()
                + "  pid="
                + owner(home).orElse(-1);
    }

    private static Path path(Home home) {
        return home.data().resolve("lock");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
