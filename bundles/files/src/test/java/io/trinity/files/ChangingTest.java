package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.trinity.api.sandbox.HostFailure.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangingTest {
    @TempDir Path root;

    /** Bytes that fit on the disk. */
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(root, Map.of(), this::writeWhileThereIsRoom);
    }

    private int writeWhileThereIsRoom(FileChannel file, ByteBuffer bytes, long at)
            throws IOException {
        if (room.addAndGet(-bytes.remaining()) < 0) {
            throw new IOException("No space left on device");
        }
        return file.write(bytes, at);
    }

    @AfterEach
    void nothingOfOursIsLeft() throws Exception {
        rig.close();
        assertEquals(List.of(), Rig.temporaryFiles(rig.maps));
        assertEquals(0, rig.files.changing().locksHeld());
    }

    @Test
    void aFileIsMadeWithItsDirectoriesAndChangedInPlaces() throws Exception {
        rig.write("maps/a/b/c", 0, "hello");
        assertEquals("hello", Files.readString(rig.maps.resolve("a/b/c")));
        rig.write("maps/a/b/c", 1, "E");
        assertEquals("hEllo", rig.text("maps/a/b/c"));
        rig.write("maps/a/b/c", 7, "x");
        assertEquals("hEllo\0\0x", rig.text("maps/a/b/c"));
        rig.resize("maps/a/b/c", 2);
        assertEquals("hE", rig.text("maps/a/b/c"));
        rig.resize("maps/a/b/c", 4);
        assertEquals("hE\0\0", rig.text("maps/a/b/c"));
        rig.write("maps/empty", 0, "");
        assertEquals(0, rig.stat("maps/empty").size());
        rig.write("maps/gap", 2, "hello");
        rig.resize("maps/gap", 6);
        assertEquals("\0\0hell", rig.text("maps/gap"));
    }

    @Test
    void largeFilesKeepWhatIsNotWritten() throws Exception {
        byte[] all = new byte[300_001];
        new java.util.Random(2).nextBytes(all);
        rig.write("maps/a", 0, all);
        byte[] piece = new byte[70_000];
        rig.write("maps/a", 100_000, piece);
        System.arraycopy(piece, 0, all, 100_000, piece.length);
        assertArrayEquals(all, Files.readAllBytes(rig.maps.resolve("a")));
    }

    @Test
    void aChangeReplacesTheFileAsAWhole() throws Exception {
        Path a = rig.maps.resolve("a");
        Files.writeString(a, "old");
        Files.setPosixFilePermissions(a, PosixFilePermissions.fromString("rw-rw-r--"));
        Object before = Files.getAttribute(a, "unix:ino");
        try (FileChannel reader = FileChannel.open(a)) {
            rig.write("maps/a", 0, "new");
            assertNotEquals(before, Files.getAttribute(a, "unix:ino"));
            ByteBuffer seen = ByteBuffer.allocate(3);
            reader.read(seen);
            assertArrayEquals("old".getBytes(), seen.array());
        }
        assertEquals("rw-rw-r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(a)));
    }

    @Test
    void filesAndEmptyDirectoriesAreRemoved() throws Exception {
        rig.write("maps/a/b", 0, "x");
        String why = failure(Reason.FAILED, () -> rig.remove("maps/a"));
        assertTrue(why.contains("not empty"), why);
        rig.remove("maps/a/b");
        assertEquals(List.of(), rig.entries("maps/a", ""));
        rig.remove("maps/a");
        failure(Reason.NOT_FOUND, () -> rig.remove("maps/a"));
        failure(Reason.NOT_FOUND, () -> rig.resize("maps/a", 1));
        failure(Reason.INVALID, () -> rig.remove("maps"));
        failure(Reason.INVALID, () -> rig.write("maps", 0, "x"));
        rig.write("maps/f", 0, "x");
        failure(Reason.NOT_FOUND, () -> rig.write("maps/f/g", 0, "x"));
    }

    @Test
    void aDirectoryIsNotWritten() throws Exception {
        Files.createDirectory(rig.maps.resolve("d"));
        failure(Reason.INVALID, () -> rig.write("maps/d", 0, "x"));
        failure(Reason.INVALID, () -> rig.resize("maps/d", 0));
    }

    @Test
    void aFullDiskLeavesTheOldFileAndNothingElse() throws Exception {
        rig.write("maps/a", 0, "old");
        room.set(100_000);
        String why = failure(Reason.FAILED, () -> rig.write("maps/a", 0, new byte[200_000]));
        assertTrue(why.contains("the disk is full"), why);
        assertTrue(why.contains("make room"), why);
        assertFalse(why.contains(root.toString()), why);
        room.set(100_000);
        failure(Reason.FAILED, () -> rig.write("maps/new", 0, new byte[200_000]));
        assertEquals(Map.of("", "", "a", "old"), Rig.contents(rig.maps));
    }

    @Test
    void aDeadlineWithinAWriteLeavesTheOldFile() throws Exception {
        rig.write("maps/a", 0, "old");
        AtomicLong end = new AtomicLong();
        Copying.Disk slow =
                (file, bytes, at) -> {
                    // Until the call is over: the next look at the time has to find that.
                    while (System.nanoTime() - end.get() < 0) {
                        Thread.onSpinWait();
                    }
                    return file.write(bytes, at);
                };
        try (Rig late = new Rig(root, Map.of(), slow)) {
            late.call = Rig.callOf(200);
            end.set(late.call.deadlineNanos() + 1);
            failure(Reason.TIMEOUT, () -> late.write("maps/a", 0, "new"));
            late.call = Rig.callOf(30_000);
            end.set(System.nanoTime());
            // The lock is given back when the work that nobody waits for has ended.
            late.resize("maps/a", 3);
            assertEquals("old", late.text("maps/a"));
        }
    }

    @Test
    void aFileHasALimit() throws Exception {
        rig.files.modified(Map.of("maxFileBytes", "5000"));
        String why = failure(Reason.LIMIT, () -> rig.write("maps/a", 4999, "xy"));
        assertTrue(why.contains("raise maxFileBytes in conf/io.trinity.files.cfg"), why);
        rig.write("maps/a", 4998, "xy");
        failure(Reason.LIMIT, () -> rig.resize("maps/a", 5001));
        for (long far : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, -1, Long.MIN_VALUE}) {
            failure(Reason.LIMIT, () -> rig.write("maps/a", far, "xy"));
            failure(Reason.LIMIT, () -> rig.resize("maps/a", far));
        }
        assertEquals(5000, rig.stat("maps/a").size());
    }

    @Test
    void aCallMayBringSoMuchToTheDisk() throws Exception {
        rig.files.modified(Map.of("maxCallWriteBytes", "10000"));
        rig.write("maps/a", 0, new byte[5000]);
        String why = failure(Reason.LIMIT, () -> rig.write("maps/a", 0, "x".repeat(5001)));
        assertTrue(why.contains("raise maxCallWriteBytes in conf/io.trinity.files.cfg"), why);
        rig.write("maps/a", 0, "x");
        rig.call = Rig.callOf(20_000);
        rig.write("maps/a", 0, "x".repeat(5001));
    }

    @Test
    void aPluginMayBringSoMuchToTheDiskInAllItsCalls() throws Exception {
        rig.files.modified(Map.of("maxWrittenBytes", "20000"));
        rig.write("maps/d/a", 0, new byte[10_000]);
        assertEquals(14_096, rig.files.total().of("atlas"));
        rig.call = Rig.callOf(20_000);
        String why = failure(Reason.LIMIT, () -> rig.write("maps/d/b", 0, new byte[5905]));
        assertTrue(why.contains("raise maxWrittenBytes in conf/io.trinity.files.cfg"), why);
        rig.write("maps/d/b", 0, new byte[5904]);
        rig.remove("maps/d/b");
        failure(Reason.LIMIT, () -> rig.write("maps/d/b", 0, ""));
        failure(Reason.LIMIT, () -> rig.write("maps/e/b", 0, ""));
        failure(Reason.LIMIT, () -> rig.resize("maps/d/a", 0));
        rig.files.modified(Map.of());
        rig.write("maps/d/b", 0, "x");
    }

    @Test
    void aFileThatTheHostMayNotWriteIsNotReplaced() throws Exception {
        Path a = Files.writeString(rig.maps.resolve("a"), "old");
        Files.setPosixFilePermissions(a, PosixFilePermissions.fromString("r--r--r--"));
        assumeFalse(Files.isWritable(a), "root may write everything");
        String why = failure(Reason.DENIED, () -> rig.write("maps/a", 0, "new"));
        assertTrue(why.contains("change the permissions"), why);
        failure(Reason.DENIED, () -> rig.resize("maps/a", 0));
        assertEquals("old", rig.text("maps/a"));
    }

    @Test
    void concurrentWritersLoseNothing() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                int at = i;
                all.add(
                        writers.submit(
                                () -> {
                                    rig.write("maps/x/y/shared", at, "x");
                                    rig.write("maps/x/" + at + "/own", 0, "y");
                                    return null;
                                }));
            }
            for (Future<?> f : all) {
                f.get();
            }
        } finally {
            writers.shutdown();
            assertTrue(writers.awaitTermination(10, TimeUnit.SECONDS));
        }
        assertEquals("x".repeat(64), rig.text("maps/x/y/shared"));
        assertEquals(65, rig.entries("maps/x", "").size());
    }

    @Test
    void whatACrashLeftIsRemovedWhenItIsOld() throws Exception {
        Path old = Files.writeString(rig.maps.resolve(PluginPath.ASIDE + "old-1"), "x");
        Path recent = Files.writeString(rig.maps.resolve(PluginPath.ASIDE + "new-1"), "x");
        Path made = Files.createDirectory(rig.maps.resolve(PluginPath.ASIDE + "old-2"));
        FileTime then =
                FileTime.fromMillis(
                        System.currentTimeMillis() - TemporaryFiles.OLD_MILLIS - 60_000);
        Files.setLastModifiedTime(old, then);
        Files.setLastModifiedTime(made, then);
        assertEquals(List.of(), rig.entries("maps", ""));
        rig.write("maps/a", 0, "x");
        assertFalse(Files.exists(old));
        assertFalse(Files.exists(made));
        assertTrue(Files.exists(recent));
        Files.delete(recent);
    }
}
