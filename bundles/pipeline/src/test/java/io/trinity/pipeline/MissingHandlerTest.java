package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MissingHandlerTest {
    private static final String PCD = "application/vnd.pcd";
    private static final AbsentHandler PAUSED =
            new AbsentHandler("lidar", List.of(PCD), "it is paused", false);
    private static final AbsentHandler OFF =
            new AbsentHandler("lidar", List.of(PCD), "it was unloaded by command", true);

    private final Fakes fakes = new Fakes();

    private static PipelineSettings settings(OnMissing policy, int millis) {
        return PipelineSettings.read(
                Map.of("onMissing", policy.label(), "missingMillis", millis),
                PipelineSettings.defaults("main"),
                p -> {
                    throw new AssertionError(p);
                });
    }

    private static Chunk chunk(String type) {
        return new Chunk(new byte[] {1}, type, "", "s", List.of(), 0, 0, true);
    }

    private static ModalityHandler handler(String name) {
        return Fakes.handler(
                name, "lidar", PCD, c -> new Answer.Value<>(c), c -> new Answer.Refusal<>("no"));
    }

    @Test
    void whatIsInstalledToDecodeAndDoesNotServeIsWaitedForAndThenFailsTheStream() throws Exception {
        fakes.handlers.add(handler("lidar"));
        fakes.absent = List.of(PAUSED);
        for (OnMissing policy : List.of(OnMissing.FAIL, OnMissing.WAIT)) {
            StreamRun run = new StreamRun(settings(policy, 1), fakes, "s", new Counters());
            assertTrue(Fakes.take(run, chunk(PCD)).isEmpty(), "nothing passes");
            StageRun.Failure f = run.failure().orElseThrow();
            assertEquals(ErrorCode.STAGE_MISSING, f.code());
            assertEquals("lidar", f.plugin());
            assertTrue(f.message().contains("modality handler 'lidar' does not serve: it is"));
        }
    }

    @Test
    void aStreamGoesOnWhenItServesAgain() throws Exception {
        fakes.absent = List.of(PAUSED);
        AtomicInteger looks = new AtomicInteger();
        fakes.asked =
                () -> {
                    if (looks.incrementAndGet() == 3) {
                        fakes.handlers.add(handler("lidar"));
                        fakes.absent = List.of();
                    }
                };
        StreamRun run = new StreamRun(settings(OnMissing.WAIT, 60_000), fakes, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(PCD + "; version=7")).isPresent());
        assertEquals(RunReport.Status.OK, run.status());
        assertEquals("decode", run.trace().get(0).place());
    }

    @Test
    void whatPassesUndecodedByOnMissingOrSinceTheHandlerIsOffIsPartialAndNamesIt()
            throws Exception {
        fakes.absent = List.of(PAUSED);
        List<AbsentHandler> off = List.of(OFF);
        for (OnMissing policy : List.of(OnMissing.SKIP, OnMissing.WAIT)) {
            StreamRun run = new StreamRun(settings(policy, 60_000), fakes, "s", new Counters());
            assertTrue(Fakes.take(run, chunk(PCD)).isPresent());
            assertEquals(RunReport.Status.PARTIAL, run.status());
            TraceEntry skipped = RunReport.skipped(run.trace()).get(0);
            assertEquals("lidar", skipped.plugin());
            assertEquals("decode", skipped.place());
            fakes.absent = off;
        }
    }

    @Test
    void anotherServiceOfTheSameNameDecodesFromThenOn() throws Exception {
        AtomicInteger old = new AtomicInteger();
        AtomicInteger again = new AtomicInteger();
        fakes.handlers.add(counted(old));
        StreamRun run = new StreamRun(settings(OnMissing.FAIL, 1), fakes, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(PCD)).isPresent());
        fakes.handlers.clear();
        fakes.handlers.add(counted(again));
        assertTrue(Fakes.take(run, chunk(PCD)).isPresent());
        assertEquals(1, old.get(), "its file is gone");
        assertEquals(1, again.get());
        assertEquals(2, run.stages().get(0).calls(), "and counts go on");
    }

    private static ModalityHandler counted(AtomicInteger calls) {
        return Fakes.handler(
                "lidar",
                "lidar",
                PCD,
                c -> {
                    calls.incrementAndGet();
                    return new Answer.Value<>(c);
                },
                c -> new Answer.Refusal<>("no"));
    }

    @Test
    void anotherHandlerThatServesDecodesAndOtherTypesDoNotWait() throws Exception {
        fakes.absent = List.of(PAUSED);
        StreamRun other = new StreamRun(settings(OnMissing.FAIL, 1), fakes, "s", new Counters());
        assertTrue(Fakes.take(other, chunk("text/plain")).isPresent());
        assertEquals(RunReport.Status.OK, other.status());

        fakes.handlers.add(handler("lidar"));
        fakes.handlers.add(handler("second"));
        StreamRun run = new StreamRun(settings(OnMissing.FAIL, 1), fakes, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(PCD)).isPresent());
        assertEquals("second", run.trace().get(0).plugin());
        assertEquals(RunReport.Status.OK, run.status());
    }
}
