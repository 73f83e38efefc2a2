package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        rig.settle();

        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
        assertTrue(rig.watch.isSettled());
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
        rig.settle();

        assertTrue(rig.watch.isSettled());
        assertEquals("alpha 1.0.0 active a.wasm", rig.line("alpha"));
    }

    /** alpha 1.0.0 serves from a.wasm. */
    private void served() {
        rig.write("a.wasm", "alpha 1.0.0");
        rig.look(0);
        rig.look(500);
        rig.settle();
    }
}
