package io.trinity.hooks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Part;
import io.trinity.api.hook.Remark;
import io.trinity.api.hook.Verdict;
import io.trinity.api.hook.Veto;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import io.trinity.api.stream.Chunk;
import io.trinity.api.stream.Vector;
import io.trinity.api.stream.Window;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookDispatcherTest {
    private int wallMillis = 500;
    @TempDir Path folder;

    private final List<String> trace = new ArrayList<>();
    private final HookTrace tracer =
            (plugin, point, outcome, nanos) -> trace.add(plugin + " " + outcome);
    private final java.util.Map<String, String> standing = new HashMap<>();
    private HookTable table;
    private RememberedHooks remembered;
    private AsyncNotifier notifier;
    private HookDispatcher bus;

    @BeforeEach
    void open() {
        DisabledHooks disabled = new DisabledHooks(folder.resolve("hooks/disabled"));
        table = new HookTable(disabled::contains);
        notifier = new AsyncNotifier(2);
        remembered = new RememberedHooks(folder.resolve("hooks/required"));
        bus =
                new HookDispatcher(
                        table,
                        disabled,
                        remembered,
                        new Delivery(n -> Limits.DEFAULT, () -> wallMillis),
                        notifier,
                        new Standing() {
                            @Override
                            public Optional<String> of(String plugin) {
                                return Optional.ofNullable(standing.get(plugin));
                            }

                            @Override
                            public Optional<String> unread() {
                                return Optional.ofNullable(standing.get(""));
                            }
                        });
    }

    @Test
    void whileNobodyKnowsWhatIsRequiredNothingPasses() {
        assertFalse(bus.listens(HookPoint.POST_CHUNK));
        standing.put("", "conf/io.trinity.hooks.cfg:2: it is no comment and has no '='");
        assertTrue(bus.listens(HookPoint.POST_CHUNK));
        assertTrue(chunkRefused().getMessage().contains("hooks.cfg:2"));
        standing.remove("");
        assertEquals(1, bus.postChunk(List.of(chunk("x", false)), tracer).size());
    }

    @AfterEach
    void close() {
        notifier.close();
    }

    private FakePlugin plugin(String name, String declared, FakePlugin.Script script) {
        FakePlugin p = new FakePlugin(name, script);
        table.put(p, List.of(DeclaredHook.parse(declared).orElseThrow()));
        return p;
    }

    private FakePlugin appending(String name, String declared, String letter) {
        return plugin(
                name, declared, (f, a) -> new Answer.Value<>(bytes(text((byte[]) a[1]) + letter)));
    }

    private static PluginException trap(String name) {
        return PluginException.of(ErrorCode.GUEST_TRAP, PluginRef.named(name), "it trapped", "");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String fire(String name) {
        return text(bus.fire(name, bytes(""), Long.MAX_VALUE, tracer));
    }

    private static Chunk chunk(String payload, boolean last) {
        return new Chunk(bytes(payload), "text/plain", "text", "s", List.of(), 7, 9, last);
    }

    private HookSnapshot hook(String plugin) {
        return bus.list().stream().filter(h -> h.plugin().equals(plugin)).findFirst().orElseThrow();
    }

    @Test
    void lowerPrioritiesRunFirstAndEqualOnesByName() {
        appending("z", "custom/x@100", "1");
        appending("b", "custom/x@500", "3");
        appending("a", "custom/x@500", "2");
        appending("c", "custom/other@100", "!");
        assertEquals("123", fire("x"));
        assertEquals(List.of("z ok", "a ok", "b ok"), trace);
        assertEquals("b", hook("a").conflict());
        assertEquals("", hook("z").conflict());
    }

    @Test
    void whoeverListensIsToldWhyAHookFailed() {
        plugin("c", "custom/x@300", (f, a) -> new Answer.Refusal<>("no station"));
        List<String> why = new ArrayList<>();
        bus.fire(
                "x",
                bytes(""),
                Long.MAX_VALUE,
                new HookTrace() {
                    @Override
                    public void called(String p, HookPoint point, String outcome, long nanos) {
                        why.add("called " + p);
                    }

                    @Override
                    public void failed(
                            String p, HookPoint point, ErrorCode code, String message, long nanos) {
                        why.add(p + " " + code + ": " + message);
                    }
                });
        assertEquals(List.of("c GUEST_ERROR: it refused: \"no station\""), why);
    }

    @Test
    void aHookThatTrapsErrsOrIsADefectIsSkippedAndCounted() {
        appending("a", "custom/x@100", "a");
        plugin(
                "b",
                "custom/x@200",
                (f, a) -> {
                    throw trap("b");
                });
        plugin("c", "custom/x@300", (f, a) -> new Answer.Refusal<>("no"));
        plugin(
                "d",
                "custom/x@400",
                (f, a) -> {
                    throw new IllegalStateException("a defect");
                });
        plugin(
                "e",
                "custom/x@450",
                (f, a) -> new Answer.Value<>(new byte[HookComponent.MAX_PAYLOAD_BYTES + 1]));
        appending("f", "custom/x@500", "f");
        assertEquals("af", fire("x"));
        assertEquals(
                List.of(
                        "a ok",
                        "b GUEST_TRAP",
                        "c GUEST_ERROR",
                        "d INTERNAL",
                        "e GUEST_ABI",
                        "f ok"),
                trace);
        assertEquals(1L, hook("b").skipped());
        assertEquals(0L, hook("f").skipped());
        assertEquals(1L, hook("b").calls());
    }

    @Test
    void whoFiresTooLateFailsAndTheListenerHasNotFailed() {
        appending("first", "custom/x@100", "a");
        plugin(
                "late",
                "custom/x@200",
                (f, a) -> {
                    throw PluginException.of(
                            ErrorCode.LIMIT_TIME, PluginRef.named("firing"), "too late", "");
                });
        long soon = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
        PluginException e =
                assertThrows(
                        PluginException.class,
                        () -> bus.fire("firing", "x", bytes(""), soon, tracer));
        assertEquals(ErrorCode.LIMIT_TIME, e.code());
        assertEquals(0L, hook("late").skipped());
        assertEquals("a", fire("x"));
    }

    @Test
    void whoNeedsMoreThanThereIsIsPassedOverAndTheOthersAreCalled() {
        plugin(
                "slow",
                "custom/x@100",
                (f, a) -> {
                    throw PluginException.of(
                            ErrorCode.LIMIT_TIME, PluginRef.named("firing"), "needs more", "");
                });
        appending("honest", "custom/x@200", "b");
        // Before the bus's own deadline, so that it is the caller's, and after it has run out in
        // no run of this test.
        long soon = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
        wallMillis = 60_000;
        assertEquals("b", text(bus.fire("firing", "x", bytes(""), soon, tracer)));
        assertEquals(1L, hook("slow").skipped());
        assertEquals(1L, hook("honest").calls());
        failing("guard", "custom/x@50!", ErrorCode.LIMIT_TIME);
        refused(() -> bus.fire("firing", "x", bytes(""), soon, tracer));
    }

    @Test
    void whatOneHookMadeIsHandedToTheNextInCallsOfABoundedSize() {
        List<Integer> sizes = new ArrayList<>();
        plugin(
                "counts",
                "post_chunk@200",
                (f, a) -> {
                    sizes.add(((List<?>) a[0]).size());
                    return new Answer.Value<>(new Verdict.Pass());
                });
        List<Chunk> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(chunk("x", false));
        }
        assertEquals(300, bus.postChunk(many, tracer).size());
        List<Chunk> large = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            large.add(chunk("y".repeat(65_536), false));
        }
        assertEquals(large, bus.postChunk(large, tracer));
        assertEquals(List.of(256, 44, 4, 4, 4, 4, 4), sizes);
    }

    @Test
    void payloadsHaveABoundWhoeverHandsThemOver() {
        FakePlugin listener = appending("a", "custom/x@100", "a");
        byte[] largest = new byte[1 << 20];
        assertThrows(
                IllegalArgumentException.class,
                () -> bus.fire("x", new byte[(1 << 20) + 1], Long.MAX_VALUE, tracer));
        assertTrue(listener.options.isEmpty());
        assertEquals(largest, bus.fire("x", largest, Long.MAX_VALUE, tracer));
        assertEquals(List.of("a GUEST_ABI"), trace);
    }

    @Test
    void aNameThatNoCustomHookCanHaveIsFiredAtNobody() {
        for (String none : List.of("", "X", "a b", "a/b", "ä", "x".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> fire(none), none);
        }
        assertEquals("", fire("x".repeat(64)));
    }

    @Test
    void everyHookCallHasADeadlineAndTheCallersIsKept() {
        FakePlugin p = appending("a", "custom/x@100", "a");
        fire("x");
        long far = p.options.get(0).deadlineNanos() - System.nanoTime();
        assertTrue(far > 0 && far <= TimeUnit.MILLISECONDS.toNanos(500), far + " ns");
        long soon = System.nanoTime() + 1_000_000;
        bus.fire("x", bytes(""), soon, tracer);
        assertEquals(soon, p.options.get(1).deadlineNanos());
    }

    @Test
    void fourHooksRunWithinEachOtherAndTheFifthIsRefused() {
        for (int i = 1; i <= 5; i++) {
            String next = "h" + (i + 1);
            String name = "p" + i;
            String own = Integer.toString(i);
            plugin(
                    name,
                    "custom/h" + i + "@500",
                    (f, a) -> {
                        try {
                            return new Answer.Value<>(
                                    bus.fire(
                                            name,
                                            next,
                                            bytes(text((byte[]) a[1]) + own),
                                            Long.MAX_VALUE,
                                            tracer));
                        } catch (PluginException e) {
                            assertEquals(ErrorCode.LIMIT_HOOK_DEPTH, e.code());
                            assertTrue(e.getMessage().contains("depth 5, the limit is 4"));
                            assertTrue(e.getMessage().contains("raise hookDepth"));
                            return new Answer.Value<>(bytes(text((byte[]) a[1]) + own + "!"));
                        }
                    });
        }
        assertEquals("1234!", fire("h1"));
        assertEquals(1L, hook("p5").skipped());
        assertEquals("the depth is given back", "1234!", fire("h1"));
    }

    private static void assertEquals(String what, String expected, String actual) {
        org.junit.jupiter.api.Assertions.assertEquals(expected, actual, what);
    }

    @Test
    void aPluginIsNotCalledFromWithinItsOwnCall() {
        appending("other", "custom/x@100", "o");
        plugin(
                "self",
                "custom/x@500",
                (f, a) ->
                        new Answer.Value<>(
                                bus.fire("self", "x", (byte[]) a[1], Long.MAX_VALUE, tracer)));
        assertEquals("oo", fire("x"));
        assertTrue(trace.contains("self LIMIT_BUSY"));
        // Fired by a plugin from outside any hook: its guest is busy too.
        assertEquals("o", text(bus.fire("self", "x", bytes(""), Long.MAX_VALUE, tracer)));
    }

    @Test
    void aVetoNamesItsPluginAndNobodyElseIsAsked() {
        plugin("a", "pre_pipeline@100", (f, a) -> new Answer.Value<>(null));
        plugin("b", "pre_pipeline@200", (f, a) -> new Answer.Refusal<>("too late"));
        plugin("c", "pre_pipeline@300", (f, a) -> new Answer.Value<>(null));
        assertEquals(
                Optional.of(new Veto("b", "too late")),
                bus.prePipeline("main", List.of("s"), tracer));
        assertEquals(List.of("a pass", "b veto"), trace);
        table.put(new FakePlugin("b", (f, a) -> null), List.of());
        assertEquals(Optional.empty(), bus.prePipeline("main", List.of("s"), tracer));
    }

    private static void assertEquals(Object expected, Object actual) {
        org.junit.jupiter.api.Assertions.assertEquals(expected, actual);
    }

    @Test
    void verdictsPassDropAndChange() {
        List<Chunk> chunks = List.of(chunk("a", true));
        plugin("p", "post_chunk@100", (f, a) -> new Answer.Value<>(new Verdict.Pass()));
        assertSame(chunks, bus.postChunk(chunks, tracer));
        plugin(
                "q",
                "post_chunk@200",
                (f, a) ->
                        new Answer.Value<>(
                                new Verdict.Change(
                                        List.of(
                                                new Chunk(
                                                        bytes("b"),
                                                        "",
                                                        "",
                                                        "elsewhere",
                                                        List.of(),
                                                        0,
                                                        0,
                                                        false)))));
        Chunk made = bus.postChunk(chunks, tracer).get(0);
        assertEquals("b", text(made.payload()));
        assertEquals("text/plain", made.contentType());
        assertEquals("s", made.stream());
        assertEquals(9L, made.eventTimeNanos());
        assertTrue(made.last());
        plugin("r", "post_chunk@300", (f, a) -> new Answer.Value<>(new Verdict.Drop()));
        FakePlugin never =
                plugin("s", "post_chunk@400", (f, a) -> new Answer.Value<>(new Verdict.Pass()));
        assertEquals(List.of(), bus.postChunk(chunks, tracer));
        assertTrue(never.options.isEmpty());
        assertEquals(
                List.of("p pass", "p pass", "q change", "p pass", "q change", "r drop"), trace);
    }

    @Test
    void anAttributeOfTheHostsIsNoHooksToMake() {
        Chunk forged =
                new Chunk(
                        bytes("x"),
                        "",
                        "",
                        "s",
                        List.of(new Chunk.Attribute("trinity.source", "x")),
                        0,
                        0,
                        false);
        plugin(
                "p",
                "post_chunk@100",
                (f, a) -> new Answer.Value<>(new Verdict.Change(List.of(forged))));
        plugin(
                "q",
                "post_fusion@100",
                (f, a) ->
                        new Answer.Value<>(
                                List.of(
                                        new Remark(
                                                "cat",
                                                List.of(
                                                        new Chunk.Attribute(
                                                                "trinity.note", "v"))))));
        List<Chunk> chunks = List.of(chunk("a", false));
        assertSame(chunks, bus.postChunk(chunks, tracer));
        Window w = new Window("k", 0, 1, "old", 0.5, new Vector(new byte[] {1}), List.of());
        assertEquals(List.of(w), bus.postFusion(List.of(w), tracer));
        assertEquals(List.of("p GUEST_ABI", "q GUEST_ABI"), trace);
    }

    @Test
    void weightsPassFromHookToHookAndWrongOnesAreSkipped() {
        List<Part> parts =
                List.of(
                        new Part("text", 1, 1, new Vector(new byte[] {1})),
                        new Part("lidar", 2, 3, new Vector(new byte[] {1})));
        plugin(
                "a",
                "pre_fusion@100",
                (f, a) -> {
                    Part second = (Part) ((List<?>) a[1]).get(1);
                    return new Answer.Value<>(new double[] {0, 2 * second.weight()});
                });
        plugin("b", "pre_fusion@200", (f, a) -> new Answer.Value<>(new double[] {1}));
        plugin("c", "pre_fusion@300", (f, a) -> new Answer.Value<>(new double[] {1, Double.NaN}));
        plugin("d", "pre_fusion@400", (f, a) -> new Answer.Value<>(new double[] {1, -1}));
        plugin("e", "pre_fusion@500", (f, a) -> new Answer.Value<>(new double[0]));
        plugin(
                "f",
                "pre_fusion@600",
                (f, a) -> {
                    Part second = (Part) ((List<?>) a[1]).get(1);
                    return new Answer.Value<>(new double[] {1, 1 + second.weight()});
                });
        assertArrayEquals(new double[] {1, 7}, bus.preFusion("k", parts, tracer));
        assertEquals(3L, trace.stream().filter(t -> t.endsWith("GUEST_ABI")).count());
    }

    @Test
    void remarksGiveLabelsAndNotesAndAWrongNumberOfThemIsSkipped() {
        Window w = new Window("k", 0, 1, "old", 0.5, new Vector(new byte[] {1}), List.of());
        plugin(
                "a",
                "post_fusion@100",
                (f, a) ->
                        new Answer.Value<>(
                                List.of(
                                        new Remark(
                                                "cat", List.of(new Chunk.Attribute("n", "v"))))));
        plugin("b", "post_fusion@200", (f, a) -> new Answer.Value<>(List.of()));
        plugin(
                "c",
                "post_fusion@300",
                (f, a) -> new Answer.Value<>(List.of(new Remark("", List.of()))));
        Window after = bus.postFusion(List.of(w), tracer).get(0);
        assertEquals("cat", after.label());
        assertEquals(List.of(new Chunk.Attribute("n", "v")), after.notes());
        assertEquals(List.of("a remarks", "b GUEST_ABI", "c remarks"), trace);
    }

    @Test
    void errorsAreToldOnAnotherThreadAndWhatIsTooMuchIsDropped() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(3);
        List<String> threads = new ArrayList<>();
        plugin(
                "a",
                "on_error@100",
                (f, a) -> {
                    threads.add(Thread.currentThread().getName());
                    began.countDown();
                    await(go);
                    told.countDown();
                    return new Answer.Value<>(null);
                });
        List<Incident> incident = List.of(new Incident("GUEST_TRAP", "m", "p", "s"));
        bus.onError(incident);
        await(began);
        for (int i = 0; i < 5; i++) {
            bus.onError(incident);
        }
        assertEquals(3L, notifier.dropped());
        go.countDown();
        await(told);
        assertEquals("trinity-hooks", threads.get(0));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(30, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatIsDisabledIsNotCalledAndStaysSoAfterARestart() throws Exception {
        appending("a", "custom/x@100", "a");
        appending("b", "custom/x@200", "b");
        bus.enable("a", HookPoint.CUSTOM, "x", false);
        assertEquals("b", fire("x"));
        assertFalse(hook("a").enabled());
        notifier.close();
        open();
        appending("a", "custom/x@100", "a");
        appending("b", "custom/x@200", "b");
        assertEquals("b", fire("x"));
        bus.enable("b", HookPoint.CUSTOM, "", false);
        assertFalse(bus.listens(HookPoint.CUSTOM));
        bus.enable("a", HookPoint.CUSTOM, "", true);
        bus.enable("b", HookPoint.CUSTOM, "", true);
        assertEquals("ab", fire("x"));
        assertThrows(PluginException.class, () -> bus.enable("c", HookPoint.CUSTOM, "x", false));
        assertThrows(PluginException.class, () -> bus.enable("a", HookPoint.CUSTOM, "y", false));
        Files.writeString(folder.resolve("hooks/disabled"), "junk\0\n\na custom/x\n");
        notifier.close();
        open();
        appending("a", "custom/x@100", "a");
        assertEquals("", fire("x"));
    }

    @Test
    void whatCannotBeRememberedIsNotChanged() throws Exception {
        Files.writeString(folder.resolve("hooks"), "a file where the folder belongs");
        appending("a", "custom/x@100", "a");
        PluginException e =
                assertThrows(
                        PluginException.class, () -> bus.enable("a", HookPoint.CUSTOM, "x", false));
        assertEquals(ErrorCode.STORE_FAILED, e.code());
        assertEquals("a", fire("x"));
    }

    @Test
    void aPluginThatGoesIsNotCalledAndOneThatComesBackKeepsNoOldHook() {
        FakePlugin first = appending("a", "custom/x@100", "1");
        appending("a", "custom/x@100", "2");
        table.remove(first);
        assertEquals("the newer service stays", "2", fire("x"));
        assertEquals(1L, hook("a").calls());
    }

    @Test
    void whereNobodyListensNothingIsAllocated() {
        List<Chunk> chunks = List.of(chunk("a", false));
        List<Window> windows = List.of();
        byte[] payload = bytes("p");
        List<Incident> incidents = List.of(new Incident("c", "m", "p", "s"));
        Runnable all =
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        bus.listens(HookPoint.POST_CHUNK);
                        bus.prePipeline("p", List.of(), tracer);
                        bus.postChunk(chunks, tracer);
                        bus.postFusion(windows, tracer);
                        bus.onError(incidents);
                        bus.onMetrics(List.of());
                    }
                };
        Runnable firing =
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        bus.postChunk(chunks, tracer);
                        assertSame(payload, payload);
                    }
                };
        assertTrue(allocatedBy(all) < 10_000, "less than a byte a call");
        assertTrue(allocatedBy(firing) < 10_000);
        assertSame(payload, bus.fire("x", payload, Long.MAX_VALUE, tracer));
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @Test
    void wishesAreReadAsTheRegistryWritesThem() {
        assertEquals(
                new DeclaredHook(HookPoint.POST_CHUNK, "", 500, false),
                DeclaredHook.parse("post_chunk@500").orElseThrow());
        assertEquals(
                new DeclaredHook(HookPoint.CUSTOM, "a.b-c", 100, false),
                DeclaredHook.parse("custom/a.b-c@100").orElseThrow());
        assertTrue(DeclaredHook.parse("custom/x@100!").orElseThrow().required());
        for (String odd :
                List.of("", "post_chunk", "custom@5", "post_chunk/x@5", "nowhere@5", "x@")) {
            assertEquals(Optional.empty(), DeclaredHook.parse(odd));
        }
    }

    private static final String POST = "post_chunk@500";

    private FakePlugin failing(String name, String declared, ErrorCode code) {
        return plugin(
                name,
                declared,
                (f, a) -> {
                    throw PluginException.of(code, PluginRef.named(name), "it is so", "do this");
                });
    }

    private PluginException refused(org.junit.jupiter.api.function.Executable call) {
        PluginException e = assertThrows(PluginException.class, call);
        assertEquals(ErrorCode.HOOK_REQUIRED, e.code());
        return e;
    }

    private PluginException chunkRefused() {
        return refused(() -> bus.postChunk(List.of(chunk("x", false)), tracer));
    }

    private void require(String... rules) {
        table.requirements(Requirements.read(List.of(rules), List.of(), p -> assertEquals("", p)));
    }

    @Test
    void aRequiredHookThatFailsLetsNothingThrough() {
        for (ErrorCode code :
                List.of(
                        ErrorCode.GUEST_TRAP,
                        ErrorCode.LIMIT_TIME,
                        ErrorCode.QUARANTINED,
                        ErrorCode.PAUSED,
                        ErrorCode.NOT_ACTIVE)) {
            failing("guard", POST + "!", code);
            PluginException e = chunkRefused();
            assertEquals("guard", e.plugin().name());
            assertTrue(
                    e.getMessage().contains("its required hook post_chunk failed by " + code)
                            && e.getMessage().contains("do this")
                            && e.getMessage().contains("optional = guard:post_chunk in conf/"),
                    e.getMessage());
            assertEquals("guard " + code, trace.get(trace.size() - 1));
        }
    }

    @Test
    void atEveryPointThatAnswersARequiredHookMustDoSo() {
        failing("guard", "pre_pipeline@500!", ErrorCode.GUEST_TRAP);
        refused(() -> bus.prePipeline("main", List.of("s"), tracer));
        failing("guard", "pre_fusion@500!", ErrorCode.GUEST_TRAP);
        refused(() -> bus.preFusion("k", List.of(), tracer));
        failing("guard", "post_fusion@500!", ErrorCode.GUEST_TRAP);
        Window w = new Window("k", 0, 1, "", 0, new Vector(new byte[1]), List.of());
        refused(() -> bus.postFusion(List.of(w), tracer));
        failing("guard", "custom/mask@500!", ErrorCode.GUEST_TRAP);
        refused(() -> bus.fire("mask", bytes("x"), Long.MAX_VALUE, tracer));
    }

    @Test
    void atEveryPointThatAnswersARequiredHookThatIsDisabledIsMissed() {
        failing("guard", "pre_pipeline@500!", ErrorCode.GUEST_TRAP);
        bus.enable("guard", HookPoint.PRE_PIPELINE, "", false);
        refused(() -> bus.prePipeline("main", List.of("s"), tracer));
        failing("guard", "pre_fusion@500!", ErrorCode.GUEST_TRAP);
        bus.enable("guard", HookPoint.PRE_FUSION, "", false);
        refused(() -> bus.preFusion("k", List.of(), tracer));
        failing("guard", "post_fusion@500!", ErrorCode.GUEST_TRAP);
        bus.enable("guard", HookPoint.POST_FUSION, "", false);
        Window w = new Window("k", 0, 1, "", 0, new Vector(new byte[1]), List.of());
        refused(() -> bus.postFusion(List.of(w), tracer));
        failing("guard", "custom/mask@500!", ErrorCode.GUEST_TRAP);
        bus.enable("guard", HookPoint.CUSTOM, "mask", false);
        refused(() -> bus.fire("mask", bytes("x"), Long.MAX_VALUE, tracer));
    }

    @Test
    void aRequiredHookThatIsDisabledLetsNothingThroughAndSaysWhatToDo() {
        plugin("guard", POST + "!", (f, a) -> new Answer.Value<>(new Verdict.Pass()));
        assertEquals(1, bus.postChunk(List.of(chunk("x", false)), tracer).size());
        bus.enable("guard", HookPoint.POST_CHUNK, "", false);
        assertTrue(bus.listens(HookPoint.POST_CHUNK));
        assertTrue(chunkRefused().getMessage().contains("hook:enable guard post_chunk"));
        HookSnapshot told = bus.list().get(0);
        assertTrue(told.required() && told.missing().contains("disabled by command"));
        bus.enable("guard", HookPoint.POST_CHUNK, "", true);
        assertEquals(1, bus.postChunk(List.of(chunk("x", false)), tracer).size());
    }

    @Test
    void aRequiredHookOfAPluginThatIsOffRefusedOrGoneIsMissedUntilItIsForgotten() {
        FakePlugin guard =
                plugin("guard", POST + "!", (f, a) -> new Answer.Value<>(new Verdict.Pass()));
        remembered.put("guard", List.of(DeclaredHook.parse(POST + "!").orElseThrow()));
        assertEquals(ErrorCode.NOT_FOUND, notForgotten("guard"));
        table.remove(guard);
        standing.put("guard", "it was unloaded by command; plugin:load guard brings it back");
        assertTrue(chunkRefused().getMessage().contains("plugin:load guard"));
        assertEquals(1, bus.list().size());
        assertEquals(ErrorCode.ILLEGAL_TRANSITION, notForgotten("guard"));
        standing.remove("guard");
        assertTrue(chunkRefused().getMessage().contains("hook:forget guard"));
        assertEquals(1, bus.list().size());
        assertTrue(bus.listens(HookPoint.POST_CHUNK));
        bus.forget("guard");
        assertFalse(bus.listens(HookPoint.POST_CHUNK));
        assertEquals(1, bus.postChunk(List.of(chunk("x", false)), tracer).size());
        assertEquals(List.of(), bus.list());
        assertEquals(ErrorCode.NOT_FOUND, notForgotten("guard"));
        assertEquals(
                java.util.Map.of(), new RememberedHooks(folder.resolve("hooks/required")).all());
        // One that was never let in, whose manifest was read.
        standing.put("other", "it is in error by CAPABILITY_DENIED; plugin:why other tells more");
        table.learn("other", List.of(DeclaredHook.parse(POST + "!").orElseThrow()));
        assertTrue(chunkRefused().getMessage().contains("CAPABILITY_DENIED"));
        standing.put("other", "");
        assertTrue(chunkRefused().getMessage().contains("it is just beginning to serve"));
        standing.remove("other");
        assertEquals(1, bus.postChunk(List.of(chunk("x", false)), tracer).size());
    }

    private ErrorCode notForgotten(String plugin) {
        return assertThrows(PluginException.class, () -> bus.forget(plugin)).code();
    }

    @Test
    void whatCannotBeForgottenOnDiskIsNotForgotten() throws Exception {
        FakePlugin guard =
                plugin("guard", POST + "!", (f, a) -> new Answer.Value<>(new Verdict.Pass()));
        remembered.put("guard", List.of(DeclaredHook.parse(POST + "!").orElseThrow()));
        table.remove(guard);
        Files.delete(folder.resolve("hooks/required"));
        Files.createDirectories(folder.resolve("hooks/required/in-the-way"));
        assertEquals(ErrorCode.STORE_FAILED, notForgotten("guard"));
        chunkRefused();
    }

    @Test
    void whatIsConfiguredHoldsWhetherThePluginWasEverThereOrNot() {
        require("redcat");
        assertTrue(bus.listens(HookPoint.POST_CHUNK) && bus.listens(HookPoint.PRE_PIPELINE));
        assertTrue(chunkRefused().getMessage().contains("there is no plugin of that name"));
        refused(() -> bus.prePipeline("main", List.of("s"), tracer));
        FakePlugin redcat =
                plugin("redcat", POST, (f, a) -> new Answer.Value<>(new Verdict.Pass()));
        assertEquals(1, bus.postChunk(List.of(chunk("x", false)), tracer).size());
        assertEquals(Optional.empty(), bus.prePipeline("main", List.of("s"), tracer));
        table.remove(redcat);
        chunkRefused();
        failing("redcat", POST, ErrorCode.GUEST_TRAP);
        chunkRefused();
    }

    @Test
    void aPluginThatIsRequiredAndHasNoHookLetsNothingThrough() {
        table.put(new FakePlugin("guard", (f, a) -> new Answer.Value<>("")), List.of());
        require("guard");
        assertTrue(chunkRefused().getMessage().contains("the plugin has no such hook"));
        plugin("guard", "on_error@500", (f, a) -> new Answer.Value<>(null));
        assertTrue(chunkRefused().getMessage().contains("the plugin has no such hook"));
    }

    @Test
    void whatAPluginThatServesRequiresIsNeitherForgottenNorTakenFromAnotherManifest() {
        FakePlugin guard =
                plugin("guard", POST + "!", (f, a) -> new Answer.Value<>(new Verdict.Pass()));
        standing.put("guard", "it was unloaded by command; plugin:load guard brings it back");
        table.forget("guard");
        table.learn("guard", List.of());
        table.remove(guard);
        chunkRefused();
    }

    @Test
    void aCustomHookThatIsRequiredIsMissedByThoseWhoFireIt() {
        require("guard:custom/mask");
        refused(() -> bus.fire("mask", bytes("x"), Long.MAX_VALUE, tracer));
        assertEquals("x", text(bus.fire("other", bytes("x"), Long.MAX_VALUE, tracer)));
        assertEquals(1, bus.postChunk(List.of(chunk("x", false)), tracer).size());
    }

    @Test
    void whatIsConfiguredAsOptionalIsSkippedWhateverTheManifestSays() {
        failing("guard", POST + "!", ErrorCode.GUEST_TRAP);
        table.requirements(
                Requirements.read(List.of(), List.of("guard"), p -> assertEquals("", p)));
        assertEquals(1, bus.postChunk(List.of(chunk("x", false)), tracer).size());
        assertEquals("guard GUEST_TRAP", trace.get(trace.size() - 1));
    }

    @Test
    void theRuleThatSaysMostHoldsAndOfEqualsTheOneThatRequires() {
        List<String> problems = new ArrayList<>();
        Requirements r =
                Requirements.read(
                        List.of(
                                "a",
                                "b:custom/x",
                                "c",
                                "d:on_error",
                                "e:nowhere",
                                "f:post_chunk/n"),
                        List.of("a:post_chunk", "b", "b:custom", "c"),
                        problems::add);
        DeclaredHook post = DeclaredHook.parse(POST + "!").orElseThrow();
        DeclaredHook x = DeclaredHook.parse("custom/x@500").orElseThrow();
        DeclaredHook y = DeclaredHook.parse("custom/y@500!").orElseThrow();
        assertFalse(r.requires("a", post));
        assertTrue(r.requires("a", x));
        assertTrue(r.requires("b", x));
        assertFalse(r.requires("b", y));
        assertTrue(r.requires("c", x));
        assertTrue(r.requires("z", y), "the manifest's word");
        DeclaredHook told = DeclaredHook.parse("on_error@500!").orElseThrow();
        assertFalse(r.requires("c", told), "nobody waits for its answer");
        assertFalse(r.requires("z", told));
        assertEquals(4, problems.size());
        assertTrue(problems.stream().allMatch(p -> p.contains("conf/io.trinity.hooks.cfg")));
        Requirements.Rule not = new Requirements.Rule("c", Optional.empty(), "", false);
        Requirements.Rule yes = new Requirements.Rule("c", Optional.empty(), "", true);
        assertTrue(new Requirements(List.of(not, yes)).requires("c", x));
        assertTrue(new Requirements(List.of(yes, not)).requires("c", x));
    }
}
