package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** All samples of the distribution together in one runtime, each doing what it is for. */
public class SamplesTest {
    private static final Map<String, String> TYPES =
            Map.of(
                    "calculator", "agent_behavior",
                    "edges", "pipeline_stage",
                    "glossary", "pipeline_stage",
                    "lidar", "modality_handler",
                    "notebook", "storage_backend",
                    "openmetrics", "metric_collector",
                    "redact", "-",
                    "tokenizer", "pipeline_stage");

    @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();
    private static final Path SAMPLES =
            Path.of(System.getProperty("trinity.distribution"), "plugins");
    private static Tri tri;

    @BeforeClass
    public static void start() throws IOException, InterruptedException {
        tri = new Tri(FOLDER.getRoot().toPath().resolve("home"));
        tri.start();
        for (String name : TYPES.keySet()) {
            tri.put(
                    "plugins/" + name + ".wasm",
                    Files.readAllBytes(SAMPLES.resolve(name + "/" + name + ".wasm")));
        }
        for (String name : TYPES.keySet()) {
            if (name.equals("glossary")) {
                grantTheGlossary();
            }
            tri.awaitPlugin(name, "1.0.0");
        }
    }

    /** The one that wants a capability which is not granted on declaration. */
    private static void grantTheGlossary() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(tri.home().resolve("glossary"));
        Files.copy(SAMPLES.resolve("glossary/terms.tsv"), folder.resolve("terms.tsv"));
        Scenario.await("it is refused", () -> isRefused("glossary"));
        String why = tri.exec("plugin:why glossary");
        assertTrue(why, why.contains("grants=file_read@"));
        assertTrue(why, why.contains("conf/io.trinity.plugin-glossary.cfg"));
        tri.exec("plugin:grant glossary file_read glossary");
    }

    private static boolean isRefused(String name) {
        try {
            return tri.plugin(name).get("error") != null;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @AfterClass
    public static void stop() throws IOException, InterruptedException {
        tri.stop();
        tri.close();
    }

    private static String lines(String file) throws IOException {
        return Files.readString(tri.home().resolve("outbox/" + file + ".jsonl"));
    }

    private static void run(String input) throws IOException, InterruptedException {
        tri.exec("pipeline:run main '" + SAMPLES.resolve("samples/" + input) + "'");
    }

    @Test
    public void everyTypeIsThereAndOnePluginWithHooksOnly() throws Exception {
        try (Stream<Path> all = Files.walk(SAMPLES)) {
            List<String> files =
                    all.map(p -> p.getFileName().toString())
                            .filter(f -> f.endsWith(".wasm"))
                            .map(f -> f.replace(".wasm", ""))
                            .sorted()
                            .toList();
            assertEquals(TYPES.keySet().stream().sorted().toList(), files);
        }
        for (Map.Entry<String, String> t : TYPES.entrySet()) {
            String info = tri.exec("plugin:info " + t.getKey());
            assertTrue(info, info.contains("type           " + t.getValue() + "\n"));
        }
    }

    @Test
    public void lidarTeachesThePipelineAFileFormat() throws Exception {
        run("lidar.pcd");
        // 4,530 points in the file's own header.
        List<String> chunks = lines("lidar.pcd").lines().filter(l -> l.contains("points")).toList();
        assertEquals(3, chunks.size());
        assertTrue(chunks.get(0).contains("\"modality\":\"lidar\""));
        assertTrue(chunks.get(0).contains("\"points\":\"2048\""));
        assertTrue(chunks.get(2).contains("\"points\":\"434\""));
        assertEquals(
                (2048 + 2048 + 434) * 12, Files.size(tri.home().resolve("outbox/lidar.pcd.out")));
    }

    @Test
    public void tokenizerAndEdgesEachTakeWhatIsTheirs() throws Exception {
        run("opticks.txt");
        assertTrue(lines("opticks.txt").contains("\"words\":\"12684\""));
        run("cat.png");
        String picture =
                Files.readString(
                        tri.home().resolve("outbox/cat.png.pgm"), StandardCharsets.ISO_8859_1);
        assertTrue(picture.startsWith("P5\n270 180\n255\n"));
    }

    @Test
    public void glossaryExplainsTheTermsOfAFileThatItWasGranted() throws Exception {
        run("opticks.txt");
        String first = lines("opticks.txt").lines().findFirst().orElse("");
        assertTrue(first, first.contains("\"glossary\":\"ray"));
        assertTrue(first, first.contains("prism: a piece of glass with three flat faces"));
        String log = tri.exec("plugin:log glossary");
        assertTrue(log, log.contains("20 terms from glossary/terms.tsv"));
    }

    @Test
    public void redactLooksAtWhatLeaves() throws Exception {
        tri.put(
                "letter.txt",
                "to ann@example.org, card 4111 1111 1111 1111, order 4111 1111 1111 1112\n"
                        .getBytes(StandardCharsets.UTF_8));
        tri.exec("pipeline:run main '" + tri.home().resolve("letter.txt") + "'");
        assertEquals(
                "to ***************, card **** **** **** ****, order 4111 1111 1111 1112\n",
                Files.readString(tri.home().resolve("outbox/letter.txt")));
        assertTrue(tri.exec("hook:fire redact bob@example.org").contains("***************"));
    }

    @Test
    public void notebookIsAStorageBackendBesideTheHosts() throws Exception {
        tri.exec("storage:put --backend notebook greeting 'hello world'");
        assertTrue(tri.exec("storage:get --backend notebook greeting").contains("hello world"));
        assertEquals("greeting\n", tri.exec("storage:keys --backend notebook"));
        assertEquals("no keys in host\n", tri.exec("storage:keys"));
    }

    @Test
    public void calculatorAnswersLetters() throws Exception {
        assertTrue(tri.exec("agent:ask calculator '2+3*(4-1)'").contains("11"));
        assertTrue(tri.exec("agent:ask calculator '1/0'").contains("nothing is divided by 0"));
    }

    @Test
    public void openmetricsWritesWhatTheHostMeasures() throws Exception {
        tri.awaitFile("metrics/openmetrics.prom");
        Path report = tri.home().resolve("metrics/openmetrics.prom");
        Scenario.await(
                "all plugins are in " + report,
                () -> {
                    try {
                        String text = Files.readString(report);
                        return text.contains("trinity_plugins 8\n") && text.endsWith("# EOF\n");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
    }
}
