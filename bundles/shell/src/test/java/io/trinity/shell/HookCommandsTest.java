package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.object;
import static io.trinity.shell.Failures.objects;
import static io.trinity.shell.Snapshots.RESIZE;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HookCommandsTest {
    private static final String ABSENT =
            "there is no service HookBus: bundle io.trinity.hooks is not installed or not active;"
                    + " see 'lb io.trinity.hooks'";

    @TempDir Path folder;
    private final FakeHookBus bus = new FakeHookBus();
    private final HookNames names = new HookNames();
    private final HookList list = new HookList(names);
    private final HookSwitch toggle = new HookSwitch(Snapshots.registry(RESIZE), names);
    private final HookFire fire = new HookFire(names, new Home(Path.of("/h")));

    @BeforeEach
    void bus() {
        names.bus = bus;
    }

    @Test
    void hooksAreShownInTheirOrderWithConflictsBelow() {
        assertEquals(
                """
                POINT           PRIORITY  PLUGIN  ENABLED  CALLS  SKIPPED  AVERAGE
                post_chunk           100  guard   yes          0        0        -
                    warning: at the same priority as resize; their names decide the order
                post_chunk           100  resize  yes         40        2  12.3 us
                    warning: at the same priority as guard; their names decide the order
                custom/shout         500  resize  yes          0        0        -
                custom/whisper       500  resize  no           0        0        -
                """,
                list.list());
        bus.hooks.clear();
        assertTrue(list.list().startsWith("no hooks"));
    }

    @Test
    void programsGetEveryField() throws IOException {
        assertEquals(
                Map.ofEntries(
                        entry("point", "post_chunk"),
                        entry("name", ""),
                        entry("priority", 100),
                        entry("plugin", "resize"),
                        entry("enabled", true),
                        entry("calls", 40),
                        entry("skipped", 2),
                        entry("averageMicros", 12.3),
                        entry("conflict", "guard"),
                        entry("required", false),
                        entry("missing", "")),
                objects(list.list("--json")).get(1));
    }

    @Test
    void aPointIsSwitchedWhole() throws IOException {
        assertEquals(
                """
                POINT           PRIORITY  PLUGIN  ENABLED  CALLS  SKIPPED  AVERAGE
                custom/shout         500  resize  no           0        0        -
                custom/whisper       500  resize  no           0        0        -
                """,
                toggle.disable("resize", "custom"));
        List<Map<String, Object>> enabled =
                objects(toggle.enable("resize", "custom", "whisper", "--json"));
        assertEquals(1, enabled.size());
        assertEquals(true, enabled.get(0).get("enabled"));
    }

    @Test
    void whatCannotBeSwitchedIsToldWhy() {
        fails(
                "NOT_FOUND: there is no plugin 'x'; there are: resize",
                () -> toggle.enable("x", "custom"));
        fails(
                "NOT_FOUND: there is no hook point 'chunk'; there are: pre_pipeline, post_chunk,"
                        + " pre_fusion, post_fusion, on_error, on_metrics, custom",
                () -> toggle.disable("resize", "chunk"));
        fails(
                "NOT_FOUND: plugin 'resize': it has no hook on_error; hook:list shows those that"
                        + " there are",
                () -> toggle.disable("resize", "on_error"));
    }

    @Test
    void theAnswerAndWhoGaveItAreShown() {
        assertEquals(
                """
                PLUGIN  OUTCOME    TIME
                resize  ok       1.5 ms
                answer, 5 bytes:
                | HELLO
                """,
                fire.fire(folder, "shout", "hello"));
        assertTrue(fire.fire(folder, "shout").endsWith("answer, 0 bytes:\n"));
    }

    @Test
    void aHookThatFailedIsShownWithItsReason() throws IOException {
        assertEquals(
                """
                PLUGIN   OUTCOME         TIME
                weather  GUEST_ERROR  70.2 ms
                    no station
                answer, 2 bytes:
                | hi
                """,
                fire.fire(folder, "weather", "hi"));
        List<?> called =
                (List<?>) object(fire.fire(folder, "weather", "hi", "--json")).get("called");
        assertEquals("no station", ((Map<?, ?>) called.get(0)).get("message"));
    }

    @Test
    void thePayloadMayBeAFile() throws IOException {
        Files.writeString(folder.resolve("in"), "from a file");
        Map<String, Object> fields =
                object(fire.fire(folder, "shout", "--payload-file", "in", "--json"));
        assertEquals("FROM A FILE", fields.get("text"));
        assertEquals("RlJPTSBBIEZJTEU=", fields.get("payloadBase64"));
        assertEquals(
                List.of(Map.of("plugin", "resize", "outcome", "ok", "micros", 1500.0)),
                fields.get("called"));
    }

    @Test
    void whereNobodyListensThatIsSaid() {
        fails(
                "NOT_FOUND: nobody listens to custom/nobody; hook:list shows who listens to what",
                () -> fire.fire(folder, "nobody", "hello"));
    }

    @Test
    void whatCannotBeFiredIsToldWhy() throws IOException {
        fails(
                "TEXT and --payload-file exclude each other; usage: " + HookFire.USAGE,
                () -> fire.fire(folder, "shout", "a", "--payload-file", "b"));
        fails("the name of a custom hook is 1 to 64", () -> fire.fire(folder, ""));
        Path big = Files.write(folder.resolve("big"), new byte[65_537]);
        fails(
                big + " has 65537 bytes; hook:fire sends at most 65536",
                () -> fire.fire(folder, "shout", "--payload-file", "big"));
    }

    @Test
    void aHostWithoutHooksSaysSo() {
        names.bus = null;
        fails(ABSENT, list::list);
        fails(ABSENT, () -> toggle.enable("resize", "custom"));
        fails(ABSENT, () -> fire.fire(folder, "shout"));
        assertEquals(List.of(), names.names());
    }

    @Test
    void completionOffersCustomHooksAndPoints() {
        assertEquals(List.of("shout", "whisper"), names.names());
        assertEquals(7, names.points().size());
        assertTrue(new CapabilityNames().capabilities().contains("agent_spawn"));
    }
}
