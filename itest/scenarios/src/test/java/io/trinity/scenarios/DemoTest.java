package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The guided demo: its exit code tells whether each thing that it shows held. */
public class DemoTest {
    @Rule public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void whatTheDemoShowsHoldsAndWhatDoesNotHoldIsSeen() throws Exception {
        // That all of it holds is seen where the README's commands are run word for word: here
        // all but one thing does.
        Path wrong = copy("wrong");
        // It then runs behind the plugin that signs, and the signature is in capitals.
        edit(wrong.resolve("lib/demo/shout.wasm"), "\"priority\": 200", "\"priority\": 800");
        Tri.Said seen = new Tri(wrong, wrong).run("plugin");
        assertEquals(seen.toString(), 1, seen.code());
        assertTrue(seen.out(), seen.out().contains("21 things shown, 20 held"));
        List<String> not = seen.out().lines().filter(l -> l.contains("DOES NOT HOLD")).toList();
        assertEquals(seen.out(), 1, not.size());
        assertTrue(not.toString(), not.get(0).contains("shout (200) came before sign (700)"));
    }

    private Path copy(String name) throws IOException {
        Path from = Path.of(System.getProperty("trinity.distribution"));
        Path to = folder.getRoot().toPath().resolve(name);
        try (Stream<Path> all = Files.walk(from)) {
            for (Path p : all.toList()) {
                Files.copy(p, to.resolve(from.relativize(p).toString()));
            }
        }
        return to;
    }

    private static void edit(Path file, String was, String is) throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(bytes.contains(was));
        Files.writeString(file, bytes.replace(was, is), StandardCharsets.ISO_8859_1);
    }
}
