package io.trinity.shell;

import static io.trinity.shell.Snapshots.RESIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.agent.Action;
import io.trinity.api.agent.AgentBehavior;
import io.trinity.api.agent.Letter;
import io.trinity.api.agent.Observation;
import io.trinity.api.config.Configurations.Setting;
import io.trinity.api.home.Home;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.manifest.Manifest.SettingType;
import io.trinity.api.pipeline.PipelineStatus.Trouble;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginRegistry.FailedCall;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import io.trinity.api.text.Escaped;
import io.trinity.shell.wire.ErrorJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One nasty text wherever a stranger chooses one, and every command that could show it. */
class StrangersTextTest {
    /** What would erase, colour, title, turn and hide, and lines that look like the host's. */
    private static final String NASTY =
            "x\ufe0f\u3164\udb40\udd00   "
                + " y\u0300\u0301\u0336\u0336\u0336\u0336\u001b[1A\u001b[2K\u001b]0;t\u0007\u009b31m\u007f\u202e\u2066\u200b\ufeff\udb40\udc41\ue000\u0085\u2028\u2029\b\0\n"
                + "FORGED line\r\n"
                + "FORGED line\r"
                + "FORGED line\u000bFORGED line";

    /** Without control characters, so that it is taken for text. */
    private static final String TEXT = "t\u202e\u2066\u200b\udb40\udc41\ue000\u2028\nFORGED line\n";

    private static final Fault FAULT = new Fault(ErrorCode.GUEST_TRAP, NASTY);

    @TempDir Path folder;
    private final Home home = new Home(Path.of("/h"));
    private final FakeRegistry registry =
            Snapshots.registry(
                    Snapshots.in(PluginState.ACTIVE, RESIZE, Optional.of(FAULT), NASTY, NASTY));
    private final FakeGrants grants = new FakeGrants();

    @BeforeEach
    void strangers() throws IOException {
        registry.candidate(manifest());
        registry.failed.put("resize", new FailedCall(NASTY, FAULT, Instant.EPOCH));
        grants.wrong.add("conf/x.cfg: " + NASTY);
        Files.writeString(folder.resolve("in.txt"), "hello");
    }

