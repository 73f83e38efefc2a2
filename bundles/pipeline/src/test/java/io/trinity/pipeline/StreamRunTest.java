package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Veto;
import io.trinity.api.pipeline.PipelineStatus.Counts;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Vector;
import io.trinity.api.stream.Window;
import io.trinity.vsa.VectorSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRunTest {
    private static final long SECOND = 1_000_000_000L;

    private PipelineSettings settings = Fakes.settings(FailurePolicy.FAIL, 8192);

    private static Chunk chunk(String payload, String modality, long nanos, boolean last) {
        return new Chunk(
                payload.getBytes(StandardCharsets.UTF_8),
                modality.equals("lidar") ? "application/vnd.pcd" : "text/plain",
                modality,
                "s",
                List.of(),
                0,
                nanos,
                last);
    }

    private static Chunk text(String payload, boolean last) {
        return chunk(payload, "text", 0, last);
    }

    private static String payload(Chunk c) {
        return new String(c.payload(), StandardCharsets.UTF_8);
    }

    private StreamRun run(Fakes fakes) {
        return new StreamRun(settings, fakes, "s", new Counters());
    }

    private static PipelineSettings with(String key, Object value) {
        return PipelineSettings.read(
                Map.of(key, value), PipelineSettings.defaults("main"), p -> assertEquals("", p));
    }

    @Test
    void aVetoIsAFailureAndToldToOnError() throws Exception {
        Fakes fakes = new Fakes();
        fakes.veto = java.util.Optional.of(new Veto("curfew", "too late"));
        assertTrue(run(fakes).begin().isEmpty(), "nobody listens");
        fakes.listening.add(HookPoint.PRE_PIPELINE);
        fakes.listening.add(HookPoint.ON_ERROR);
        StageRun.Failure f = run(fakes).begin().orElseThrow();
        assertEquals(ErrorCode.HOOK_VETO, f.code());
        assertTrue(f.message().contains("'curfew'") && f.message().contains("too late"));
        assertEquals("curfew", fakes.incidents.get(0).plugin());
    }

    @Test
    void whatHooksLeaveIsNumberedAndEndsWithExactlyOneLastChunk() throws Exception {
        Fakes fakes = new Fakes();
        fakes.listening.add(HookPoint.POST_CHUNK);
        StreamRun run = run(fakes);
        fakes.postChunk = c -> List.of(c.get(0), c.get(0));
        List<Chunk> doubled = Fakes.take(run, text("a", false)).orElseThrow().chunks();
        assertEquals(List.of(0L, 1L), doubled.stream().map(Chunk::sequence).toList());
        fakes.postChunk = c -> List.of();
        assertEquals(List.of(), Fakes.take(run, text("b", false)).orElseThrow().chunks());
        List<Chunk> end = Fakes.take(run, text("c", true)).orElseThrow().chunks();
        assertEquals(1, end.size());
        assertTrue(end.get(0).last());
        assertEquals(2, end.get(0).sequence());
        assertEquals(0, end.get(0).payload().length);
        TraceEntry hook = run.trace().get(0);
        assertEquals("post_chunk", hook.place());
        assertEquals("change 3", hook.outcomes());
    }

    @Test
    void whatPassesIsCountedWhileTheStreamGoesOn() throws Exception {
        Fakes fakes = new Fakes();
        fakes.listening.add(HookPoint.POST_CHUNK);
        fakes.postChunk = c -> List.of(c.get(0), c.get(0));
        Counters counters = new Counters();
        StreamRun run = new StreamRun(settings, fakes, "s", counters);
        for (int i = 1; i <= 3; i++) {
            Fakes.take(run, text("abc", false));
            Counts now = counters.counts();
            assertEquals(i, now.chunksIn());
            assertEquals(3L * i, now.bytesIn());
            assertEquals(2L * i, now.chunksOut());
            assertEquals(6L * i, now.bytesOut());
            assertEquals(0, now.done());
        }
        Fakes.end(run);
        assertEquals(run.windows(), counters.counts().windows());
    }

    @Test
    void aHandlerDecodesWhatItsContentTypeSays() throws Exception {
        Fakes fakes = new Fakes(FakeStage.same("stage"));
        List<String> pieces = new ArrayList<>();
        fakes.handlers.add(
                Fakes.handler(
                        "lidar",
                        "lidar",
                        "application/vnd.pcd",
                        c -> {
                            pieces.add(payload(c.get(0)));
                            return new Answer.Value<>(
                                    c.get(0).last()
                                            ? List.of(chunk("points", "lidar", 0, false))
                                            : List.of());
                        },
                        c -> new Answer.Refusal<>("no")));
        StreamRun run = run(fakes);
        Chunk first =
                new Chunk(
                        new byte[] {'x'},
                        "application/vnd.pcd;version=7",
                        "data",
                        "s",
                        List.of(),
                        0,
                        0,
                        false);
        assertEquals(List.of(), Fakes.take(run, first).orElseThrow().chunks());
        List<Chunk> made =
                Fakes.take(
                                run,
                                new Chunk(
                                        new byte[] {'y'},
                                        first.contentType(),
                                        "data",
                                        "s",
                                        List.of(),
                                        1,
                                        0,
                                        true))
                        .orElseThrow()
                        .chunks();
        assertEquals("points", payload(made.get(0)));
        assertEquals("lidar", made.get(0).modality());
        assertEquals(List.of("x", "y"), pieces);
        assertEquals(
                List.of("lidar decode", "stage stage", "lidar encode"),
                run.trace().stream().map(t -> t.plugin() + " " + t.place()).toList());
    }

    @Test
    void aDecoderThatRefusesFailsTheStreamAndOnErrorIsTold() throws Exception {
        Fakes fakes = new Fakes();
        fakes.listening.add(HookPoint.ON_ERROR);
        fakes.handlers.add(
                Fakes.handler(
                        "lidar",
                        "lidar",
                        "text/plain",
                        c -> new Answer.Refusal<>("no points"),
                        c -> new Answer.Refusal<>("no")));
        StreamRun run = run(fakes);
        assertTrue(Fakes.take(run, text("x", true)).isEmpty());
        assertEquals(ErrorCode.GUEST_ERROR, run.failure().orElseThrow().code());
        assertEquals(
                List.of(
                        new Incident(
                                "GUEST_ERROR",
                                "plugin 'lidar': it refused: \"no points\"",
                                "lidar",
                                "s")),
                fakes.incidents);
    }

    @Test
    void windowsAreFusedOnlyWhereSomebodyWantsThem() throws Exception {
        Fakes fakes = new Fakes();
        StreamRun auto = run(fakes);
        Fakes.take(auto, text("hello", true));
        assertEquals(List.of(), Fakes.end(auto));
        settings = with("fusion", "on");
        StreamRun on = run(fakes);
        Fakes.take(on, text("hello", true));
        assertEquals(1, Fakes.end(on).size());
        fakes.listening.add(HookPoint.POST_FUSION);
        settings = with("fusion", "off");
        StreamRun off = run(fakes);
        Fakes.take(off, text("hello", true));
        assertEquals(List.of(), Fakes.end(off));
    }

    @Test
    void aChunkOfALaterSpanClosesTheWindowAndALateOneJoinsTheOpenOne() throws Exception {
        settings = with("fusion", "on");
        StreamRun run = run(new Fakes());
        assertEquals(
                List.of(),
                Fakes.take(run, chunk("a", "text", SECOND / 2, false)).orElseThrow().windows());
        assertEquals(
                List.of(),
                Fakes.take(run, chunk("b", "voice", SECOND - 1, false)).orElseThrow().windows());
        FusedWindow first =
                Fakes.take(run, chunk("c", "text", SECOND, false)).orElseThrow().windows().get(0);
        assertEquals(0, first.window().startNanos());
        assertEquals(SECOND, first.window().endNanos());
        assertEquals(
                List.of("text", "voice"), first.parts().stream().map(p -> p.modality()).toList());
        Fakes.take(run, chunk("late", "text", 5, true));
        List<FusedWindow> rest = Fakes.end(run);
        assertEquals(1, rest.size());
        assertEquals(2, rest.get(0).parts().get(0).chunks());
        assertEquals(2, run.windows());
    }

    @Test
    void hooksWeighPartsAndLabelWindows() throws Exception {
        Fakes fakes = new Fakes();
        fakes.listening.add(HookPoint.PRE_FUSION);
        fakes.listening.add(HookPoint.POST_FUSION);
        settings = with("weights.voice", "3.5");
        fakes.preFusion =
                parts -> {
                    assertEquals(3.5, parts.get(1).weight());
                    return new double[] {0, 7};
                };
        fakes.postFusion =
                windows ->
                        windows.stream()
                                .map(
                                        w ->
                                                new Window(
                                                        w.key(),
                                                        w.startNanos(),
                                                        w.endNanos(),
                                                        "seen",
                                                        w.confidence(),
                                                        w.fused(),
                                                        w.notes()))
                                .toList();
        StreamRun run = run(fakes);
        Fakes.take(run, chunk("a", "text", 1, false));
        Fakes.take(run, chunk("b", "voice", 2, true));
        FusedWindow w = Fakes.end(run).get(0);
        assertEquals("seen", w.window().label());
        assertEquals(1, w.parts().size());
        assertEquals("voice", w.parts().get(0).modality());
        assertEquals(7, w.parts().get(0).weight());
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 64, 3_000})
    void aHandlersVectorCountsAndAFailingOneIsReplacedByTheHostsEncoder(int dimension)
            throws Exception {
        VectorSpace space = new VectorSpace(dimension);
        Vector given = new Vector(space.random(42).toTrits());
        Fakes fakes = new Fakes();
        fakes.vectorDimension = dimension;
        fakes.listening.add(HookPoint.ON_ERROR);
        fakes.listening.add(HookPoint.PRE_FUSION);
        fakes.handlers.add(
                Fakes.handler(
                        "lidar",
                        "lidar",
                        "x/y",
                        c -> new Answer.Value<>(c),
                        c ->
                                payload(c.get(0)).equals("good")
                                        ? new Answer.Value<>(List.of(given))
                                        : payload(c.get(0)).equals("short")
                                                ? new Answer.Value<>(
                                                        List.of(new Vector(new byte[3])))
                                                : new Answer.Refusal<>("no")));
        StreamRun run = run(fakes);
        Fakes.take(run, chunk("good", "lidar", 0, false));
        Fakes.take(run, chunk("short", "lidar", SECOND, false));
        Fakes.take(run, chunk("bad", "lidar", 2 * SECOND, true));
        Fakes.end(run);
        assertEquals(given, fakes.fused.get(0).get(0).bundle());
        assertEquals(
                new Vector(
                        HostEncoder.encode(space, "short".getBytes(StandardCharsets.UTF_8))
                                .toTrits()),
                fakes.fused.get(1).get(0).bundle());
        assertEquals(
                List.of("GUEST_ABI", "GUEST_ERROR"),
                fakes.incidents.stream().map(Incident::code).toList());
        assertEquals(2, run.trace().get(0).failures());
    }

    @Test
    void payloadsThatShareMuchAreSimilarAndOthersAreNot() throws Exception {
        VectorSpace space = new VectorSpace(VectorSpace.DEFAULT_DIMENSION);
        byte[] a = "the quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);
        byte[] b = "the quick brown fox jumps over the lazy cat".getBytes(StandardCharsets.UTF_8);
        byte[] c = "0123456789 9876543210 5555555555 1212121212".getBytes(StandardCharsets.UTF_8);
        double near = space.similarity(HostEncoder.encode(space, a), HostEncoder.encode(space, b));
        double far = space.similarity(HostEncoder.encode(space, a), HostEncoder.encode(space, c));
        assertTrue(near > 0.6, near + "");
        assertTrue(Math.abs(far) < 0.2, far + "");
        assertEquals(HostEncoder.encode(space, a), HostEncoder.encode(space, a));
        assertFalse(HostEncoder.encode(space, new byte[0]).equals(space.zero()));
    }

    @Test
    void moreKeysThanMayBeOpenCloseTheOldest() throws Exception {
        VectorSpace space = new VectorSpace(64);
        Windows windows = new Windows(SECOND, new KeptMemory(MemoryQuota.UNCOUNTED));
        for (int i = 0; i < Windows.MAX_OPEN; i++) {
            assertTrue(windows.join(keyed("k" + i), space, space.random(i)).isEmpty());
        }
        assertEquals("k0", windows.join(keyed("more"), space, space.random(9)).get(0).key());
        for (int i = 0; i < Windows.MAX_OPEN; i++) {
            assertTrue(windows.close().isPresent());
        }
        assertTrue(windows.close().isEmpty());
    }

    @Test
    void aWindowsSpanIsOneAlsoAtTheEndsOfTime() throws Exception {
        VectorSpace space = new VectorSpace(64);
        for (long time :
                new long[] {Long.MIN_VALUE, -SECOND - 1, -1, 0, SECOND, Long.MAX_VALUE - 1}) {
            Windows windows = new Windows(SECOND, new KeptMemory(MemoryQuota.UNCOUNTED));
            windows.join(keyed("k", time), space, space.random(1));
            OpenWindow w = windows.close().orElseThrow();
            assertTrue(w.startNanos() <= time, time + " is not before " + w.startNanos());
            assertTrue(windows.endNanos(w) - 1 >= time, time + " is within " + w.startNanos());
            long span = windows.endNanos(w) - w.startNanos();
            assertTrue(span > 0 && span <= SECOND, time + " is in a span of " + span);
        }
    }

    private static Chunk keyed(String key) {
        return keyed(key, 0);
    }

    private static Chunk keyed(String key, long eventTimeNanos) {
        return new Chunk(
                new byte[1],
                "text/plain",
                "text",
                "s",
                List.of(new Chunk.Attribute("key", key)),
                0,
                eventTimeNanos,
                false);
    }

    @Test
    void aWindowOfManyChunksStaysSmallAndCountsThemAll() throws Exception {
        VectorSpace space = new VectorSpace(64);
        OpenWindow w = new OpenWindow("k", 0);
        for (int i = 0; i < 1000; i++) {
            w.add(space, "text", space.random(7));
        }
        assertEquals(1000, w.chunks("text"));
        assertEquals(space.random(7), w.bundle(space, "text"));
    }
}
