package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {
    private Path root;
    private ReloadRig rig;

    @BeforeEach
    void rig(@TempDir Path root) throws IOException {
        this.root = root;
        rig = new ReloadRig(root);
        rig.boot();
    }

    @Test
    void aFileIsLoadedOnceItHasRestedAndNotBefore() {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.look(0);
        rig.look(400);
        rig.settle();
        assertEquals("", rig.line("alpha"));
        assertFalse(rig.watch.isSettled());
        rig.look(500);
        assertFalse(rig.watch.isSettled());
        rig.settle();

        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        assertTrue(rig.watch.isSettled());
    }

    @Test
    void aFileThatGoesBetweenTheLookAndItsReadingIsGone() {
        served();
        rig.delete("a.wasm");
        rig.watch.deal(rig.path("a.wasm"));
        rig.settle();
        assertEquals("alpha 1.0.0 active a.wasm FILE_UNREADABLE", rig.line("alpha"));
        rig.look(60_000);
        rig.look(61_000);
        rig.settle();
        assertEquals("", rig.line("alpha"));
        assertTrue(rig.watch.isSettled());
    }

    @Test
    void atTheStartAFileThatWasJustWrittenRestsFirstAndOthersAreLookedIntoAtOnce()
            throws IOException {
        rig.life();
        rig.write("a.wasm", "alpha 1.0.0");
        // Not old, however long this takes.
        Files.setLastModifiedTime(
                rig.path("a.wasm"), FileTime.from(Instant.now().plus(1, ChronoUnit.HOURS)));
        Files.createSymbolicLink(rig.path("b.wasm"), rig.path("nowhere"));
        rig.watch.boot();
        rig.settle();

        assertEquals("", rig.line("alpha"));
        assertEquals("b.wasm 0.0.0 error b.wasm FILE_UNREADABLE", rig.line("b.wasm"));
        assertFalse(rig.watch.isSettled());
        rig.delete("a.wasm");
        rig.watch.look(System.nanoTime());
        assertTrue(rig.watch.isSettled());
    }

    @Test
    void whatComesBackAndGoesAgainWaitsForOthersAsLongAsTheFirstTime() {
        served();
        for (int at = 1000; at <= 10_000; at += 500) {
            rig.write("b.wasm", "x".repeat(at));
            if (at == 1000 || at == 9000) {
                rig.delete("a.wasm");
            } else if (at == 2000) {
                rig.write("a.wasm", "alpha 1.0.0");
            }
            rig.look(at);
            rig.settle();
            assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"), "at " + at);
        }
    }

    @Test
    void aRemovalRestsAsAChangeDoes() {
        served();
        rig.delete("a.wasm");
        rig.look(1000);
        rig.look(1400);
        rig.settle();
        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        rig.look(1500);
        rig.settle();

        assertEquals("", rig.line("alpha"));
        assertTrue(rig.watch.isSettled());
    }

    @Test
    void whatIsMovedIsLookedIntoBeforeTheOldNameIsGone() throws IOException {
        served();
        rig.delete("a.wasm");
        rig.look(1000);
        rig.look(1400);
        rig.write("b.wasm", "alpha 1.0.0");
        rig.look(1500);
        rig.look(1900);
        rig.settle();
        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        rig.look(2000);
        rig.settle();
        rig.look(2100);
        rig.settle();

        assertEquals("alpha 1.0.0 active b.wasm", rig.line("alpha"));
        assertEquals(List.of("load alpha"), rig.steps.taken);
    }

    @Test
    void whatIsGoneDoesNotWaitForEverForOthersThatDoNotRest() {
        served();
        rig.delete("a.wasm");
        for (int at = 1000; at <= 6500; at += 100) {
            rig.write("b.wasm", "x".repeat(at));
            rig.look(at);
            rig.settle();
            assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        }
        rig.write("b.wasm", "x");
        rig.look(6600);
        rig.settle();

        assertEquals("", rig.line("alpha"));
    }

    @Test
    void aRefusedFileThatIsJustBeingWrittenIsNotTriedAgainBeforeItRests() {
        rig.write("a.wasm", "alpha 1.0.0 beta");
        rig.write("c.wasm", "");
        rig.look(0);
        rig.look(500);
        rig.settle();
        rig.steps.taken.clear();
        rig.write("a.wasm", "alpha 2.0.0 beta");
        rig.write("c.wasm", "gamma 1.0.0");
        rig.look(1000);
        rig.drop("b.wasm", "beta 1.0.0");
        rig.events.retry(EnumSet.of(ErrorCode.MODULE_MALFORMED));
        assertFalse(rig.events.isExamining(rig.path("c.wasm")));
        rig.settle();
        assertEquals(List.of("load beta"), rig.steps.taken);
        rig.look(1500);
        rig.settle();

        assertEquals(List.of("load beta", "load alpha", "load gamma"), rig.steps.taken);
    }

    @Test
    void aFolderThatIsNotThereUnloadsNothing() throws IOException {
        served();
        Path elsewhere = root.resolve("elsewhere");
        Files.move(rig.folder, elsewhere);
        for (int at = 1000; at <= 9000; at += 500) {
            rig.look(at);
            rig.settle();
        }
        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        Files.createDirectory(rig.folder);
        for (int at = 9500; at <= 12000; at += 500) {
            rig.look(at);
            rig.settle();
        }
        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        Files.move(elsewhere, rig.folder, StandardCopyOption.REPLACE_EXISTING);
        rig.look(12500);
        rig.look(13000);
        rig.settle();

        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        assertEquals(List.of("load alpha"), rig.steps.taken);
        assertTrue(rig.watch.isSettled());
    }

    @Test
    void whatIsToldOfByAnotherPathToTheFolderIsLookedInto() throws IOException {
        served();
        Path link = Files.createSymbolicLink(root.resolve("link"), rig.folder);
        rig.watch.told(link.resolve("a.wasm"));
        assertFalse(rig.watch.isSettled());
        rig.look(1000);
        rig.look(1500);
        assertTrue(rig.events.isExamining(rig.path("a.wasm")));
        rig.settle();

        assertTrue(rig.watch.isSettled());
        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        rig.watch.told(root.getRoot());
    }

    /** alpha 1.0.0 serves from a.wasm. */
    private void served() {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.look(0);
        rig.look(500);
        rig.settle();
    }
}
