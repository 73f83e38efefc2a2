package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A restart brings the same plugins back, without compiling and without doubles, also after kill
 * -9.
 */
public class RestartTest {
    private static final int KILLS = 3;

    @Rule public TemporaryFolder folder = new TemporaryFolder();
    private Tri tri;

    @Before
    public void home() throws IOException {
        tri = new Tri(folder.newFolder("home").toPath());
    }

    @After
    public void end() {
        tri.close();
    }

    private int compilations() throws IOException {
        return tri.log().split("serves compileMillis=", -1).length - 1;
    }

    private long bundlesOf(String plugin) throws IOException, InterruptedException {
        return tri.exec("lb").lines().filter(l -> l.contains("Trinity plugin " + plugin)).count();
    }

    private String answer(String plugin) throws IOException, InterruptedException {
        tri.put("data/payload", "abc".getBytes(StandardCharsets.UTF_8));
        return tri.exec(
                "plugin:call " + plugin + " --payload-file " + tri.home().resolve("data/payload"));
    }

    @Test
    public void pluginsComeBackAsTheyWere() throws IOException, InterruptedException {
        tri.start();
        tri.putFixture("stamp-1", "stamp.wasm");
        tri.putFixture("other", "other.wasm");
        tri.awaitPlugin("stamp", "1.0.0");
        tri.awaitPlugin("other", "1.0.0");
        tri.putFixture("stamp-2", "stamp.wasm");
        tri.awaitPlugin("stamp", "2.0.0");
        Map<String, Object> before = tri.plugin("stamp");
        assertEquals(3, compilations());
        tri.stop();

        tri.start();
        tri.awaitPlugin("stamp", "2.0.0");
        tri.awaitPlugin("other", "1.0.0");
        Map<String, Object> after = tri.plugin("stamp");
        assertEquals(before.get("generation"), after.get("generation"));
        assertEquals(before.get("bundle"), after.get("bundle"));
        assertEquals("nothing was compiled again", 3, compilations());
        assertEquals(1, bundlesOf("stamp"));
        assertTrue(answer("stamp").contains("2bc"));
    }

    @Test
    public void aConfigurationWhoseFileWentWhileItWasDownIsNotInEffect()
            throws IOException, InterruptedException {
        tri.start();
        tri.put(
                "conf/io.trinity.pipeline-second.cfg",
                "inbox=second\n".getBytes(StandardCharsets.UTF_8));
        tri.awaitFile("second");
        assertTrue(tri.exec("pipeline:list").contains("second"));
        tri.stop();
        Files.delete(tri.home().resolve("conf/io.trinity.pipeline-second.cfg"));

        tri.start();
        assertTrue(!tri.exec("pipeline:list").contains("second"));
        assertTrue(tri.log().contains("configuration dropped: its file"));
    }

    @Test
    public void inputsThatLieThereAtTheStartWaitForThePlugins()
            throws IOException, InterruptedException {
        tri.start();
        tri.putFixture("stamp-1", "stamp.wasm");
        tri.awaitPlugin("stamp", "1.0.0");
        tri.stop();
        tri.put("inbox/early.txt", "abc".getBytes(StandardCharsets.UTF_8));

        tri.start();
        tri.awaitFile("outbox/early.txt.jsonl");
        String result = Files.readString(tri.home().resolve("outbox/early.txt.jsonl"));
        assertTrue(result, result.contains("\"stamp\""));
    }

    @Test
    public void filesThatChangedOrWentWhileItWasDownAreSeen()
            throws IOException, InterruptedException {
        tri.start();
        tri.putFixture("stamp-1", "stamp.wasm");
        tri.putFixture("other", "other.wasm");
        tri.awaitPlugin("stamp", "1.0.0");
        tri.awaitPlugin("other", "1.0.0");
        tri.kill();
        tri.putFixture("stamp-2", "stamp.wasm");
        Files.delete(tri.home().resolve("plugins/other.wasm"));
        tri.start();
        tri.awaitPlugin("stamp", "2.0.0");
        assertEquals(Map.of(), tri.plugin("other"));
        assertEquals(0, bundlesOf("other"));
        assertEquals(1, bundlesOf("stamp"));
    }

    @Test
    public void killedAtAnyMomentItComesBackWithOneWholeGenerationAndLosesNoFile()
            throws IOException, InterruptedException {
        Random random = new Random();
        long seed = random.nextLong();
        random.setSeed(seed);
        tri.start();
        for (int round = 1; round <= KILLS; round++) {
            String version = round % 2 == 0 ? "2" : "1";
            String file = "data-" + round + ".txt";
            tri.putFixture("stamp-" + version, "stamp.wasm");
            tri.put("inbox/" + file, ("round " + round).getBytes(StandardCharsets.UTF_8));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(2500)));
            tri.kill();
            tri.start();
            tri.awaitPlugin("stamp", version + ".0.0");
            String where = "seed " + seed + " round " + round;
            assertEquals(where, 1, bundlesOf("stamp"));
            assertTrue(where, answer("stamp").contains(version + "bc"));
            tri.awaitFile("outbox/" + file + ".jsonl");
            List<String> lines =
                    Files.readAllLines(tri.home().resolve("outbox/" + file + ".jsonl"));
            assertTrue(where + lines, lines.get(lines.size() - 1).contains("\"status\":\"ok\""));
        }
    }
}
