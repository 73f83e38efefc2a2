package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisabledFilesTest {
    @TempDir Path folder;

    private DisabledFiles open() {
        return new DisabledFiles(folder.resolve("plugins").resolve("disabled"));
    }

    @Test
    void whatIsDisabledIsSoAfterARestart() {
        open().add("a.wasm", "a");
        assertEquals(Optional.of("a"), open().plugin("a.wasm"));
        open().remove("a.wasm");
        assertEquals(Optional.empty(), open().plugin("a.wasm"));
    }

    @Test
    void whatWentAwayIsForgotten() {
        DisabledFiles files = open();
        files.add("a.wasm", "a");
        files.add("b.wasm", "b");
        files.forgetAllBut("b.wasm"::equals);
        assertEquals(Optional.empty(), open().plugin("a.wasm"));
        assertEquals(Optional.of("b"), open().plugin("b.wasm"));
    }

    @Test
    void aDamagedFileIsToldOfAndDisablesNothing() throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(folder.resolve("plugins").resolve("disabled"), "{\"a.wasm");
        DisabledFiles files = open();
        assertEquals(Optional.empty(), files.plugin("a.wasm"));
        files.add("b.wasm", "b");
        assertEquals(Optional.of("b"), open().plugin("b.wasm"));
    }

    @Test
    void whatCannotBeWrittenHasNotHappened() throws IOException {
        Files.writeString(folder.resolve("plugins"), "a file where the folder belongs");
        DisabledFiles files = open();
        PluginException e = assertThrows(PluginException.class, () -> files.add("a.wasm", "a"));
        assertEquals(ErrorCode.STORE_FAILED, e.code());
        assertTrue(files.plugin("a.wasm").isEmpty());
    }
}
