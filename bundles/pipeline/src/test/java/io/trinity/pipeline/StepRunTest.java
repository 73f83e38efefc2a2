package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepRunTest {
    private static final long MIB = 1 << 20;

    private static PipelineSettings settings(String... keysAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return PipelineSettings.read(
                values, PipelineSettings.defaults("main"), p -> assertEquals("", p));
    }

    private static Chunk chunk(byte[] payload, boolean last) {
        return new Chunk(payload, "text/plain", "text", "s", List.of(), 0, 0, last);
    }

    private static Chunk chunk(String payload, boolean last) {
        return chunk(payload.getBytes(StandardCharsets.UTF_8), last);
    }

    private static String text(Chunk c) {
        return new String(c.payload(), StandardCharsets.UTF_8);
    }

    private static String seen(Chunk c) {
        return text(c) + "#" + c.sequence() + (c.last() ? "!" : "");
    }

    /** The total of all plugins. */
    private static final class Total implements MemoryQuota {
        private final long limit;
        private long held;
        private long peak;

        Total(long limit) {
            this.limit = limit;
        }

        @Override
        public boolean tryReserve(long bytes, long heapBytes) {
            assertEquals(0, bytes);
            assertTrue(heapBytes >= 0);
            boolean fits = heapBytes <= limit - held;
            held += fits ? heapBytes : 0;
            peak = Math.max(peak, held);
            return fits;
        }

        @Override
        public void release(long bytes, long heapBytes) {
            assertTrue(heapBytes >= 0 && heapBytes <= held);
            held -= heapBytes;
        }

        @Override
        public long limitBytes() {
            return limit;
        }

        @Override
        public Optional<String> totalRefusing(long heapBytes) {
            return Optional.of("all plugins together hold 7 of the 8 MiB that they may");
        }
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** 4 GB pass through, as two plugins within their limits can make them of one byte. */
    @Test
    void ofEachStageNoMoreIsKeptThanOneCallMakes() throws Exception {
        Fakes fakes = new Fakes(stage("a", 500, 10), stage("b", 220, 65_536));
        Total total = new Total(Long.MAX_VALUE);
        fakes.memory = total;
        PipelineSettings settings =
                settings("maxChunksPerStep", "1000000", "maxMebibytesPerStep", "4096");
        long before = heapAfterCollection();
        long[] most = {0, 0, 0};
        try (StreamRun run = new StreamRun(settings, fakes, "s", new Counters())) {
            run.take(
                    chunk("x", true),
                    new StreamRun.Sink() {
                        @Override
                        public void chunks(List<Chunk> chunks) {
                            most[0] += chunks.size();
                            if (most[0] >= most[2]) {
                                most[2] += 5_000;
                                most[1] = Math.max(most[1], heapAfterCollection() - before);
                            }
                        }

                        @Override
                        public void window(FusedWindow window) {
                            throw new AssertionError("nobody wants windows");
                        }
                    });
            assertEquals(Optional.empty(), run.failure().filter(f -> !limit(f)));
        }
        long oneCall = 220L * (65_536 + 1024);
        assertTrue(most[0] > 50_000, most[0] + " chunks went through");
        assertTrue(total.peak > 0 && total.peak < oneCall + 2 * MIB, "counted " + total.peak);
        assertTrue(most[1] < 2 * oneCall + 4 * MIB, "the heap held " + most[1]);
        assertEquals(0, total.held, "all is given back");
    }

    private static boolean limit(StageRun.Failure f) {
        return f.code() == ErrorCode.LIMIT_CHUNKS;
    }

    /** As {@link FakeStage}, but it remembers nothing. */
    private static PipelineStage stage(String name, int count, int bytes) {
        return new Forgetful(
                name,
                1,
                c -> {
                    List<Chunk> made = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        made.add(chunk(new byte[bytes], false));
                    }
                    return new Answer.Value<>(made);
                });
    }

    private record Forgetful(
            String name, int batch, Function<List<Chunk>, Answer<List<Chunk>>> work)
            implements PipelineStage {
        @Override
        public Answer<List<Chunk>> process(List<Chunk> chunks) {
            return work.apply(chunks);
        }
    }

    @Test
    void whoMakesTooMuchOfOneChunkIsNamedWithTheLimitAndWhatToDo() throws Exception {
        Fakes fakes = new Fakes(stage("a-splits", 50, 10), stage("b-swells", 100, 1000));
        StreamRun chunks = run(settings("maxChunksPerStep", "4096"), fakes);
        assertTrue(Fakes.take(chunks, chunk("x", true)).isEmpty());
        StageRun.Failure f = chunks.failure().orElseThrow();
        assertEquals("b-swells", f.plugin());
        assertEquals(ErrorCode.LIMIT_CHUNKS, f.code());
        assertEquals(
                "plugin 'b-swells': made 4100 chunks of one chunk of the input, the limit is 4096;"
                        + " make fewer, or raise maxChunksPerStep in"
                        + " conf/io.trinity.pipeline-main.cfg",
                f.message());
        assertTrue(chunks.chunksOut() > 3_800, "what was within the limit goes out meanwhile");
        StreamRun bytes = run(settings("maxMebibytesPerStep", "1"), fakes);
        assertTrue(Fakes.take(bytes, chunk("x", true)).isEmpty());
        f = bytes.failure().orElseThrow();
        assertEquals("b-swells", f.plugin());
        assertTrue(f.message().contains("the limit is 1048576; make fewer, or raise maxMebi"));
    }

    @Test
    void theLimitIsOfOneChunkAndNotOfTheStream() throws Exception {
        StreamRun run = run(settings("maxChunksPerStep", "10"), new Fakes(stage("a", 10, 1)));
        for (int i = 0; i < 100; i++) {
            assertEquals(10, Fakes.take(run, chunk("x", false)).orElseThrow().chunks().size());
        }
    }

    @Test
    void byPolicyTheBatchThatIsTooMuchPassesAsItWas() throws Exception {
        Fakes fakes = new Fakes(stage("a", 3, 1), stage("b", 10, 2));
        StreamRun run = run(settings("maxChunksPerStep", "20", "onFailure", "pass"), fakes);
        List<Chunk> made = Fakes.take(run, chunk("x", true)).orElseThrow().chunks();
        assertEquals(21, made.size());
        assertEquals(1, made.get(20).payload().length, "it did not go through b");
        assertTrue(made.get(20).last());
        assertEquals(1, run.stages().get(1).failures());
    }

    @Test
    void whereTheTotalHasNoRoomTheStageThatMadeItFails() throws Exception {
        Fakes fakes = new Fakes(stage("a", 3, 10), stage("b", 100, 65_536));
        Total total = new Total(2 * MIB);
        fakes.memory = total;
        StreamRun run = run(settings(), fakes);
        assertTrue(Fakes.take(run, chunk("x", true)).isEmpty());
        StageRun.Failure f = run.failure().orElseThrow();
        assertEquals("b", f.plugin());
        assertEquals(ErrorCode.LIMIT_TOTAL_MEMORY, f.code());
        assertTrue(
                f.message()
                        .contains(
                                "all plugins together hold 7 of the 8 MiB that they may; unload a"
                                        + " plugin, or raise totalMemoryBytes in"),
                f.message());
        run.close();
        assertEquals(0, total.held);
    }

    private static StreamRun run(PipelineSettings settings, Fakes fakes) {
        return new StreamRun(settings, fakes, "s", new Counters());
    }

    /** What a stage makes of a batch, by its number: deterministic, and now and then it refuses. */
    private static Answer<List<Chunk>> make(String name, long seed, List<Chunk> part) {
        Random random = new Random(seed ^ part.stream().map(StepRunTest::text).toList().hashCode());
        if (random.nextInt(8) == 0) {
            return new Answer.Refusal<>("no");
        }
        List<Chunk> made = new ArrayList<>();
        for (Chunk c : part) {
            for (int i = random.nextInt(4); i > 0; i--) {
                made.add(chunk(text(c) + name + i, false));
            }
        }
        return new Answer.Value<>(made);
    }

    /** As if each stage were done with everything before the next begins. */
    private static List<Chunk> breadthFirst(
            Chunk chunk,
            List<FakeStage> stages,
            Map<String, Numbering> numberings,
            FailurePolicy policy,
            boolean[] failed) {
        List<Chunk> now = List.of(chunk);
        for (FakeStage s : stages) {
            List<Chunk> made = new ArrayList<>();
            for (int at = 0; at < now.size(); at += s.batch()) {
                List<Chunk> part = now.subList(at, Math.min(now.size(), at + s.batch()));
                Answer<List<Chunk>> answer = s.process(part);
                if (answer instanceof Answer.Value<List<Chunk>> v) {
                    made.addAll(v.value());
                } else if (policy == FailurePolicy.FAIL) {
                    failed[0] = true;
                    return List.of();
                } else if (policy == FailurePolicy.PASS) {
                    made.addAll(part);
                }
            }
            now = numbered(chunk, made, numberings.computeIfAbsent(s.name(), n -> new Numbering()));
            if (now.isEmpty()) {
                return now;
            }
        }
        return numbered(chunk, now, numberings.computeIfAbsent("out", n -> new Numbering()));
    }

    private static List<Chunk> numbered(Chunk from, List<Chunk> made, Numbering numbering) {
        List<Chunk> result = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            result.add(numbering.number(made.get(i), from.last() && i == made.size() - 1));
        }
        if (from.last() && made.isEmpty()) {
            result.add(numbering.number(Numbering.empty(from), true));
        }
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "pass", "drop"})
    void batchesAndResultsAreAsIfEachStageWereDoneBeforeTheNext(String policy) throws Exception {
        Random random = new Random(policy.hashCode());
        int streams = 0;
        for (int round = 0; round < 400; round++) {
            List<FakeStage> here = new ArrayList<>();
            List<FakeStage> there = new ArrayList<>();
            List<List<String>> hereParts = new ArrayList<>();
            List<List<String>> thereParts = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                String name = "abcd".substring(i, i + 1);
                int batch = 1 + random.nextInt(5);
                long seed = random.nextLong();
                here.add(0, remembering(name, batch, seed, hereParts));
                there.add(0, remembering(name, batch, seed, thereParts));
            }
            StreamRun run =
                    run(
                            settings("onFailure", policy),
                            new Fakes(here.toArray(new PipelineStage[0])));
            Map<String, Numbering> numberings = new HashMap<>();
            List<String> made = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            boolean[] failed = {false};
            boolean goesOn = true;
            for (int i = 0; i < 4 && goesOn; i++) {
                Chunk c = chunk("x" + i, i == 3);
                FailurePolicy p = FailurePolicy.valueOf(policy.toUpperCase(Locale.ROOT));
                breadthFirst(c, there, numberings, p, failed).forEach(e -> expected.add(seen(e)));
                Optional<Fakes.Step> step = Fakes.take(run, c);
                goesOn = step.isPresent();
                assertEquals(!failed[0], goesOn);
                step.ifPresent(s -> s.chunks().forEach(e -> made.add(seen(e))));
            }
            if (goesOn) {
                streams++;
                assertEquals(expected, made);
                hereParts.sort(Comparator.comparing(Object::toString));
                thereParts.sort(Comparator.comparing(Object::toString));
                assertEquals(thereParts, hereParts, "each stage gets the same batches");
            }
        }
        assertTrue(streams > 40, streams + " streams went through");
    }

    private static FakeStage remembering(
            String name, int batch, long seed, List<List<String>> parts) {
        return new FakeStage(
                name,
                batch,
                part -> {
                    List<String> told = new ArrayList<>(List.of(name));
                    part.forEach(c -> told.add(seen(c)));
                    parts.add(told);
                    return make(name, seed, part);
                });
    }

    @Test
    void hooksGetNoMoreAtOnceThanTheyCanPrepareFor() throws Exception {
        Fakes fakes = new Fakes(stage("a", 200, 65_536), stage("b", 1, 65_536));
        fakes.listening.add(HookPoint.POST_CHUNK);
        long[] most = {0, 0};
        fakes.postChunk =
                c -> {
                    most[0] = Math.max(most[0], KeptMemory.bytes(c));
                    most[1] += c.size();
                    return c;
                };
        Fakes.take(run(settings(), fakes), chunk("x", true));
        assertEquals(200, most[1]);
        assertTrue(most[0] >= MIB / 4 && most[0] < MIB / 4 + 70_000, most[0] + " bytes at once");
    }

    @Test
    void hooksThatMakeTooMuchFailTheStreamAndAreNamed() throws Exception {
        Fakes fakes = new Fakes();
        fakes.listening.add(HookPoint.POST_CHUNK);
        fakes.hookList =
                List.of(
                        new HookSnapshot(
                                "grows",
                                HookPoint.POST_CHUNK,
                                "",
                                100,
                                true,
                                1,
                                0,
                                0,
                                "",
                                false,
                                ""));
        fakes.postChunk = c -> Collections.nCopies(5000, c.get(0));
        StreamRun run = run(settings(), fakes);
        assertTrue(Fakes.take(run, chunk("x", true)).isEmpty());
        StageRun.Failure f = run.failure().orElseThrow();
        assertEquals(ErrorCode.LIMIT_CHUNKS, f.code());
        assertEquals("grows", f.plugin());
        assertTrue(f.message().contains("5000 chunks") && f.message().contains("4096"));
        assertTrue(f.message().contains("hook:disable"), f.message());
    }

    private static Chunk of(String modality, String key, long nanos) {
        return new Chunk(
                new byte[] {1},
                "a/b",
                modality,
                "s",
                List.of(new Chunk.Attribute("key", key)),
                0,
                nanos,
                false);
    }

    @Test
    void aModalityTooManyClosesTheWindow() throws Exception {
        StreamRun run = run(settings("fusion", "on"), new Fakes());
        for (int i = 0; i < OpenWindow.MAX_MODALITIES; i++) {
            assertTrue(Fakes.take(run, of("m" + i, "k", 0)).orElseThrow().windows().isEmpty());
        }
        assertTrue(Fakes.take(run, of("m3", "k", 0)).orElseThrow().windows().isEmpty());
        FusedWindow closed = Fakes.take(run, of("one-more", "k", 0)).orElseThrow().windows().get(0);
        assertEquals(OpenWindow.MAX_MODALITIES, closed.parts().size());
        FusedWindow rest = Fakes.end(run).get(0);
        assertEquals("one-more", rest.parts().get(0).modality());
        assertEquals(closed.window().startNanos(), rest.window().startNanos());
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 10_000, 1_000_000})
    void openWindowsAreBoundedInBytesAndCounted(int dimension) throws Exception {
        Fakes fakes = new Fakes();
        fakes.vectorDimension = dimension;
        Total total = new Total(Long.MAX_VALUE);
        fakes.memory = total;
        VectorSpace space = new VectorSpace(dimension);
        KeptMemory kept = new KeptMemory(total);
        Windows windows = new Windows(1_000_000_000L, kept);
        Hypervector vector = space.random(1);
        int chunks = dimension > 10_000 ? 500 : 20_000;
        for (int i = 0; i < chunks; i++) {
            windows.join(of("m" + i % 16, "k" + i / 16 % 64, 0), space, vector);
            assertTrue(kept.heldBytes() <= Windows.MAX_BYTES + 8 * MIB);
        }
        while (windows.close().isPresent()) {
            // The next.
        }
        assertEquals(0, kept.heldBytes());
        kept.close();
        assertEquals(0, total.held);
        assertTrue(total.peak > 0);
    }

    /** As a stage can make them of one chunk: each closes the one before. */
    @Test
    void windowsThatOneStepClosesGoOutOneByOne() throws Exception {
        Fakes fakes = new Fakes();
        List<Chunk> many = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            many.add(of("text", "k", i * 1_000_000_000L));
        }
        fakes.stages = List.of(new Forgetful("a", 1, c -> new Answer.Value<>(many)));
        fakes.listening.add(HookPoint.POST_FUSION);
        int[] handed = {0};
        fakes.postFusion =
                w -> {
                    handed[0] = Math.max(handed[0], w.size());
                    return w;
                };
        long before = heapAfterCollection();
        long[] most = {0, 0};
        try (StreamRun run = run(settings(), fakes)) {
            assertTrue(
                    run.take(
                            of("text", "k", 0),
                            new StreamRun.Sink() {
                                @Override
                                public void chunks(List<Chunk> chunks) {
                                    assertFalse(chunks.isEmpty());
                                }

                                @Override
                                public void window(FusedWindow window) {
                                    if (most[0]++ % 500 == 499) {
                                        long now = heapAfterCollection() - before;
                                        most[1] = Math.max(most[1], now);
                                    }
                                }
                            }));
        }
        assertEquals(3999, most[0]);
        assertEquals(1, handed[0]);
        assertTrue(most[1] < 8 * MIB, "the heap held " + most[1]);
    }
}
