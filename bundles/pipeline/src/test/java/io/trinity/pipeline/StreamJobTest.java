package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class StreamJobTest {
    @TempDir Path home;

    private RunReport run(byte[] content, FailurePolicy policy, PipelineStage... stages)
            throws Exception {
        Path in = Files.write(home.resolve("in.bin"), content);
        return Fakes.job(Fakes.settings(policy, 65_536), new Fakes(stages))
                .run(new StreamJob.Input(in, "in.bin", true), Fakes.names(home.resolve("out")));
    }

    private List<Map<String, Object>> lines() throws Exception {
        return Files.readAllLines(home.resolve("out/in.bin.jsonl")).stream()
                .map(
                        l -> {
                            try {
                                return JSON.std.mapFrom(l);
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .toList();
    }

    private static byte[] random(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }

    @Test
    void aFileIsCutAt64KiBAndComesOutWhole() throws Exception {
        for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000}) {
            byte[] content = random(length);
            FakeStage stage = FakeStage.same("a");
            RunReport outcome = run(content, FailurePolicy.FAIL, stage);
            assertEquals(Math.max(1, (length + 65_535) / 65_536), outcome.chunksIn());
            assertArrayEquals(content, Files.readAllBytes(home.resolve("out/in.bin")));
            for (int i = 0; i < stage.seen.size(); i++) {
                assertEquals(i, stage.seen.get(i).sequence());
                assertEquals(i == stage.seen.size() - 1, stage.seen.get(i).last());
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void resultsArePrivateWhereTheInputIs() throws Exception {
        Path in = Files.write(home.resolve("in.bin"), new byte[] {1});
        Files.setPosixFilePermissions(in, PosixFilePermissions.fromString("rw-------"));
        Fakes.job(Fakes.settings(FailurePolicy.FAIL, 65_536), new Fakes())
                .run(new StreamJob.Input(in, "in.bin", true), Fakes.names(home.resolve("out"), in));
        for (String result : List.of("out/in.bin", "out/in.bin.jsonl")) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.resolve(result))),
                    result);
        }
    }

    @Test
    void stagesAreNumberedAnewAndTheEndReachesThoseBehindOneThatMakesNothing() throws Exception {
        FakeStage nothing = new FakeStage("a", 1, c -> new Answer.Value<>(List.of()));
        FakeStage behind = FakeStage.same("b");
        run(random(150_000), FailurePolicy.FAIL, nothing, behind);
        assertEquals(1, behind.seen.size());
        assertTrue(behind.seen.get(0).last());
        assertEquals(0, behind.seen.get(0).payload().length);
        assertEquals(0, behind.seen.get(0).sequence());
    }

    @Test
    void aStageThatMakesManyEndsTheStreamWithItsLastOnly() throws Exception {
        FakeStage doubling =
                new FakeStage("a", 1, c -> new Answer.Value<>(List.of(c.get(0), c.get(0))));
        FakeStage behind = FakeStage.same("b");
        run(random(100_000), FailurePolicy.FAIL, doubling, behind);
        assertEquals(4, behind.seen.size());
        for (int i = 0; i < 4; i++) {
            assertEquals(i, behind.seen.get(i).sequence());
            assertEquals(i == 3, behind.seen.get(i).last());
        }
    }

    @Test
    void aBatchBringsAtMostWhatTheStageAsksFor() throws Exception {
        FakeStage ten =
                new FakeStage(
                        "a",
                        1,
                        c -> new Answer.Value<>(java.util.Collections.nCopies(10, c.get(0))));
        int[] largest = {0};
        FakeStage batched =
                new FakeStage(
                        "b",
                        4,
                        c -> {
                            largest[0] = Math.max(largest[0], c.size());
                            return new Answer.Value<>(c);
                        });
        run(random(10), FailurePolicy.FAIL, ten, batched);
        assertEquals(4, largest[0]);
        assertEquals(10, batched.seen.size());
    }

    private static Answer<List<Chunk>> trap(List<Chunk> chunks) {
        throw PluginException.of(
                ErrorCode.GUEST_TRAP, PluginRef.named("bad"), "unreachable", "mend it");
    }

    @Test
    void aFailingStageFailsTheFileAndSaysSoAndLeavesNoBytes() throws Exception {
        FakeStage bad = new FakeStage("bad", 1, StreamJobTest::trap);
        RunReport outcome = run(random(100), FailurePolicy.FAIL, bad);
        assertEquals(ErrorCode.GUEST_TRAP, outcome.fault().orElseThrow().code());
        assertFalse(Files.exists(home.resolve("out/in.bin")));
        Map<String, Object> summary = lines().get(lines().size() - 1);
        assertEquals("failed", summary.get("status"));
        assertTrue(summary.get("error").toString().contains("GUEST_TRAP"));
    }

    @Test
    void byPolicyChunksPassAsTheyWereOrAreLeftOut() throws Exception {
        byte[] content = random(70_000);
        FakeStage refusing = new FakeStage("bad", 1, c -> new Answer.Refusal<>("no"));
        run(content, FailurePolicy.PASS, refusing);
        assertArrayEquals(content, Files.readAllBytes(home.resolve("out/in.bin")));
        run(content, FailurePolicy.DROP, new FakeStage("bad", 1, StreamJobTest::trap));
        assertEquals(0, Files.size(home.resolve("out/in.bin")));
        Map<String, Object> summary = lines().get(lines().size() - 1);
        assertEquals("partial", summary.get("status"));
        assertTrue(summary.get("skipped").toString().contains("GUEST_TRAP 2"), summary.toString());
        assertTrue(summary.get("stages").toString().contains("failures=2"), summary.toString());
    }

    @Test
    void nothingHiddenIsLeftInTheOutbox() throws Exception {
        run(random(100), FailurePolicy.FAIL);
        run(random(100), FailurePolicy.FAIL, new FakeStage("bad", 1, StreamJobTest::trap));
        try (var files = Files.list(home.resolve("out"))) {
            assertTrue(files.noneMatch(f -> f.getFileName().toString().startsWith(".")));
        }
    }

    @Test
    void aLinkOfAStrangersIsNeitherRunNorOpenedAndTheOperatorsIs() throws Exception {
        Files.writeString(home.resolve("secret"), "secret");
        Path link = Files.createSymbolicLink(home.resolve("in.txt"), home.resolve("secret"));
        StreamJob.Input strangers = new StreamJob.Input(link, "in.txt", false);
        StreamJob.Input operators = new StreamJob.Input(link, "in.txt", true);
        StreamJob job = Fakes.job(Fakes.settings(FailurePolicy.FAIL, 8), new Fakes());
        ResultFiles.Names names = Fakes.names(home.resolve("out"));
        InputException e = assertThrows(InputException.class, () -> job.run(strangers, names));
        assertTrue(e.getMessage().contains("it is a link"), e.getMessage());
        // Nor where the link has come since it was looked at.
        assertThrows(InputException.class, () -> job.open(strangers, "s"));
        job.run(operators, names);
        assertEquals("secret", Files.readString(home.resolve("out/in.txt")));
    }

    @Test
    void aResultOfAnotherTypeGetsItsEnding() {
        assertEquals("a.png.pgm", MediaTypes.resultName("a.png", "image/x-portable-graymap"));
        assertEquals("a.txt", MediaTypes.resultName("a.txt", "text/plain; charset=utf-8"));
        assertEquals("a.png.out", MediaTypes.resultName("a.png", "application/x-unheard-of"));
        assertEquals("a.bin", MediaTypes.resultName("a.bin", ""));
    }

    @Test
    void aLongNameLeavesRoomForEndingsAndAStreamsNameIsTheContracts() throws Exception {
        String name = "ä".repeat(120) + ".TXT";
        Path in = Files.write(home.resolve("in.txt"), new byte[] {1});
        FakeStage stage = FakeStage.same("a");
        Fakes.job(Fakes.settings(FailurePolicy.FAIL, 8), new Fakes(stage))
                .run(new StreamJob.Input(in, name, true), Fakes.names(home.resolve("out")));
        try (var files = Files.list(home.resolve("out"))) {
            assertEquals(2, files.count());
        }
        assertTrue(stage.seen.get(0).stream().matches("[a-z0-9._-]{1,64}"));
        assertEquals("photo--1-.png", MediaTypes.streamName("Photo (1).PNG"));
    }
}
