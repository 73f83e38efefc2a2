package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PipelineSettingsTest {
    private final List<String> problems = new ArrayList<>();

    private PipelineSettings read(PipelineSettings last, String... keysAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return PipelineSettings.read(values, last, problems::add);
    }

    @Test
    void theNameIsAPropertyOrStandsInThePidOrInTheFilesName() {
        assertEquals(Optional.of("a"), PipelineSettings.name(Map.of("pipeline", "a")));
        assertEquals(
                Optional.of("b-c"),
                PipelineSettings.name(Map.of("service.pid", "io.trinity.pipeline~b-c")));
        assertEquals(
                Optional.of("b-c"),
                PipelineSettings.name(
                        Map.of(
                                "service.pid",
                                "io.trinity.pipeline.1234",
                                "felix.fileinstall.filename",
                                "file:/home/conf/io.trinity.pipeline-b-c.cfg")));
        for (String odd : List.of("", "../x", "A", "a/b", "1")) {
            assertEquals(Optional.empty(), PipelineSettings.name(Map.of("pipeline", odd)), odd);
        }
        assertEquals(Optional.empty(), PipelineSettings.name(Map.of("service.pid", "x.y")));
    }

    @Test
    void mainHasTheHomesFoldersAndOthersTheirOwn() {
        assertEquals("inbox", read(PipelineSettings.defaults("main")).inbox());
        assertEquals("inbox-b", read(PipelineSettings.defaults("b")).inbox());
        assertEquals("outbox-b", read(PipelineSettings.defaults("b")).outbox());
        assertEquals("in/b", read(PipelineSettings.defaults("b"), "inbox", "in/b").inbox());
    }

    @Test
    void foldersOutsideTheHomeOrOfTheHostsAreRefusedAndTheLastOneStays() {
        PipelineSettings last = read(PipelineSettings.defaults("b"), "inbox", "good");
        for (String bad :
                List.of(
                        "/",
                        "/etc",
                        "../x",
                        "a/../../x",
                        "data/work",
                        "conf",
                        "plugins",
                        ".",
                        "a\0b")) {
            problems.clear();
            assertEquals("good", read(last, "inbox", bad).inbox(), bad);
            assertEquals(1, problems.size(), bad);
            assertTrue(problems.get(0).contains("conf/io.trinity.pipeline-b.cfg"));
        }
    }

    @Test
    void invalidValuesAreToldAndTheLastGoodOnesStay() {
        PipelineSettings last =
                read(
                        PipelineSettings.defaults("main"),
                        "queueChunks",
                        "5",
                        "fusion",
                        "on",
                        "weights.text",
                        "2");
        assertEquals(List.of(), problems);
        PipelineSettings now =
                read(last, "queueChunks", "x", "fusion", "maybe", "weights.text", "-1");
        assertEquals(5, now.queueChunks());
        assertEquals(FusionMode.ON, now.fusion());
        assertEquals(Map.of("text", 2.0), now.weights());
        assertEquals(3, problems.size());
    }

    @Test
    void noTwoPipelinesHaveOneNameOrOneInboxAndNoResultComesRound() {
        PipelineNames names = new PipelineNames();
        assertEquals(Optional.empty(), names.join("a", "inbox", "one"));
        assertTrue(names.join("a", "other", "x").orElseThrow().contains("name"));
        assertTrue(names.join("b", "inbox", "x").orElseThrow().contains("'a'"));
        assertTrue(names.join("b", "x", "x").orElseThrow().contains("both"));
        assertEquals(Optional.empty(), names.join("b", "one", "two"));
        assertTrue(names.join("c", "two", "inbox").orElseThrow().contains("come back"));
        assertEquals(Optional.empty(), names.join("c", "two", "one-more"));
        names.leave("b");
        assertEquals(Optional.empty(), names.join("d", "one-more", "inbox"));
    }

    @Test
    void aFolderThatIsNoneOfTheHomesRefusesThePipeline() {
        for (String bad : List.of("/", "/etc", "..", "data", "a\0b")) {
            assertTrue(
                    PipelineSettings.refusal("b", Map.of("inbox", bad))
                            .orElseThrow()
                            .contains("inbox=" + bad));
        }
        assertEquals(
                Optional.empty(), PipelineSettings.refusal("b", Map.of("inbox", "", "x", "/")));
    }

    @Test
    void namesToIgnoreAreReplacedAsAWhole() {
        FileSettings files =
                read(PipelineSettings.defaults("main"), "ignore", "*.up, x?.txt").files();
        assertTrue(files.ignores("A.UP"));
        assertTrue(files.ignores("x1.txt"));
        assertTrue(files.ignores(".x"));
        assertFalse(files.ignores("a.part"));
        assertFalse(files.ignores("x12.txt"));
        assertTrue(FileSettings.DEFAULTS.ignores("a.part"));
        assertFalse(FileSettings.DEFAULTS.ignores("apart"));
    }
}
