package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitStoreTest {
    @TempDir Path folder;

    private static Commit commit(String plugin, long generation) {
        return new Commit(plugin, plugin + " \"odd\".wasm", generation, "ab".repeat(32));
    }

    @Test
    void whatWasCommittedLastIsReadBack() {
        CommitStore store = new CommitStore(folder);
        store.write(commit("a", 1));
        store.write(commit("b", 7));
        store.write(commit("a", 2));
        assertEquals(
                Map.of("a", commit("a", 2), "b", commit("b", 7)), new CommitStore(folder).all());
    }

    @Test
    void aCommitThatWasOnlyHalfWrittenLeavesTheOldOne() throws IOException {
        CommitStore store = new CommitStore(folder);
        store.write(commit("a", 1));
        Files.writeString(folder.resolve("a.json.new"), "{\"plugin\":\"a\",\"gene");
        assertEquals(Map.of("a", commit("a", 1)), store.all());
        store.write(commit("a", 2));
        assertEquals(Map.of("a", commit("a", 2)), store.all());
    }

    @Test
    void aDamagedFileCostsNoOtherPlugin() throws IOException {
        CommitStore store = new CommitStore(folder);
        store.write(commit("a", 1));
        Files.writeString(folder.resolve("b.json"), "{\"plugin\":\"b\"}");
        Files.writeString(folder.resolve("c.json"), "not json");
        assertEquals(Set.of("a"), store.all().keySet());
    }

    @Test
    void ofAPluginThatHasGoneTheLastNumberIsKept() {
        CommitStore store = new CommitStore(folder);
        store.write(commit("a", 1));
        store.end("a", 7);
        Commit end = store.all().get("a");
        assertEquals(Commit.end("a", 7), end);
        assertTrue(end.isEnd());
    }

    @Test
    void ofPluginsThatHaveGoneOnlyTheNewestAreRemembered() throws IOException {
        for (int i = 0; i < CommitStore.MOST_ENDED + 2; i++) {
            Path file =
                    Files.writeString(
                            folder.resolve("p" + i + ".json"),
                            "{\"plugin\":\"p%s\",\"file\":\"\",\"generation\":3,\"digest\":\"\"}"
                                    .formatted(i));
            // The first two by name are not the oldest.
            Files.setLastModifiedTime(file, FileTime.fromMillis(i < 2 ? 9_000_000 : i));
        }
        CommitStore store = new CommitStore(folder);
        new Committed(store).read();
        Set<String> left = store.all().keySet();
        assertEquals(CommitStore.MOST_ENDED, left.size());
        assertTrue(left.containsAll(Set.of("p0", "p1", "p4")), left::toString);
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldAsStoreFailed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        CommitStore store = new CommitStore(file);
        PluginException e = assertThrows(PluginException.class, () -> store.write(commit("a", 1)));
        assertEquals(ErrorCode.STORE_FAILED, e.code());
    }
}