    private static Manifest manifest() {
        Map<String, Manifest.Setting> settings =
                Map.of(
                        "k",
                        new Manifest.Setting(SettingType.STRING, Optional.of(NASTY), NASTY, false));
        return Manifests.of(
                "resize",
                List.of(
                        new CapabilityNeed(Capability.NETWORK, true, NASTY),
                        new CapabilityNeed(Capability.METRICS, false, NASTY)),
                List.of(),
                settings);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Nothing but text, and no line that a stranger began. */
    private static void people(String shown) {
        assertTrue(
                shown.codePoints().allMatch(c -> Escaped.isPlain(c) || c == '\n'),
                () -> Escaped.lines(shown));
        assertFalse(shown.isEmpty());
        assertTrue(
                shown.lines().noneMatch(l -> l.strip().startsWith("FORGED")),
                () -> Escaped.lines(shown));
    }

    /** Nothing but text for whoever looks at it, and the whole of it for programs. */
    private static void programs(String shown) throws IOException {
        assertTrue(
                shown.codePoints().allMatch(c -> Escaped.isPlain(c) || c == '\n'),
                () -> Escaped.lines(shown));
        assertTrue(JSON.std.anyFrom(shown) != null);
    }

    private static void failed(Supplier<String> command) throws IOException {
        LineError error =
                LineError.of(
                        assertThrows(CommandFailure.class, () -> String.valueOf(command.get())));
        people(error.text());
        people(error.message());
        programs(error.json());
    }

    @Test
    void plugins() throws Exception {
        grants.granted.put(Capability.METRICS, List.of(NASTY));
        PluginWhy why = new PluginWhy(registry);
        why.grants = grants;
        people(why.why("resize"));
        programs(why.why("resize", "--json"));
        PluginInfo info = new PluginInfo(registry, home);
        info.grants = grants;
        info.policies = FakePolicy::new;
        info.configurations =
                new FakeConfigurations(
                        "conf/x.cfg",
                        new Setting(
                                "io.trinity.plugin~resize",
                                "config.k",
                                NASTY,
                                "conf/x.cfg",
                                Optional.empty()));
        people(info.info("resize"));
        programs(info.info("resize", "--json"));
        assertTrue(info.info("resize", "--json").contains("\\u009b31m"));
        PluginList list = new PluginList(registry);
        people(list.list());
        programs(list.list("--json"));
        PluginTop top = new PluginTop(registry, time -> {});
        people(top.top(System.out));
        programs(top.top(System.out, "--json"));
        Recovery hasty = new Recovery(Duration.ZERO, Duration.ofMillis(1));
        PluginGrant grant = new PluginGrant(registry, hasty);
        grant.grants = grants;
        people(grant.grant("resize", "network", NASTY));
        PluginLoad load = new PluginLoad(registry, new FakeReloader(), FakeLifecycle.of(registry));
        failed(() -> load.load(NASTY));
    }

    @Test
    void theLogOfAPlugin() throws IOException {
        Path log = folder.resolve("trinity.log");
        Files.writeString(
                log, "2026-01-01T00:00:00.000Z INFO  plugin.resize - " + NASTY.replace("\n", ""));
        PluginLog command = new PluginLog(registry, log);
        String shown = command.log("resize");
        assertTrue(
                shown.codePoints().allMatch(c -> Escaped.isPlain(c) || c == '\n'),
                Escaped.lines(shown));
        programs(command.log("resize", "--json"));
    }

    @Test
    void theCheckOfAFile() throws IOException {
        CheckReport report =
                new CheckReport(Optional.of(manifest()), List.of(NASTY, NASTY), Optional.of(FAULT));
        Path file = Path.of("/p").resolve(NASTY.replace("\0", "").replace("\ue000", ""));
        people(CheckText.of(file, report));
        programs(Json.write(CheckText.fields(file, report)));
    }

    @Test
    void whatAStageOrAHookMakesOfAPayload() throws IOException {
        for (String payload : List.of(NASTY, TEXT)) {
            PluginCall call = new PluginCall(registry, home);
            call.stages = List.of(new NastyStage(payload));
            people(call.call(folder, "resize", "--payload-file", "in.txt"));
            programs(call.call(folder, "resize", "--payload-file", "in.txt", "--json"));
            HookNames hooks = new HookNames();
            hooks.bus = new FakeHookBus();
            Files.writeString(folder.resolve("payload"), payload);
            HookFire fire = new HookFire(hooks, home);
            people(fire.fire(folder, "shout", "--payload-file", "payload"));
            programs(fire.fire(folder, "shout", "--payload-file", "payload", "--json"));
        }
        PluginCall refused = new PluginCall(registry, home);
        refused.stages = List.of(new NastyStage(null));
        failed(() -> refused.call(folder, "resize", "--payload-file", "in.txt"));
    }

    /** Null for a refusal. */
    private record NastyStage(@org.jspecify.annotations.Nullable String payload)
            implements PipelineStage {
        @Override
        public String name() {
            return "resize";
        }

        @Override
        public int batch() {
            return 1;
        }

        @Override
        public Answer<List<Chunk>> process(List<Chunk> chunks) {
            Chunk c = chunks.get(0);
            return payload == null
                    ? new Answer.Refusal<>(NASTY)
                    : new Answer.Value<>(
                            List.of(
                                    new Chunk(
                                            bytes(payload),
                                            c.contentType(),
                                            c.modality(),
                                            NASTY,
                                            List.of(new Chunk.Attribute("a", NASTY)),
                                            0,
                                            0,
                                            true)));
        }
    }

    @Test
    void hooks() throws IOException {
        FakeHookBus bus = new FakeHookBus();
        bus.hooks.add(
                new HookSnapshot(
                        "resize", HookPoint.CUSTOM, NASTY, 100, true, 0, 0, 0, NASTY, true, NASTY));
        HookNames hooks = new HookNames();
        hooks.bus = bus;
        HookList list = new HookList(hooks);
        people(list.list());
        programs(list.list("--json"));
    }

    @Test
    void pipelines() throws IOException {
        PipelineNames names = new PipelineNames();
        names.pipelines =
                List.of(
                        new FakePipeline("a", NASTY, NASTY, Optional.of(FAULT)),
                        new FakePipeline(
                                "b",
                                "s",
                                "",
                                Optional.of(FAULT),
                                Optional.of(
                                        new Trouble(
                                                ErrorCode.STORE_FAILED, NASTY, Instant.EPOCH, 1))));
        PipelineList list = new PipelineList(names);
        people(list.list());
        programs(list.list("--json"));
        for (String name : List.of("a", "b")) {
            people(list.status(name));
            programs(list.status(name, "--json"));
        }
        PipelineFailed failed = new PipelineFailed(names);
        people(failed.failed());
        programs(failed.failed("--json"));
        assertEquals(List.of("0000019c00000001"), names.kept("a"), "by its id");
        assertEquals(List.of("a.txt"), names.kept("b"));
    }

    @Test
    void storage() throws IOException {
        FakeBackend backend = new FakeBackend("host");
        backend.values.put(NASTY, bytes(NASTY));
        backend.values.put("text", bytes(TEXT.replace("FORGED", "a")));
        StorageNames names = new StorageNames();
        names.host = backend;
        StorageKeys keys = new StorageKeys(names);
        people(keys.keys());
        programs(keys.keys("--json"));
        StorageGet get = new StorageGet(names, home);
        for (String key : List.of(NASTY, "text")) {
            people(String.valueOf(Answered.by(get.get(folder, key))));
            programs(get.get(folder, key, "--json"));
        }
        get.get(folder, NASTY, "--file", "out");
        assertEquals(NASTY, Files.readString(folder.resolve("out")));
        failed(() -> get.get(folder, "none" + NASTY));
    }

    /** As the commands' entry points answer. */
    private static final class Answered {
        static @org.jspecify.annotations.Nullable String by(String text) {
            return io.trinity.shell.Answer.of(text);
        }
    }

    @Test
    void agents() throws IOException {
        AgentNames names = new AgentNames();
        names.behaviors = List.of(new NastyAgent());
        AgentAsk ask = new AgentAsk(names);
        people(ask.ask("clerk", "hello"));
        programs(ask.ask("clerk", "hello", "--json"));
    }

    private static final class NastyAgent implements AgentBehavior {
        @Override
        public String name() {
            return "clerk";
        }

        @Override
        public Answer<List<Action>> decide(String address, List<Observation> observations) {
            return new Answer.Value<>(
                    List.of(
                            new Action.Send(new Letter("boss", "", bytes(NASTY))),
                            new Action.Publish(new Letter("", "news", bytes(TEXT)))));
        }
    }

    @Test
    void theConfiguration() throws IOException {
        ConfigCommand command = new ConfigCommand();
        command.configurations =
                new FakeConfigurations(
                        "conf/x.cfg",
                        List.of(
                                new Setting(
                                        "io.trinity.x",
                                        "k",
                                        NASTY,
                                        "conf/x.cfg",
                                        Optional.of(NASTY))),
                        List.of("conf/x.cfg: " + NASTY));
        people(command.config());
        programs(command.config("--json"));
    }

    @Test
    void errors() throws IOException {
        failed(
                () -> {
                    throw CommandFailure.of(
                            PluginException.of(
                                    ErrorCode.GUEST_ERROR, PluginRef.named(NASTY), NASTY, NASTY));
                });
        people(LineError.of(new IOException("a " + Escaped.line(NASTY))).text());
        programs(ErrorJson.of("X", NASTY));
    }
}
