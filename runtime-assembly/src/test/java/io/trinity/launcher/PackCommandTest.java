package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackCommandTest {
    private static final byte[] EMPTY_MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

    @TempDir Path folder;
    private Path module;
    private Path manifest;

    @BeforeEach
    void files() throws IOException {
        module = Files.write(folder.resolve("m.wasm"), EMPTY_MODULE);
        manifest =
                Files.writeString(
                        folder.resolve("m.json"),
                        """
                        {"manifest": 1, "name": "echo", "version": "1.0.0",
                         "type": "pipeline_stage"}
                        """);
    }

    @Test
    void theModuleGetsItsManifest() throws IOException {
        Path out = folder.resolve("out.wasm");
        assertEquals(
                0,
                PackCommand.run(
                        List.of(module.toString(), manifest.toString(), "-o", out.toString())));
        String packed = new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1);
        assertTrue(packed.contains("trinity:manifest{\"manifest\""), packed);
        assertArrayEquals(EMPTY_MODULE, Files.readAllBytes(module));
    }

    @Test
    void whatIsWrongIsToldAndNothingIsWritten() throws IOException {
        refused("there is no file nowhere", "nowhere", manifest.toString());
        refused("usage: ./tri pack", module.toString());
        Files.writeString(manifest, "{}");
        refused("MANIFEST_INVALID", module.toString(), manifest.toString());
        assertArrayEquals(EMPTY_MODULE, Files.readAllBytes(module));
    }

    @Test
    void whatCannotBePutInItsPlaceLeavesNothingBesideIt() throws IOException {
        Path out = Files.createDirectories(folder.resolve("out/full")).getParent();
        List<String> words = List.of(module.toString(), manifest.toString(), "-o", out.toString());
        assertThrows(IOException.class, () -> PackCommand.run(words));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(Set.of(module, manifest, out), left.collect(Collectors.toSet()));
        }
    }

    private static void refused(String message, String... words) {
        Failure e = assertThrows(Failure.class, () -> PackCommand.run(List.of(words)));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}
