package io.trinity.files;

import static io.trinity.files.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.wasi.PosixFiles.Outcome;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What WASI asks of files beyond the contract. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PosixTest {
    @TempDir Path root;
    private Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(root);
    }

    @AfterEach
    void nothingOfOursIsLeft() throws Exception {
        rig.close();
        assertEquals(List.of(), Rig.temporaryFiles(rig.maps));
        assertEquals(0, rig.files.changing().locksHeld());
    }

    private Map<String, String> maps() throws Exception {
        return Rig.contents(rig.maps);
    }

    @Test
    void openingMakesAndEmptiesAsItIsTold() throws Exception {
        failure(Reason.NOT_FOUND, () -> rig.open("maps/a", false, false, true));
        assertEquals(Outcome.DONE, rig.open("maps/a", true, false, false));
        assertEquals(Map.of("", "", "a", ""), maps());
        rig.write("maps/a", 0, "old");
        assertEquals(Outcome.DONE, rig.open("maps/a", true, false, false));
        assertEquals(Outcome.DONE, rig.open("maps/a", false, false, false));
        assertEquals(Outcome.EXISTS, rig.open("maps/a", true, true, true));
        assertEquals("old", rig.text("maps/a"));
        assertEquals(Outcome.DONE, rig.open("maps/a", false, false, true));
        assertEquals("", rig.text("maps/a"));
        assertEquals(Outcome.DONE, rig.open("maps/b", true, true, false));
    }

    @Test
    void openingMakesNoDirectoriesAndOpensNone() throws Exception {
        failure(Reason.NOT_FOUND, () -> rig.open("maps/d/a", true, false, false));
        Files.createDirectory(rig.maps.resolve("d"));
        assertEquals(Outcome.IS_DIRECTORY, rig.open("maps/d", true, false, true));
        assertEquals(Outcome.EXISTS, rig.open("maps/d", true, true, false));
        assertEquals(Outcome.IS_DIRECTORY, rig.open("maps", true, false, true));
        assertEquals(Map.of("", "", "d", ""), maps());
    }

    @Test
    void aFileWithOtherNamesIsNotOpenedToBeWritten() throws Exception {
        Files.createLink(rig.maps.resolve("a"), rig.secret);
        failure(Reason.DENIED, () -> rig.open("maps/a", false, false, true));
        failure(Reason.DENIED, () -> rig.append("maps/a", "x"));
        assertEquals(Rig.CANARY, Files.readString(rig.secret));
    }

    @Test
    void whatIsMadeAndAppendedCountsAsWritten() throws Exception {
        rig.open("maps/a", true, false, false);
        rig.makeDirectory("maps/d");
        rig.append("maps/a", "x".repeat(5000));
        assertEquals(2 * 4096 + 5000, rig.files.total().of(Rig.PLUGIN.name()));
        rig.close();
        rig = new Rig(root, Map.of("maxWrittenBytes", 9000L), FileChannel::write);
        rig.open("maps/b", true, false, false);
        failure(Reason.LIMIT, () -> rig.append("maps/a", "y"));
        rig.makeDirectory("maps/e");
        failure(Reason.LIMIT, () -> rig.open("maps/c", true, false, false));
        failure(Reason.LIMIT, () -> rig.makeDirectory("maps/f"));
        assertEquals(List.of("", "a", "b", "d", "e"), List.copyOf(maps().keySet()));
    }

    @Test
    void appendingGivesTheNewSize() throws Exception {
        failure(Reason.NOT_FOUND, () -> rig.append("maps/a", "x"));
        rig.open("maps/a", true, false, false);
        assertEquals(2, rig.append("maps/a", "ab"));
        assertEquals(2, rig.append("maps/a", ""));
        assertEquals(5, rig.append("maps/a", "cde"));
        assertEquals("abcde", rig.text("maps/a"));
    }

    @Test
    void manyWhoAppendAtOnceLoseNothing() throws Exception {
        rig.open("maps/a", true, false, false);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Long>> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(threads.submit(() -> rig.append("maps/a", "line\n")));
            }
            for (Future<Long> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals("line\n".repeat(40), rig.text("maps/a"));
    }

    @Test
    void oneDirectoryIsMadeAndOnlyOnce() throws Exception {
        failure(Reason.NOT_FOUND, () -> rig.makeDirectory("maps/d/e"));
        assertEquals(Outcome.DONE, rig.makeDirectory("maps/d"));
        assertEquals(Outcome.EXISTS, rig.makeDirectory("maps/d"));
        assertEquals(Outcome.DONE, rig.makeDirectory("maps/d/e"));
        assertEquals(Outcome.EXISTS, rig.makeDirectory("maps"));
        rig.write("maps/a", 0, "x");
        assertEquals(Outcome.EXISTS, rig.makeDirectory("maps/a"));
        assertTrue(Files.isDirectory(rig.maps.resolve("d/e")));
    }

    @Test
    void removingMindsWhatItRemoves() throws Exception {
        rig.write("maps/d/a", 0, "x");
        assertEquals(Outcome.IS_DIRECTORY, rig.removeFile("maps/d"));
        assertEquals(Outcome.NOT_EMPTY, rig.removeDirectory("maps/d"));
        assertEquals(Outcome.NOT_DIRECTORY, rig.removeDirectory("maps/d/a"));
        assertEquals("x", rig.text("maps/d/a"));
        assertEquals(Outcome.DONE, rig.removeFile("maps/d/a"));
        failure(Reason.NOT_FOUND, () -> rig.removeFile("maps/d/a"));
        assertEquals(Outcome.DONE, rig.removeDirectory("maps/d"));
        failure(Reason.NOT_FOUND, () -> rig.removeDirectory("maps/d"));
        failure(Reason.INVALID, () -> rig.removeDirectory("maps"));
    }

    @Test
    void theDirectoriesAreThoseThatCanBeNamed() throws Exception {
        rig.grant("/a/maps", "tables", "/b/maps", "/", "../x", "/c/atlas/");
        assertEquals(List.of("tables", "atlas"), rig.posix.directories(rig.call));
        rig.grants.scopes.put(Capability.FILE_READ, List.of());
        assertEquals(List.of(), rig.posix.directories(rig.call));
    }
}
