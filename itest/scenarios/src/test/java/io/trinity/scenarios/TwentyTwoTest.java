package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookTrace;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.reload.Reloader;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Test;

/**
 * The tests that the original only names, under its names; docs/twenty-two.md is their table. Those
 * of speed and memory are measured in itest/bench.
 */
public class TwentyTwoTest extends Scenario {
    @After
    public void removeAll() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(home().resolve("plugins"))) {
            files = all.toList();
        }
        for (Path f : files) {
            Files.delete(f);
        }
        await("no plugin is left", () -> registry.list().isEmpty());
    }

    private void load(String fixture, String plugin) {
        dropFixture(fixture, plugin + ".wasm");
        awaitState(plugin, PluginState.ACTIVE);
    }

    private PluginSnapshot loadVersion(String fixture, String plugin, String version) {
        dropFixture(fixture, plugin + ".wasm");
        return awaitPlugin(
                plugin,
                p ->
                        p.state() == PluginState.ACTIVE
                                && p.version().toString().equals(version)
                                && p.error().isEmpty());
    }

    private HookBus hooks() {
        return service(HookBus.class, "(objectClass=*)").orElseThrow();
    }

    private String fire(String hook, String payload) {
        byte[] answer =
                hooks().fire(
                                hook,
                                payload.getBytes(StandardCharsets.UTF_8),
                                Long.MAX_VALUE,
                                HookTrace.NONE);
        return new String(answer, StandardCharsets.UTF_8);
    }

    private void awaitHooks(int count) {
        await(count + " hooks are there", () -> hooks().list().size() == count);
    }

    @Test
    public void load_wasm_plugin() {
        load("stamp-1", "stamp");
        assertEquals("1bc", process("stamp", "abc"));
        assertEquals("wasm:stamp/", bundleOf("stamp").getLocation().substring(0, 11));
    }

    @Test
    public void load_with_dependencies() {
        // The dependent comes first and waits.
        dropFixture("mapper", "mapper.wasm");
        PluginSnapshot waiting = awaitError("mapper", ErrorCode.DEPENDENCY_MISSING);
        assertContains(waiting.error().orElseThrow().message(), "'geometry' [1.0.0,2.0.0)");
        load("geometry-1", "geometry");
        awaitState("mapper", PluginState.ACTIVE);
        awaitHooks(2);
        assertEquals("x1", fire("map", "x"));
        // What the dependent would not accept is refused, and names it.
        dropFixture("geometry-2", "geometry.wasm");
        PluginSnapshot refused = awaitError("geometry", ErrorCode.RELOAD_REFUSED);
        assertContains(refused.error().orElseThrow().message(), "plugin 'mapper' 1.0.0");
        assertEquals("x1", fire("map", "x"));
        loadVersion("geometry-1b", "geometry", "1.3.0");
        assertEquals("xb", fire("map", "x"));
        // It goes: the dependent stays, says so, and its calls fail as unavailable.
        removeFile("geometry.wasm");
        awaitGone("geometry");
        PluginSnapshot left = awaitPlugin("mapper", p -> !p.warnings().isEmpty());
        assertEquals(PluginState.ACTIVE, left.state());
        assertContains(left.warnings().get(0), "'geometry'");
        assertEquals("!", fire("map", "x"));
    }

    @Test
    public void load_conflict_detection() {
        load("stamp-2", "stamp");
        dropFixture("stamp-1", "twin.wasm");
        PluginSnapshot s = awaitError("twin.wasm", ErrorCode.NAME_TAKEN);
        assertContains(s.error().orElseThrow().message(), "'stamp.wasm'");
        assertContains(s.error().orElseThrow().message(), "'twin.wasm'");
        assertEquals("2bc", process("stamp", "abc"));
        // Versions: the range and what is there, both named.
        load("geometry-2", "geometry");
        dropFixture("mapper", "mapper.wasm");
        PluginSnapshot m = awaitError("mapper", ErrorCode.DEPENDENCY_CONFLICT);
        assertContains(m.error().orElseThrow().message(), "[1.0.0,2.0.0)");
        assertContains(m.error().orElseThrow().message(), "2.0.0 of it");
        // A circle: the whole of it.
        dropFixture("ring-a", "ring-a.wasm");
        awaitError("ring-a", ErrorCode.DEPENDENCY_MISSING);
        dropFixture("ring-b", "ring-b.wasm");
        PluginSnapshot ring = awaitError("ring-b", ErrorCode.DEPENDENCY_CYCLE);
        assertContains(ring.error().orElseThrow().message(), "ring-b -> ring-a -> ring-b");
        dropFixture("ring-b-mended", "ring-b.wasm");
        awaitState("ring-b", PluginState.ACTIVE);
        awaitState("ring-a", PluginState.ACTIVE);
        // Two hooks at one place with one priority: told, and in order of names.
        load("mark-a", "mark-a");
        load("mark-b", "mark-b");
        assertTrue(hooks().list().stream().allMatch(h -> h.conflict().isEmpty()));
        load("chunk-stamp", "chunk-stamp");
        load("chunk-drop", "chunk-drop");
        await(
                "the conflict is told",
                () ->
                        hooks().list().stream()
                                .filter(h -> h.plugin().equals("chunk-drop"))
                                .anyMatch(h -> h.conflict().contains("chunk-stamp")));
    }

    @Test
    public void load_exceeds_limit() {
        for (int i = 0; i < 32; i++) {
            dropFixture("crowd-" + i, "crowd-" + i + ".wasm");
        }
        await(
                "32 plugins are active",
                () ->
                        registry.list().stream()
                                        .filter(p -> p.state() == PluginState.ACTIVE)
                                        .count()
                                == 32);
        dropFixture("crowd-32", "crowd-32.wasm");
        PluginSnapshot s = awaitError("crowd-32", ErrorCode.LIMIT_PLUGINS);
        assertContains(s.error().orElseThrow().message(), "the limit is 32");
        assertContains(s.error().orElseThrow().message(), "raise maxPlugins");
        // A slot that frees lets the waiting one in.
        removeFile("crowd-7.wasm");
        awaitState("crowd-32", PluginState.ACTIVE);
        dropFixture("busybody", "busybody.wasm");
        assertContains(
                awaitError("busybody", ErrorCode.LIMIT_HOOKS).error().orElseThrow().message(),
                "17 hooks, the limit is 16");
        dropFixture("hub", "hub.wasm");
        assertContains(
                awaitError("hub", ErrorCode.LIMIT_DEPENDENCIES).error().orElseThrow().message(),
                "9 dependencies, the limit is 8");
    }

    @Test
    public void memory_limit_enforced() {
        dropFixture("greedy", "greedy.wasm");
        PluginSnapshot s = awaitError("greedy", ErrorCode.LIMIT_MEMORY);
        assertEquals(PluginState.ERROR, s.state());
        assertContains(s.error().orElseThrow().message(), "320 pages (20971520 bytes)");
        assertContains(s.error().orElseThrow().message(), "the limit is 16777216 bytes");
    }

    @Test
    public void cpu_timeout_enforced() {
        // On a busy machine its wall time would be over first.
        configure("io.trinity.plugin-spin", "wallMillis=60000");
        load("spin", "spin");
        assertEquals(ErrorCode.LIMIT_CPU, codeOf("spin", "x"));
        assertEquals("the next call goes through", "abc", process("spin", "abc"));
    }

    @Test
    public void capability_denied() {
        dropFixture("import-http", "import-http.wasm");
        PluginSnapshot s = awaitError("import-http", ErrorCode.CAPABILITY_DENIED);
        assertContains(s.error().orElseThrow().message(), "capability network (risk high)");
        assertContains(s.error().orElseThrow().message(), "grants=network@");
    }

    @Test
    public void sandbox_isolation() {
        load("secret", "secret");
        load("peek", "peek");
        assertEquals("7", process("secret", "7"));
        assertEquals("the same address is another's memory", "0", process("peek", "a"));
        assertEquals(
                "what is not its own does not exist", ErrorCode.GUEST_TRAP, codeOf("peek", "x"));
        for (String thief : List.of("steal-name", "steal-bundle")) {
            dropFixture(thief, "steal.wasm");
            assertContains(
                    awaitError("steal", ErrorCode.IMPORT_UNKNOWN).error().orElseThrow().message(),
                    "is not of the contract");
            removeFile("steal.wasm");
            awaitGone("steal");
        }
        assertNotEquals(bundleOf("secret").getBundleId(), bundleOf("peek").getBundleId());
    }

    @Test
    public void hot_reload_success() {
        PluginSnapshot one = loadVersion("stamp-1", "stamp", "1.0.0");
        PipelineStage stage = awaitService(PipelineStage.class, "(plugin.name=stamp)");
        assertEquals("1bc", process("stamp", "abc"));
        PluginSnapshot two = loadVersion("stamp-2", "stamp", "2.0.0");
        assertEquals("2bc", process("stamp", "abc"));
        assertTrue(two.generation() > one.generation());
        assertEquals(
                "the service outlives it",
                stage,
                service(PipelineStage.class, "(plugin.name=stamp)").orElseThrow());
    }

    @Test
    public void hot_reload_rollback() {
        PluginSnapshot good = loadVersion("stamp-1", "stamp", "1.0.0");
        dropFixture("stamp-broken", "stamp.wasm");
        PluginSnapshot after = awaitError("stamp", ErrorCode.GUEST_TRAP);
        assertEquals(PluginState.ACTIVE, after.state());
        assertEquals(good.generation(), after.generation());
        assertEquals("1bc", process("stamp", "abc"));
    }

    @Test
    public void hot_reload_drain() throws InterruptedException, ExecutionException {
        configure("io.trinity.plugin-wait", "wallMillis=60000");
        configure("io.trinity.registry", "drainMillis=60000");
        loadVersion("wait-1", "wait", "1.0.0");
        load("push", "push");
        ExecutorService callers = Executors.newFixedThreadPool(5);
        try {
            List<Future<String>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String stream = "s" + i;
                calls.add(callers.submit(() -> first("wait", stream, "a")));
            }
            await(
                    "five calls are in flight",
                    () ->
                            Thread.getAllStackTraces().entrySet().stream()
                                            .filter(
                                                    t ->
                                                            Stream.of(t.getValue())
                                                                    .anyMatch(
                                                                            f ->
                                                                                    f.getMethodName()
                                                                                            .equals(
                                                                                                    "first")))
                                            .filter(
                                                    t ->
                                                            Stream.of(t.getValue())
                                                                    .anyMatch(
                                                                            f ->
                                                                                    f.getClassName()
                                                                                            .endsWith(
                                                                                                    "GuestSlot")))
                                            .count()
                                    == 5);
            loadVersion("wait-2", "wait", "2.0.0");
            assertEquals("new calls reach the new one", "2", first("wait", "new", "a"));
            assertTrue(calls.stream().noneMatch(Future::isDone));
            for (int i = 0; i < 5; i++) {
                process("push", "go");
            }
            for (Future<String> call : calls) {
                assertEquals("it ended where it began", "1", call.get());
            }
            assertEquals(0, registry.find("wait").orElseThrow().failures());
        } finally {
            callers.shutdownNow();
            configure("io.trinity.registry", "drainMillis=5000");
        }
    }

    /** The first character of what the stage makes of a text in a stream. */
    private String first(String plugin, String stream, String text) {
        PipelineStage stage = awaitService(PipelineStage.class, "(plugin.name=" + plugin + ")");
        Chunk chunk =
                new Chunk(
                        text.getBytes(StandardCharsets.UTF_8),
                        "text/plain",
                        "text",
                        stream,
                        List.of(),
                        0,
                        0,
                        true);
        Object answer = stage.process(List.of(chunk));
        if (answer instanceof io.trinity.api.plugin.Answer.Value<?> v
                && v.value() instanceof List<?> chunks
                && chunks.get(0) instanceof Chunk c) {
            return new String(c.payload(), 0, 1, StandardCharsets.UTF_8);
        }
        throw new AssertionError("no chunk: " + answer);
    }

    @Test
    public void hot_reload_debounce() {
        long first = loadVersion("stamp-1", "stamp", "1.0.0").generation();
        dropFixture("stamp-2", "stamp.wasm");
        dropFixture("stamp-1", "stamp.wasm");
        dropFixture("stamp-3", "stamp.wasm");
        PluginSnapshot last = awaitPlugin("stamp", p -> p.version().toString().equals("3.0.0"));
        Reloader reloader = service(Reloader.class, "(objectClass=*)").orElseThrow();
        await("reload has dealt with everything", reloader::settled);
        assertEquals("three changes are one reload", first + 1, last.generation());
        assertEquals(first + 1, registry.find("stamp").orElseThrow().generation());
    }

    @Test
    public void hook_priority_order() {
        // In the opposite order of their names and priorities.
        load("mark-c", "mark-c");
        load("mark-b", "mark-b");
        load("mark-a", "mark-a");
        awaitHooks(3);
        assertEquals("lower priority first, whatever the names", ">abc", fire("mark", ">"));
        // One that traps and one that never ends cost nobody else their turn.
        load("mark-trap", "mark-trap");
        load("mark-slow", "mark-slow");
        awaitHooks(5);
        assertEquals(">abc", fire("mark", ">"));
        assertEquals(2, hooks().list().stream().filter(h -> h.skipped() == 1).count());
    }

    @Test
    public void hook_depth_limit() {
        configure("io.trinity.hooks", "wallMillis=60000");
        for (int i = 1; i <= 5; i++) {
            configure("io.trinity.plugin-relay-" + i, "wallMillis=60000", "cpuMillis=60000");
            load("relay-" + i, "relay-" + i);
        }
        awaitHooks(5);
        assertEquals("four run, the fifth is refused", "1234!", fire("step-1", ""));
        assertEquals("345", fire("step-3", ""));
    }

    @Test
    public void hook_disable_enable() {
        load("mark-a", "mark-a");
        load("mark-b", "mark-b");
        awaitHooks(2);
        assertEquals("bc", fire("mark", ""));
        hooks().enable("mark-b", HookPoint.CUSTOM, "mark", false);
        assertEquals("c", fire("mark", ""));
        // Also over a reload of the plugin.
        Reloader reloader = service(Reloader.class, "(objectClass=*)").orElseThrow();
        long generation = registry.find("mark-b").orElseThrow().generation();
        assertTrue(reloader.reload("mark-b").generation() > generation);
        assertEquals("c", fire("mark", ""));
        assertTrue(Files.exists(home().resolve("data/hooks/disabled")));
        hooks().enable("mark-b", HookPoint.CUSTOM, "mark", true);
        assertEquals("bc", fire("mark", ""));
    }

    @Test
    public void plugin_with_pipeline() throws IOException {
        load("stamp-1", "stamp");
        load("chunk-stamp", "chunk-stamp");
        load("watcher", "watcher");
        put(home().resolve("inbox/story.txt"), "once upon a time".getBytes(StandardCharsets.UTF_8));
        Path lines = home().resolve("outbox/story.txt.jsonl");
        await("the result is there", () -> Files.exists(lines));
        assertEquals("hnce upon a time", Files.readString(home().resolve("outbox/story.txt")));
        String trace = Files.readString(lines);
        assertContains(trace, "\"plugin\":\"stamp\"");
        assertContains(trace, "\"plugin\":\"chunk-stamp\"");
        assertContains(trace, "\"label\":\"seen\"");
        assertFalse(trace, trace.contains("\"status\":\"failed\""));
        Files.delete(lines);
        // A veto keeps the pipeline from starting, with its reason.
        load("curfew", "curfew");
        awaitHooks(6);
        put(home().resolve("inbox/night.txt"), "late".getBytes(StandardCharsets.UTF_8));
        Path refused = home().resolve("outbox/night.txt.jsonl");
        await("the refusal is there", () -> Files.exists(refused));
        assertContains(Files.readString(refused), "HOOK_VETO");
        assertContains(Files.readString(refused), "no work after ten");
    }
}
