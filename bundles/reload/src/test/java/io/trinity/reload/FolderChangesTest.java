package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FolderChangesTest {
    private static final Path A = Path.of("/p/a.wasm");
    private static final Path B = Path.of("/p/b.wasm");

    private final FolderChanges changes = new FolderChanges();
    private final Map<Path, String> files = new TreeMap<>();
    private Optional<String> trouble = Optional.empty();
    private String identity = "1:1";
    private boolean expected = true;

    /** Looks, and deals with whatever is due. */
    private List<Path> look(long now) {
        FolderChanges.Due due = feed(now);
        due.changed().forEach(f -> changes.dealtWith(f, Optional.of(files.get(f))));
        due.gone().forEach(f -> changes.dealtWith(f, Optional.empty()));
        return due.changed();
    }

    private FolderChanges.Due feed(long now) {
        FolderLook look =
                trouble.isPresent()
                        ? new FolderLook(trouble, "", Map.of(), Map.of())
                        : new FolderLook(trouble, identity, Map.copyOf(files), Map.of());
        return changes.feed(look, f -> Optional.empty(), expected, 500, now);
    }

    @Test
    void aFileIsReadOnceItIsStillAndThenNoMore() {
        files.put(A, "1");
        assertEquals(List.of(), look(0));
        assertFalse(changes.isSettled());
        files.put(A, "2");
        assertEquals(List.of(), look(400));
        assertEquals(List.of(), look(600));
        assertEquals(List.of(A), look(900));
        assertEquals(List.of(), look(2000));
        assertTrue(changes.isSettled());
    }

    @Test
    void aFileThatIsTakenAwayAndPutBackIsOneChange() {
        files.put(A, "1");
        look(0);
        look(500);
        files.remove(A);
        assertEquals(List.of(), feed(600).gone());
        files.put(A, "2");
        assertEquals(List.of(), feed(700).gone());
        assertEquals(List.of(A), look(1200));
    }

    @Test
    void aFileThatIsAwayForTheWholeTimeIsGone() {
        files.put(A, "1");
        files.put(B, "1");
        look(0);
        look(500);
        files.remove(A);
        assertEquals(List.of(), feed(600).gone());
        assertEquals(List.of(A), feed(1100).gone());
    }

    @Test
    void aFileThatIsPutBackAsItWasIsNoChange() {
        files.put(A, "1");
        look(0);
        look(500);
        files.remove(A);
        look(600);
        files.put(A, "1");
        assertEquals(List.of(), look(700));
        assertTrue(changes.isSettled());
    }

    @Test
    void aFolderThatIsNotThereHasLostNothing() {
        files.put(A, "1");
        look(0);
        look(500);
        trouble = Optional.of("is not there");
        assertEquals(List.of(), feed(600).gone());
        assertEquals(List.of(), feed(5000).gone());
        assertEquals(trouble, changes.held());
        trouble = Optional.empty();
        assertEquals(List.of(), look(6000));
        assertEquals(Optional.empty(), changes.held());
    }

    @Test
    void anEmptyFolderThatIsAnotherThanBeforeHasLostNothingUntilSomethingLiesInIt() {
        files.put(A, "1");
        look(0);
        look(500);
        identity = "1:2";
        files.clear();
        assertEquals(List.of(), feed(600).gone());
        assertEquals(List.of(), feed(5000).gone());
        assertTrue(changes.held().isPresent());
        files.put(B, "1");
        look(6000);
        assertEquals(List.of(A), feed(6500).gone());
    }

    @Test
    void allFilesTakenOutOfTheSameFolderAreGone() {
        files.put(A, "1");
        look(0);
        look(500);
        files.clear();
        look(600);
        assertEquals(List.of(A), feed(1100).gone());
    }

    @Test
    void whoIsToldOfReadsAFileThatLooksAsItDid() {
        files.put(A, "1");
        look(0);
        look(500);
        changes.told(A);
        assertFalse(changes.isSettled());
        look(600);
        assertEquals(List.of(A), look(1100));
        assertTrue(changes.isSettled());
    }

    @Test
    void aFileLoadedByCommandBeforeAnyLookSawItGoesWithIt() {
        expected = false;
        look(0);
        expected = true;
        changes.dealtWith(A, Optional.of("1"));
        look(100);
        assertEquals(List.of(A), feed(600).gone());
    }
}
