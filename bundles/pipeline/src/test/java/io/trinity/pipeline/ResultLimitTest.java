package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.pipeline.RunReport;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Chunk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultLimitTest {
    private static final long MIB = 1 << 20;

    private final PipelineSettings settings =
            PipelineSettings.read(
                    Map.of(StepSettings.MAX_RESULT, 1, "onFailure", "fail"),
                    PipelineSettings.defaults("main"),
                    p -> assertEquals("", p));
    @TempDir Path folder;

    private static TraceEntry entry(String plugin, long in, long out) {
        return new TraceEntry(plugin, "stage", 1, 0, in, out, 0, "");
    }

    @Test
    void eachByteOfTheInputGivesRoom() {
        assertEquals(MIB, ResultLimit.bytes(settings.step(), 0));
        assertEquals(MIB + 640, ResultLimit.bytes(settings.step(), 10));
        assertEquals(Long.MAX_VALUE, ResultLimit.bytes(settings.step(), Long.MAX_VALUE / 60));
        assertEquals(Optional.empty(), ResultLimit.check(settings, MIB + 640, 10, List.of()));
    }

    @Test
    void whoMadeMostOfWhatItGotIsNamed() {
        StageRun.Failure f =
                ResultLimit.check(
                                settings,
                                MIB + 641,
                                10,
                                List.of(entry("a", 10, 20), entry("b", 1, 9), entry("c", 9, 9)))
                        .orElseThrow();
        assertEquals("b", f.plugin());
        assertEquals(ErrorCode.LIMIT_CHUNKS, f.code());
        assertTrue(f.message().contains("plugin 'b' made 9 chunks of 1"), f.message());
        assertTrue(f.message().contains("raise maxResultMebibytes"), f.message());
        assertEquals(
                "", ResultLimit.check(settings, 2 * MIB, 10, List.of()).orElseThrow().plugin());
    }

    @Test
    void anInputThatWouldFillTheDiskFailsAndTakesNoMore() throws Exception {
        Chunk.Attribute wide = new Chunk.Attribute("a", "\u0001".repeat(4000));
        Chunk empty = new Chunk(new byte[0], "", "data", "s", List.of(wide), 0, 0, false);
        Fakes fakes =
                new Fakes(
                        new FakeStage(
                                "swell",
                                1,
                                c -> new Answer.Value<>(Collections.nCopies(2000, empty))));
        Path input = Files.writeString(folder.resolve("x.txt"), "x".repeat(100));
        RunReport report =
                Fakes.job(settings, fakes)
                        .run(
                                new StreamJob.Input(input, "x.txt", true),
                                Fakes.names(folder.resolve("out")));
        assertEquals(RunReport.Status.FAILED, report.status());
        assertTrue(report.fault().orElseThrow().message().contains("'swell'"));
        try (java.util.stream.Stream<Path> out = Files.list(folder.resolve("out"))) {
            for (Path f : out.toList()) {
                assertTrue(Files.size(f) < 9 * MIB, f + " " + Files.size(f));
            }
        }
    }
}
