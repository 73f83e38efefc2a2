package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Files.Entry;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReadingTest {
    @TempDir Path root;
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(root);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aPieceOfAFileIsRead() throws Exception {
        byte[] all = new byte[200_000];
        new Random(1).nextBytes(all);
        Files.write(rig.maps.resolve("a"), all);
        byte[] piece = rig.read("maps/a", 1000, 150_000);
        assertArrayEquals(Arrays.copyOfRange(all, 1000, 151_000), piece);
        assertEquals(50_000, rig.read("maps/a", 150_000, 1 << 20).length);
        for (long past : new long[] {200_000, Long.MAX_VALUE, -1}) {
            assertEquals(0, rig.read("maps/a", past, 10).length);
        }
        assertEquals(0, rig.read("maps/a", 0, 0).length);
    }

    @Test
    void whatIsMissingIsNotFound() {
        failure(Reason.NOT_FOUND, () -> rig.read("maps/a", 0, 1));
        failure(Reason.NOT_FOUND, () -> rig.read("maps/a/b", 0, 1));
        failure(Reason.NOT_FOUND, () -> rig.stat("maps/a"));
        failure(Reason.NOT_FOUND, () -> rig.entries("maps/a", ""));
        rig.grant(root.resolve("nowhere").toString());
        String why = failure(Reason.NOT_FOUND, () -> rig.stat("nowhere"));
        assertTrue(why.contains("the operator has to mend it"), why);
    }

    @Test
    void aFileIsNoDirectoryAndADirectoryNoFile() throws Exception {
        Files.createDirectories(rig.maps.resolve("d"));
        Files.writeString(rig.maps.resolve("f"), "x");
        failure(Reason.INVALID, () -> rig.read("maps/d", 0, 1));
        failure(Reason.INVALID, () -> rig.read("maps", 0, 1));
        failure(Reason.NOT_FOUND, () -> rig.entries("maps/f", ""));
        failure(Reason.NOT_FOUND, () -> rig.read("maps/f/g", 0, 1));
        rig.grant(rig.maps.resolve("f").toString());
        failure(Reason.NOT_FOUND, () -> rig.stat("f"));
    }

    @Test
    void statTellsOfFilesAndDirectories() throws Exception {
        Path f = Files.writeString(rig.maps.resolve("f"), "abc");
        Files.setLastModifiedTime(f, FileTime.from(1_234_567_891L, TimeUnit.MILLISECONDS));
        assertEquals(new Entry("f", 3, 1_234_567_891_000_000L, false), rig.stat("maps/f"));
        assertEquals("maps", rig.stat("maps").name());
        assertTrue(rig.stat("maps").directory());
        assertEquals(0, rig.stat("maps").size());
    }

    @Test
    void entriesTellWhatStatTells() throws Exception {
        Files.writeString(rig.maps.resolve("f"), "abc");
        Files.createDirectory(rig.maps.resolve("d"));
        assertEquals(
                List.of(rig.stat("maps/d"), rig.stat("maps/f")),
                rig.read.entries(rig.call, "maps", ""));
    }

    @Test
    void entriesComeInTheOrderOfTheirBytesAndInPages() throws Exception {
        rig.files.modified(Map.of("maxEntries", "2"));
        for (String name : List.of("b", "a", "B", "c", "\ud83d\ude00", "\uffe6")) {
            Files.writeString(rig.maps.resolve(name), "x");
        }
        Files.createDirectory(rig.maps.resolve("d"));
        Files.writeString(rig.maps.resolve(PluginPath.ASIDE + "1"), "x");
        Files.writeString(rig.maps.resolve("back\\slash"), "x");
        assertEquals(List.of("B", "a"), rig.entries("maps", ""));
        assertEquals(List.of("b", "c"), rig.entries("maps", "a"));
        assertEquals(List.of("d", "\uffe6"), rig.entries("maps", "c"));
        assertEquals(List.of("\ud83d\ude00"), rig.entries("maps", "\uffe6"));
        assertEquals(List.of(), rig.entries("maps", "\ud83d\ude00"));
    }

    @Test
    void aReadHasALimitAndTheCallHasOne() throws Exception {
        rig.files.modified(Map.of("maxReadBytes", "2048", "maxCallReadBytes", "3000"));
        Files.write(rig.maps.resolve("a"), new byte[5000]);
        failure(Reason.INVALID, () -> rig.read("maps/a", 0, (1 << 20) + 1));
        String why = failure(Reason.LIMIT, () -> rig.read("maps/a", 0, 2049));
        assertTrue(why.contains("raise maxReadBytes in conf/io.trinity.files.cfg"), why);
        rig.read("maps/a", 0, 2048);
        why = failure(Reason.LIMIT, () -> rig.read("maps/a", 0, 2048));
        assertTrue(why.contains("raise maxCallReadBytes in conf/io.trinity.files.cfg"), why);
        assertEquals(952, rig.read("maps/a", 0, 952).length);
        rig.call = Rig.callOf(20_000);
        assertEquals(2048, rig.read("maps/a", 0, 2048).length);
    }

    @Test
    void callsOfADependencyWithinOneCallHaveALimitEach() throws Exception {
        rig.close();
        rig = new Rig(root, Map.of("maxCallReadBytes", "4096"), FileChannel::write);
        Files.write(rig.maps.resolve("a"), new byte[4096]);
        // On one thread, with one deadline: as the calls of a plugin by another one have them.
        HostCall outer = Rig.callOf(30_000);
        for (int i = 0; i < 3; i++) {
            rig.call = new HostCall(Rig.PLUGIN, outer.deadlineNanos());
            assertEquals(4096, rig.read("maps/a", 0, 4096).length);
            failure(Reason.LIMIT, () -> rig.read("maps/a", 0, 1));
        }
    }

    @Test
    void aCallThatIsOverReadsNothing() throws Exception {
        Files.writeString(rig.maps.resolve("a"), "x");
        rig.call = Rig.callOf(-1);
        failure(Reason.TIMEOUT, () -> rig.text("maps/a"));
        failure(Reason.TIMEOUT, () -> rig.stat("maps/a"));
        failure(Reason.TIMEOUT, () -> rig.entries("maps", ""));
        failure(Reason.TIMEOUT, () -> rig.write("maps/b", 0, "x"));
        assertEquals(1, Rig.contents(rig.maps).size() - 1);
    }

    @Test
    void aFileSystemThatHangsEndsTheCallAtItsDeadline() throws Exception {
        CountDownLatch hang = new CountDownLatch(1);
        Semaphore arrived = new Semaphore(0);
        Copying.Disk slow =
                (file, bytes, at) -> {
                    arrived.release();
                    try {
                        hang.await();
                    } catch (InterruptedException e) {
                        throw new InterruptedIOException();
                    }
                    return file.write(bytes, at);
                };
        try (Rig stuck = new Rig(root, Map.of(), slow)) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 1; i < DiskThreads.OF_PLUGIN; i++) {
                String path = "maps/" + i;
                writers.add(
                        CompletableFuture.runAsync(
                                () -> assertDoesNotThrow(() -> stuck.write(path, 0, new byte[1])),
                                r -> new Thread(r).start()));
            }
            arrived.acquire(writers.size());
            // Nobody is hindered as long as one thread is left.
            stuck.stat("maps");
            stuck.call = Rig.callOf(2_000);
            String why = failure(Reason.TIMEOUT, () -> stuck.write("maps/0", 0, "x"));
            assertTrue(why.contains("as a whole or not at all"), why);
            arrived.acquire();
            stuck.call = Rig.callOf(100);
            why = failure(Reason.TIMEOUT, () -> stuck.stat("maps"));
            assertTrue(why.contains("still under way"), why);
            hang.countDown();
            stuck.call = Rig.callOf(30_000);
            stuck.stat("maps");
            for (CompletableFuture<Void> writer : writers) {
                writer.get();
            }
            stuck.write("maps/0", 0, "y");
            assertEquals("y", stuck.text("maps/0"));
        }
    }
}
