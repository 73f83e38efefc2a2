package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.trinity.api.plugin.PluginState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** A person drops a plugin into one folder and a file into another, and sees the plugin's work. */
public class DropAPluginTest extends Scenario {
    private Path repository(String path) {
        return Path.of(context.getProperty("trinity.root")).resolve(path);
    }

    private List<String> resultOf(String file) throws IOException {
        Path lines = home().resolve("outbox").resolve(file + ".jsonl");
        await("the result of " + file + " is there", () -> Files.exists(lines));
        return Files.readAllLines(lines);
    }

    @Test
    public void aTextIsCountedAndNormalised() throws IOException {
        drop("tokenizer.wasm", Files.readAllBytes(repository("plugins/tokenizer/tokenizer.wasm")));
        byte[] text = Files.readAllBytes(repository("plugins/samples/opticks.txt"));
        put(home().resolve("inbox/opticks.txt"), text);
        List<String> lines = resultOf("opticks.txt");
        String summary = lines.get(lines.size() - 1);
        assertContains(summary, "\"status\":\"ok\"");
        assertContains(summary, "\"plugin\":\"tokenizer\"");
        assertContains(summary, "\"bytesIn\":" + text.length);
        String last = lines.get(lines.size() - 2);
        assertContains(last, "\"words\":\"12684\"");
        assertContains(last, "\"last\":true");
        String normal = Files.readString(home().resolve("outbox/opticks.txt"));
        assertEquals(normal.toLowerCase(java.util.Locale.ROOT), normal);
        assertTrue(normal.contains("light"));
        awaitState("tokenizer", PluginState.ACTIVE);
        removeFile("tokenizer.wasm");
        awaitGone("tokenizer");
    }

    @Test
    public void aPhotographBecomesAnEdgePicture() throws IOException {
        drop("edges.wasm", Files.readAllBytes(repository("plugins/edges/edges.wasm")));
        put(
                home().resolve("inbox/cat.png"),
                Files.readAllBytes(repository("plugins/samples/cat.png")));
        List<String> lines = resultOf("cat.png");
        assertContains(lines.get(lines.size() - 1), "\"status\":\"ok\"");
        byte[] picture = Files.readAllBytes(home().resolve("outbox/cat.png.pgm"));
        String header = new String(picture, 0, 15, StandardCharsets.ISO_8859_1);
        assertEquals("P5\n270 180\n255\n", header);
        assertEquals(15 + 270 * 180, picture.length);
        removeFile("edges.wasm");
        awaitGone("edges");
    }

    @Test
    public void withoutAPluginAFileComesOutAsItWentIn() throws IOException {
        byte[] sound = Files.readAllBytes(repository("plugins/samples/speech.wav"));
        put(home().resolve("inbox/speech.wav"), sound);
        assertContains(String.join("", resultOf("speech.wav")), "\"modality\":\"voice\"");
        assertEquals(
                java.util.Arrays.hashCode(sound),
                java.util.Arrays.hashCode(Files.readAllBytes(home().resolve("outbox/speech.wav"))));
    }

    @Test
    public void stagesArePassedInTheConfiguredOrder() throws IOException {
        configure("io.trinity.pipeline-main", "stages=stamp, other");
        dropFixture("stamp-1", "stamp.wasm");
        dropFixture("other", "other.wasm");
        awaitState("stamp", PluginState.ACTIVE);
        awaitState("other", PluginState.ACTIVE);
        put(home().resolve("inbox/order.txt"), "abc".getBytes(StandardCharsets.UTF_8));
        String summary = resultOf("order.txt").get(1);
        assertTrue(summary, summary.indexOf("stamp") < summary.indexOf("other"));
        assertEquals("obc", Files.readString(home().resolve("outbox/order.txt")));
        configure("io.trinity.pipeline-main", "stages=");
        removeFile("stamp.wasm");
        removeFile("other.wasm");
        awaitGone("stamp");
        awaitGone("other");
    }

    @Test
    public void aStageThatTrapsFailsItsFileAndNoOther() throws IOException {
        dropFixture("trap", "trap.wasm");
        awaitState("trap", PluginState.ACTIVE);
        put(home().resolve("inbox/bad.txt"), "x".getBytes(StandardCharsets.UTF_8));
        put(home().resolve("inbox/good.txt"), "y".getBytes(StandardCharsets.UTF_8));
        assertContains(resultOf("bad.txt").get(0), "GUEST_TRAP");
        assertContains(String.join("", resultOf("good.txt")), "\"status\":\"ok\"");
        assertTrue(Files.notExists(home().resolve("outbox/bad.txt")));
        removeFile("trap.wasm");
        awaitGone("trap");
    }
}
