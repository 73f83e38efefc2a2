package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.pipeline.PipelineState;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MissingStageTest {
    private static final int LONG = 60_000;

    private static PipelineSettings settings(
            String stages, OnMissing policy, int millis, FailurePolicy onFailure) {
        return PipelineSettings.read(
                Map.of(
                        "stages",
                        stages,
                        "onMissing",
                        policy.label(),
                        "missingMillis",
                        millis,
                        "onFailure",
                        onFailure.label()),
                PipelineSettings.defaults("main"),
                p -> {
                    throw new AssertionError(p);
                });
    }

    private static PipelineSettings settings(String stages, OnMissing policy, int millis) {
        return settings(stages, policy, millis, FailurePolicy.FAIL);
    }

    private static Chunk chunk(int sequence) {
        return new Chunk(
                new byte[] {1}, "text/plain", "text", "s", List.of(), sequence, 0, sequence == 9);
    }

    private static PluginException fault(String plugin, ErrorCode code) {
        return PluginException.of(code, PluginRef.named(plugin), "it is so", "do this");
    }

    private static StageRun.Failure failure(StreamRun run) throws InterruptedException {
        assertTrue(Fakes.take(run, chunk(0)).isEmpty(), "nothing passes");
        assertEquals(RunReport.Status.FAILED, run.status());
        return run.failure().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(FailurePolicy.class)
    void nothingPassesByAStageThatIsNotThereWhateverOnFailureSays(FailurePolicy onFailure)
            throws Exception {
        Fakes fakes = new Fakes(FakeStage.same("a"));
        for (OnMissing policy : List.of(OnMissing.FAIL, OnMissing.WAIT)) {
            int millis = policy == OnMissing.FAIL ? LONG : 1;
            StageRun.Failure f =
                    failure(
                            new StreamRun(
                                    settings("a, redcat, maks", policy, millis, onFailure),
                                    fakes,
                                    "s",
                                    new Counters()));
            assertEquals(ErrorCode.STAGE_MISSING, f.code());
            assertEquals("redcat", f.plugin());
            assertTrue(
                    f.message().startsWith("pipeline 'main'")
                            && f.message().contains("stage 'redcat' does not serve")
                            && f.message().contains("stage 'maks' does not serve")
                            && f.message().contains("correct stages"),
                    f.message());
        }
        assertEquals(List.of(), ((FakeStage) fakes.stages.get(0)).seen);
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"PAUSED", "QUARANTINED", "NOT_ACTIVE"})
    void nothingPassesByAStageThatSaysThatItDoesNotServe(ErrorCode code) throws Exception {
        FakeStage silent =
                new FakeStage(
                        "a",
                        1,
                        c -> {
                            throw fault("a", code);
                        });
        PipelineSettings pass = settings("a", OnMissing.WAIT, 1, FailurePolicy.PASS);
        StageRun.Failure f = failure(new StreamRun(pass, new Fakes(silent), "s", new Counters()));
        assertEquals(ErrorCode.STAGE_MISSING, f.code());
        assertTrue(f.message().contains("it is so; do this"), f.message());
    }

    @Test
    void whatAStagesDependencyIsIsAFailureOfTheStage() throws Exception {
        FakeStage failing =
                new FakeStage(
                        "a",
                        1,
                        c -> {
                            throw fault("other", ErrorCode.PAUSED);
                        });
        StreamRun run =
                new StreamRun(
                        settings("a", OnMissing.WAIT, LONG),
                        new Fakes(failing),
                        "s",
                        new Counters());
        assertEquals(ErrorCode.PAUSED, failure(run).code());
    }

    @Test
    void chunksWaitForAStageAndThenPassIt() throws Exception {
        Fakes fakes = new Fakes();
        StreamRun run =
                new StreamRun(settings("a", OnMissing.WAIT, LONG), fakes, "s", new Counters());
        CountDownLatch asked = new CountDownLatch(3);
        fakes.asked = asked::countDown;
        CompletableFuture<Boolean> passed =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return Fakes.take(run, chunk(9)).isPresent();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertTrue(asked.await(1, TimeUnit.MINUTES));
        FakeStage late = FakeStage.same("a");
        fakes.stages = List.of(late);
        assertTrue(passed.get(1, TimeUnit.MINUTES));
        assertEquals(1, late.seen.size());
        assertEquals(RunReport.Status.OK, run.status());
    }

    @Test
    void anotherServiceOfTheSameNameIsCalledFromThenOn() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        FakeStage old =
                new FakeStage(
                        "a",
                        1,
                        c -> {
                            if (calls.incrementAndGet() > 1) {
                                throw fault("a", ErrorCode.NOT_ACTIVE);
                            }
                            return new Answer.Value<>(c);
                        });
        Fakes fakes = new Fakes(old);
        StreamRun run = new StreamRun(settings("a", OnMissing.FAIL, 0), fakes, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(0)).isPresent());
        FakeStage again = FakeStage.same("a");
        fakes.stages = List.of(again);
        assertTrue(Fakes.take(run, chunk(1)).isPresent());
        assertEquals(1, again.seen.size());
        assertEquals(1, calls.get(), "the old one is left alone");
        assertEquals(2, run.stages().get(0).calls(), "and counts go on");
        // It was replaced between the look and the call.
        fakes.stages = List.of(again);
        FakeStage third = FakeStage.same("a");
        FakeStage gone =
                new FakeStage(
                        "a",
                        1,
                        c -> {
                            fakes.stages = List.of(third);
                            throw fault("a", ErrorCode.NOT_ACTIVE);
                        });
        fakes.stages = List.of(gone);
        assertTrue(Fakes.take(run, chunk(2)).isPresent());
        assertEquals(1, third.seen.size());
        assertEquals(RunReport.Status.OK, run.status());
    }

    @Test
    void whatSkipsAStageIsPartialAndNamesIt() throws Exception {
        FakeStage a = FakeStage.same("a");
        Fakes fakes = new Fakes(a);
        StreamRun run =
                new StreamRun(settings("a, redcat", OnMissing.SKIP, 0), fakes, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(9)).isPresent());
        assertEquals(1, a.seen.size());
        assertEquals(RunReport.Status.PARTIAL, run.status());
        RunReport.TraceEntry skipped = RunReport.skipped(run.trace()).get(0);
        assertEquals("redcat", skipped.plugin());
        assertEquals("STAGE_MISSING 1", skipped.outcomes());
    }

    @Test
    void aPausedOneIsSkippedAsWell() throws Exception {
        FakeStage a = FakeStage.same("a");
        Fakes fakes = new Fakes(a);
        fakes.plugins = List.of(LineupTest.stage("a", PluginState.PAUSED));
        StreamRun run = new StreamRun(settings("", OnMissing.SKIP, 0), fakes, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(9)).isPresent());
        assertEquals(List.of(), a.seen);
        assertEquals(RunReport.Status.PARTIAL, run.status());
    }

    @Test
    void oneThatSaysThatItDoesNotServeIsSkippedAndNamed() throws Exception {
        FakeStage silent =
                new FakeStage(
                        "a",
                        1,
                        c -> {
                            throw fault("a", ErrorCode.PAUSED);
                        });
        StreamRun run =
                new StreamRun(
                        settings("a", OnMissing.SKIP, 0), new Fakes(silent), "s", new Counters());
        assertEquals(1, Fakes.take(run, chunk(9)).orElseThrow().chunks().size());
        assertEquals(RunReport.Status.PARTIAL, run.status());
        RunReport.TraceEntry skipped = RunReport.skipped(run.trace()).get(0);
        assertEquals("a STAGE_MISSING 1", skipped.plugin() + " " + skipped.outcomes());
    }

    @Test
    void nobodyWaitsForAStageThatIsNoLongerNamed() throws Exception {
        PipelineSettings named = settings("a, b", OnMissing.WAIT, LONG);
        // Whoever went on waiting would fail at once.
        PipelineSettings without = settings("b", OnMissing.WAIT, 0);
        AtomicInteger calls = new AtomicInteger();
        FakeStage silent =
                new FakeStage(
                        "a",
                        1,
                        c -> {
                            calls.incrementAndGet();
                            throw fault("a", ErrorCode.PAUSED);
                        });
        FakeStage b = FakeStage.same("b");
        StageWatch watch =
                new StageWatch(
                        new Fakes(silent, b),
                        () -> calls.get() > 0 ? without : named,
                        new Troubles("main", () -> false));
        StreamRun run = new StreamRun(named, watch, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(9)).isPresent(), () -> run.failure().toString());
        assertEquals(1, b.seen.size());
        assertEquals(RunReport.Status.OK, run.status());
    }

    @Test
    void chunksThatWaitedForAStageThatIsNoLongerNamedPassThoseNamedInItsPlace() throws Exception {
        PipelineSettings named = settings("a, c", OnMissing.WAIT, LONG);
        PipelineSettings other = settings("b, c", OnMissing.WAIT, LONG);
        AtomicInteger calls = new AtomicInteger();
        FakeStage silent =
                new FakeStage(
                        "a",
                        1,
                        x -> {
                            calls.incrementAndGet();
                            throw fault("a", ErrorCode.PAUSED);
                        });
        FakeStage b = FakeStage.same("b");
        FakeStage c = FakeStage.same("c");
        StageWatch watch =
                new StageWatch(
                        new Fakes(silent, b, c),
                        () -> calls.get() > 0 ? other : named,
                        new Troubles("main", () -> false));
        StreamRun run = new StreamRun(named, watch, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(9)).isPresent(), () -> run.failure().toString());
        assertEquals(1, b.seen.size());
        assertEquals(1, c.seen.size());
    }

    @Test
    void whatIsConfiguredWhileAStreamWaitsHoldsForIt() throws Exception {
        PipelineSettings misspelt = settings("redcat", OnMissing.WAIT, LONG);
        PipelineSettings corrected = settings("redact", OnMissing.WAIT, LONG);
        FakeStage redact = FakeStage.same("redact");
        Troubles troubles = new Troubles("main", () -> false);
        AtomicInteger asked = new AtomicInteger();
        StageWatch watch =
                new StageWatch(
                        new Fakes(redact),
                        () -> asked.incrementAndGet() > 4 ? corrected : misspelt,
                        troubles);
        StreamRun run = new StreamRun(misspelt, watch, "s", new Counters());
        assertTrue(Fakes.take(run, chunk(9)).isPresent());
        assertEquals(1, redact.seen.size());
        assertEquals(RunReport.Status.OK, run.status());
    }

    @Test
    void aPipelineWhoseStageIsMissingIsHeldUpAndSaysSoUntilItServes() {
        Fakes fakes = new Fakes();
        Troubles troubles = new Troubles("main", () -> false);
        PipelineSettings waits = settings("a", OnMissing.WAIT, LONG);
        StageWatch watch = new StageWatch(fakes, () -> waits, troubles);
        watch.lineup(waits.stages());
        assertEquals(Optional.of(PipelineState.WAITING), troubles.state());
        String message = troubles.gravest().orElseThrow().message();
        assertTrue(message.contains("'a' does not serve"), message);
        assertEquals(ErrorCode.STAGE_MISSING, troubles.gravest().orElseThrow().code());
        fakes.stages = List.of(FakeStage.same("a"));
        watch.lineup(waits.stages());
        assertEquals(Optional.empty(), troubles.state());
    }

    @Test
    void whatIsMissingWhileTheHostEndsHoldsNobodyUp() {
        Troubles troubles = new Troubles("main", () -> true);
        PipelineSettings waits = settings("a", OnMissing.WAIT, LONG);
        new StageWatch(new Fakes(), () -> waits, troubles).lineup(waits.stages());
        assertEquals(Optional.empty(), troubles.state());
    }

    @Test
    void aPipelineThatSkipsIsNotHeldUp() {
        Troubles troubles = new Troubles("main", () -> false);
        PipelineSettings skips = settings("a", OnMissing.SKIP, 0);
        new StageWatch(new Fakes(), () -> skips, troubles).lineup(skips.stages());
        assertEquals(Optional.empty(), troubles.state());
    }
}
