package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Trinity in Apache Karaf 4.4, from the archive to nothing: one Karaf, in the order told. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KarafTest {
    private static Karaf karaf;
    private static Host home;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> archive = Karaf.archive();
        assumeTrue(archive.isPresent(), "Karaf's archive could not be had");
        home = Host.fresh();
        home.put("plugins/.keep", "");
        karaf = Karaf.unpack(archive.get()).property("trinity.home", home.home().toString());
        karaf.start();
    }

    @AfterAll
    static void kill() throws IOException {
        if (karaf != null) {
            karaf.close();
        }
    }

    @Test
    @Order(1)
    void theArchiveInDeployInstallsTheFeatureWithoutAnyRepositoryAndLeavesTheHealthCheckOut()
            throws Exception {
        Files.copy(KarTest.archive(), karaf.path("deploy/trinity.kar"));
        Await.until(
                "the feature is there", () -> karaf.batch("trinity:ready").out().contains("ready"));
        String installed = karaf.batch("feature:list -i").out();
        assertFalse(installed.contains("trinity-healthcheck"), installed);
        assertTrue(
                karaf.log().stream().noneMatch(l -> l.contains("| ERROR |")),
                karaf.log()::toString);
    }

    @Test
    @Order(2)
    void aFileInTheInboxGoesThroughThePipelineOfTheFeature() throws Exception {
        home.sample("tokenizer");
        home.put("inbox/one.txt", "one two three");
        Await.until(
                "its result is there",
                () -> home.read("outbox/one.txt.jsonl").contains("\"status\":\"ok\""));
    }

    @Test
    @Order(3)
    void resultsAndErrorsArePrintedByExecAndByTheClientWithALineAndWithABatch() throws Exception {
        assertTrue(home.exec("plugin:list").contains("tokenizer"));
        assertTrue(karaf.client("plugin:list").out().contains("tokenizer"));
        String batch = karaf.batch("plugin:list", "pipeline:list", "plugin:info nobody").all();
        assertTrue(batch.contains("tokenizer") && batch.contains("main"), batch);
        assertTrue(batch.contains("there is no plugin 'nobody'"), batch);
    }

    @Test
    @Order(4)
    void whatAConfigurationSaysWronglyIsToldWithItsFileInEtc() throws Exception {
        Files.writeString(karaf.path("etc/io.trinity.limits.cfg"), "memoryBytes = lots\n");
        Files.writeString(karaf.path("etc/io.trinity.pipeline-root.cfg"), "inbox = /\n");
        for (String told :
                List.of(
                        "etc/io.trinity.limits.cfg: memoryBytes=",
                        "etc/io.trinity.pipeline-root.cfg: inbox=/ is not a folder of its own")) {
            Await.until(told, () -> karaf.log().stream().anyMatch(l -> l.contains(told)));
        }
        assertEquals(
                List.of(),
                karaf.log().stream().filter(l -> l.contains("conf/io.trinity")).toList());
        Files.delete(karaf.path("etc/io.trinity.limits.cfg"));
        Files.delete(karaf.path("etc/io.trinity.pipeline-root.cfg"));
    }

    @Test
    @Order(5)
    void aFrameworkOfOthersIsNotStoppedByUs() throws Exception {
        Said said = home.tri("stop", "--home", home.home().toString());
        assertTrue(said.code() != 0, said::toString);
        // A configuration that came or went just before has reload at work for a moment.
        Await.until("it is still ready", () -> home.tryExec("trinity:ready").code() == 0);
    }

    @Test
    @Order(6)
    void uninstallingTheFeatureLeavesNothingOfOurs() throws Exception {
        karaf.batch("feature:uninstall -c trinity");
        Await.until(
                "no bundle of ours or of a plugin is there",
                () -> !karaf.batch("bundle:list -t 0 -s").out().contains("io.trinity"));
        assertFalse(karaf.batch("config:list").out().contains("io.trinity"));
        try (var etc = Files.list(karaf.path("etc"))) {
            assertEquals(
                    List.of(),
                    etc.filter(f -> f.getFileName().toString().contains("trinity")).toList());
        }
        List<String> threads = karaf.threads();
        assertTrue(
                threads.stream().noneMatch(t -> t.matches("(trinity|plugin|pipeline).*")),
                threads::toString);
        assertTrue(karaf.log().stream().noneMatch(l -> l.contains("BootstrapMethodError")));
    }

    @Test
    @Order(7)
    void withoutAHomeNothingBeginsAndOneLineSaysWhatToSetWhere() throws Exception {
        karaf.close();
        karaf = Karaf.unpack(Karaf.archive().orElseThrow());
        karaf.start();
        Files.copy(KarTest.archive(), karaf.path("deploy/trinity.kar"));
        Await.until(
                "it is told",
                () -> karaf.log().stream().anyMatch(l -> l.contains("Trinity does not begin")));
        karaf.batch("trinity:version");
        List<String> errors = karaf.log().stream().filter(l -> l.contains("| ERROR |")).toList();
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.get(0).contains("trinity.home=/absolute/path in etc/system.properties"));
    }
}
