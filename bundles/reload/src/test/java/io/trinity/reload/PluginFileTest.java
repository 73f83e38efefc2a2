package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFileTest {
    @TempDir Path folder;

    private static ErrorCode refused(Path path) {
        return assertThrows(PluginException.class, () -> PluginFile.read(path, 1000)).code();
    }

    @Test
    void aFileIsReadWholeWithItsDigest() throws IOException {
        PluginFile f = PluginFile.read(Files.writeString(folder.resolve("a.wasm"), "abc"), 1000);
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", f.digest());
    }

    @Test
    void aDirectoryALinkToNothingAndAMissingFileAreRefused() throws IOException {
        assertEquals(ErrorCode.FILE_KIND, refused(Files.createDirectory(folder.resolve("d.wasm"))));
        Path link = Files.createSymbolicLink(folder.resolve("l.wasm"), folder.resolve("none"));
        assertEquals(ErrorCode.FILE_UNREADABLE, refused(link));
        assertTrue(PluginFile.exists(link));
        assertEquals(ErrorCode.FILE_UNREADABLE, refused(folder.resolve("none.wasm")));
    }

    @Test
    void aHugeFileIsRefusedBySizeAndNotRead() throws IOException {
        Path huge = folder.resolve("huge.wasm");
        try (RandomAccessFile f = new RandomAccessFile(huge.toFile(), "rw")) {
            f.setLength(200L << 20);
        }
        assertEquals(ErrorCode.FILE_TOO_LARGE, refused(huge));
    }

    @Test
    void aFileIsListedByANameThatNoPluginCanHaveAndNoTerminalTrips() {
        assertEquals("a b\\u{1b}.wasm", PluginFile.key(Path.of("a b\u001b.wasm")));
        assertEquals("lidar.wasm", PluginFile.key(Path.of("x/lidar.wasm")));
    }

    @Test
    void aNameMeansAFileInTheFolderAndNothingElse() throws IOException {
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        Path file = Files.writeString(plugins.resolve("größe b.wasm"), "x");
        Files.writeString(folder.resolve("out.wasm"), "x");
        Files.writeString(plugins.resolve("notes.txt"), "x");
        Files.writeString(plugins.resolve(".part.wasm"), "x");
        Files.writeString(Files.createDirectory(plugins.resolve("sub")).resolve("in.wasm"), "x");
        assertEquals(Optional.of(file), PluginFile.in(plugins, "größe b.wasm"));
        for (String other :
                List.of(
                        "../out.wasm",
                        folder.resolve("out.wasm").toString(),
                        "./größe b.wasm",
                        "sub/in.wasm",
                        "sub/../../out.wasm",
                        "..",
                        "",
                        "a\0b.wasm",
                        "notes.txt",
                        ".part.wasm",
                        "none.wasm")) {
            assertEquals(Optional.empty(), PluginFile.in(plugins, other), other);
        }
    }

    @Test
    void anAbsoluteNameIsNoneThoughItHasOnePartOnly() throws IOException {
        try (FileSystem zip =
                FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
            Path plugins = Files.createDirectory(zip.getPath("/plugins"));
            Files.writeString(zip.getPath("/out.wasm"), "x");
            assertEquals(Optional.empty(), PluginFile.in(plugins, "/out.wasm"));
        }
    }
}
