package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GivenFilesTest {
    private static final byte[] BYTES = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;
    private Path lock;
    private GivenFiles files;

    @BeforeEach
    void home() throws IOException {
        Path data = Files.createDirectories(folder.resolve("home/data/storage"));
        lock = Files.writeString(data.resolveSibling("lock"), "1");
        files = new GivenFiles(new Home(folder.resolve("home")));
        Files.write(folder.resolve("in"), BYTES);
    }

    private byte[] read(String name) {
        return files.read(folder, name, 100, "it takes");
    }

    private void refused(String name, String why) {
        for (var command :
                new Runnable[] {
                    () -> files.input(folder, name),
                    () -> read(name),
                    () -> files.write(folder, name, BYTES)
                }) {
            CommandFailure e = assertThrows(CommandFailure.class, command::run);
            assertTrue(
                    e.getMessage().startsWith("FILE_KIND: " + folder.resolve(name)), e::getMessage);
            assertTrue(e.getMessage().contains(why), e::getMessage);
        }
    }

    private static final String OWN = " is the host's own, which no command opens";

    @Test
    void anOrdinaryFileIsReadAndWritten() throws IOException {
        assertArrayEquals(BYTES, read("in"));
        assertEquals(folder.resolve("out"), files.write(folder, "out", BYTES));
        assertArrayEquals(BYTES, Files.readAllBytes(folder.resolve("out")));
        files.write(folder, "out", new byte[] {1});
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(folder.resolve("out")));
    }

    @Test
    void aFileOfTheHostsOwnIsOpenedUnderNoName() throws IOException {
        refused("home/data/lock", OWN);
        Files.createSymbolicLink(folder.resolve("link"), lock);
        refused("link", OWN);
        Files.createSymbolicLink(folder.resolve("there"), lock.getParent());
        refused("there/lock", OWN);
        Files.createLink(folder.resolve("hard"), lock);
        refused("hard", OWN);
        Path key = Files.writeString(lock.resolveSibling("storage").resolve("k"), "v");
        Files.createLink(folder.resolve("key"), key);
        refused("key", OWN);
        assertEquals("1", Files.readString(lock));
        fails(
                "FILE_KIND: %s is the host's own, which no command opens: it lies in %s; copy it, and name the copy"
                        .formatted(lock, lock.getParent()),
                () -> files.looked(folder, "home/data/lock"));
    }

    @Test
    void nothingNewIsMadeAmongTheHostsOwn() {
        assertThrows(
                CommandFailure.class, () -> files.write(folder, "home/data/storage/new", BYTES));
        assertTrue(Files.notExists(lock.resolveSibling("storage").resolve("new")));
    }

    @Test
    void anInputThatIsKeptIsReadAndNotWritten() throws IOException {
        Path kept = Files.createDirectories(lock.resolveSibling("failed")).resolve("a");
        Files.write(kept, BYTES);
        Files.createLink(folder.resolve("kept"), kept);
        assertArrayEquals(BYTES, read("home/data/failed/a"));
        assertArrayEquals(BYTES, read("kept"));
        assertThrows(CommandFailure.class, () -> files.write(folder, "home/data/failed/a", BYTES));
        assertThrows(CommandFailure.class, () -> files.write(folder, "kept", BYTES));
    }

    @Test
    void anotherNameOfAFileThatIsNotTheHostsIsNoMatter() throws IOException {
        Files.createLink(folder.resolve("other"), folder.resolve("in"));
        assertArrayEquals(BYTES, read("other"));
    }

    @Test
    void aDirectoryIsCalledOne() throws IOException {
        Files.createDirectory(folder.resolve("dir"));
        refused("dir", "dir is a directory; name a file");
        fails(
                "FILE_KIND: %s is a directory; name a file".formatted(folder.resolve("dir")),
                () -> files.write(folder, "dir", BYTES));
    }

    /** Whoever opened it would wait for somebody at its other end. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeIsNeverOpened() throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("fifo").toString()).start();
        assumeTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0);
        refused("fifo", "fifo is a pipe, a socket or a device; name a file");
        refused("/dev/null", "/dev/null is a pipe, a socket or a device; name a file");
    }

    @Test
    void whatIsNotThereIsToldInWords() {
        fails("NOT_FOUND: there is no file " + folder.resolve("no"), () -> read("no"));
        fails(
                "cannot write %s: there is no directory %s"
                        .formatted(folder.resolve("no/x"), folder.resolve("no")),
                () -> files.write(folder, "no/x", BYTES));
        CommandFailure e = assertThrows(CommandFailure.class, () -> read("a\0b"));
        assertTrue(e.getMessage().startsWith("NOT_FOUND: no file has the name '"), e::getMessage);
        assertEquals(folder.resolve("no"), files.looked(folder, "no"));
    }

    @Test
    void whatIsTooLargeIsNotTakenIntoMemory() {
        fails(
                folder.resolve("in") + " has 5 bytes; it takes at most 4",
                () -> files.read(folder, "in", 4, "it takes"));
    }
}
