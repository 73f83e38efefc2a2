package io.trinity.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever the path, the files outside are neither read nor changed. */
class CanaryPropertyTest {
    private static Path root;
    private static Rig rig;

    @BeforeContainer
    static void open() throws IOException {
        root = Files.createTempDirectory("trinity-canary");
        rig =
                new Rig(
                        root,
                        Map.of("maxCallWriteBytes", 1L << 32, "maxWrittenBytes", 1L << 40),
                        java.nio.channels.FileChannel::write);
        rig.call = Rig.callOf(600_000);
        Files.createDirectories(rig.maps.resolve("a"));
        Files.createSymbolicLink(rig.maps.resolve("out"), rig.outside);
        Files.createSymbolicLink(rig.maps.resolve("a/root"), Path.of("/"));
        Files.createSymbolicLink(rig.maps.resolve("file"), rig.secret);
    }

    @AfterContainer
    static void close() throws IOException {
        rig.close();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> part =
                Arbitraries.oneOf(
                        Arbitraries.of(
                                "maps",
                                "a",
                                "out",
                                "root",
                                "file",
                                "secret",
                                "outside",
                                "granted",
                                "..",
                                ".",
                                "",
                                "...",
                                "\\",
                                "%2e%2e",
                                "\0",
                                "b",
                                "proc",
                                "self",
                                root.toString().substring(1)),
                        Arbitraries.strings().ofMaxLength(8));
        Arbitrary<String> tail = part.list().ofMaxSize(8).map(l -> String.join("/", l));
        return Arbitraries.oneOf(
                tail.map(t -> "maps/" + t),
                tail.map(t -> "/" + t),
                tail,
                tail.map(t -> "maps" + t));
    }

    @Property(tries = 1500)
    void noPathReachesTheCanary(@ForAll("paths") String path) throws IOException {
        String read = "";
        try {
            read = new String(rig.read(path, 0, 100), StandardCharsets.UTF_8);
        } catch (HostFailure e) {
            String asked = root.toString().substring(1);
            assertTrue(path.contains(asked) || !e.getMessage().contains(asked), e.getMessage());
        }
        assertFalse(read.contains(Rig.CANARY), path);
        attempt(() -> rig.write(path, 0, "x"));
        attempt(() -> rig.resize(path, 3));
        attempt(() -> rig.remove(path));
        attempt(() -> rig.open(path, true, false, true));
        attempt(() -> rig.append(path, "x"));
        attempt(() -> rig.makeDirectory(path));
        attempt(() -> rig.removeFile(path));
        attempt(() -> rig.removeDirectory(path));
        assertEquals(Map.of("", "", "secret", Rig.CANARY), Rig.contents(rig.outside), path);
        try (Stream<Path> top = Files.list(root)) {
            assertEquals(2, top.count(), path);
        }
    }

    private interface Change {
        void run() throws HostFailure;
    }

    private static void attempt(Change change) {
        try {
            change.run();
        } catch (HostFailure e) {
            assertFalse(e.getMessage().isEmpty());
        }
    }
}
