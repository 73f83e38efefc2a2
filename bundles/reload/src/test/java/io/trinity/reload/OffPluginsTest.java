package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffPluginsTest {
    @TempDir Path folder;

    private OffPlugins open() {
        return new OffPlugins(folder.resolve("plugins").resolve("disabled"));
    }

    @Test
    void whatIsOffIsSoAfterARestartWhateverItsFileIsCalled() {
        open().add("a", "x.wasm");
        assertTrue(open().contains("a"));
        assertTrue(open().remove("a"));
        assertFalse(open().contains("a"));
        assertFalse(open().remove("a"));
    }

    @Test
    void whatAnEarlierVersionWroteIsUnderstood() throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(
                folder.resolve("plugins").resolve("disabled"),
                "{\"a.wasm\":\"a\",\"bad.wasm\":\"bad.wasm\"}");
        assertTrue(open().contains("a"));
        assertTrue(open().contains("bad.wasm"));
        assertFalse(open().contains("a.wasm"));
    }

    @Test
    void aDamagedFileIsToldOfAndTurnsNothingOff() throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(folder.resolve("plugins").resolve("disabled"), "{\"a.wasm");
        OffPlugins off = open();
        assertFalse(off.contains("a"));
        off.add("b", "b.wasm");
        assertTrue(open().contains("b"));
    }

    @Test
    void whatCannotBeWrittenHasNotHappened() throws IOException {
        Files.writeString(folder.resolve("plugins"), "a file where the folder belongs");
        OffPlugins off = open();
        PluginException e = assertThrows(PluginException.class, () -> off.add("a", "a.wasm"));
        assertEquals(ErrorCode.STORE_FAILED, e.code());
        assertFalse(off.contains("a"));
    }
}
