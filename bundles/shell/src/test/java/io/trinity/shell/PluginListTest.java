package io.trinity.shell;

import static io.trinity.shell.Snapshots.BROKEN;
import static io.trinity.shell.Snapshots.RESIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.home.Home;
import io.trinity.api.plugin.PluginState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginListTest {
    private final PluginList command = new PluginList(Snapshots.registry(BROKEN, RESIZE));

    @Test
    void peopleSeeATableWithErrorsBelowTheirPlugins() {
        assertEquals(
                """
                NAME    VERSION  TYPE            STATE   GEN  BUNDLE   MEMORY  CALLS  FAILED  AVERAGE
                broken  -        -               error     -       -        -      0       0        -
                    CAPABILITY_DENIED: plugin 'broken': "network" is not granted
                resize  1.2.0    pipeline_stage  active    3      57  1.5 MiB   1000       2  12.3 us
                """,
                command.list());
        assertTrue(new PluginList(Snapshots.registry()).list().startsWith("no plugins"));
    }

    @Test
    void programsGetTheFieldsOfTheContract() throws IOException {
        List<Map<String, Object>> plugins = parse(command.list("--json"));
        assertEquals(
                List.of(
                        "name",
                        "version",
                        "type",
                        "state",
                        "generation",
                        "bundle",
                        "memoryBytes",
                        "calls",
                        "failures",
                        "averageCallMicros",
                        "error",
                        "disabled",
                        "warnings"),
                new ArrayList<>(plugins.get(1).keySet()));
        assertEquals("resize", plugins.get(1).get("name"));
        assertEquals("pipeline_stage", plugins.get(1).get("type"));
        assertEquals(1_572_864, plugins.get(1).get("memoryBytes"));
        assertEquals(12.3, plugins.get(1).get("averageCallMicros"));
        assertNull(plugins.get(1).get("error"));
    }

    @Test
    void anErrorIsItsCodeAndItsMessage() throws IOException {
        assertEquals(
                Map.of(
                        "code",
                        "CAPABILITY_DENIED",
                        "message",
                        "plugin 'broken': \"network\" is not granted"),
                parse(command.list("--json")).get(0).get("error"));
    }

    @Test
    void unloadedByCommandAndWarningsAreShown() throws IOException {
        PluginList list =
                new PluginList(
                        Snapshots.registry(
                                Snapshots.disabled(RESIZE),
                                Snapshots.in(
                                        PluginState.ACTIVE,
                                        BROKEN,
                                        BROKEN.error(),
                                        "dependency 'geo' has gone")));
        String table = list.list();
        assertTrue(table.contains("unloaded (disabled)"), table);
        assertTrue(
                table.contains("is not granted\n    warning: dependency 'geo' has gone\nresize"),
                table);
        List<Map<String, Object>> plugins = parse(list.list("--json"));
        assertEquals("unloaded", plugins.get(1).get("state"));
        assertEquals(true, plugins.get(1).get("disabled"));
        assertEquals(List.of("dependency 'geo' has gone"), plugins.get(0).get("warnings"));
    }

    @Test
    void infoTellsTheErrorInFullAndWhereTheConfigurationLies() {
        PluginInfo info =
                new PluginInfo(Snapshots.registry(BROKEN, RESIZE), new Home(Path.of("/h")));
        String text = info.info("broken");
        assertTrue(text.contains("CAPABILITY_DENIED: plugin 'broken'"), text);
        assertTrue(text.contains("/h/conf/io.trinity.plugin-broken.cfg (absent"), text);
        assertTrue(info.info("resize", "--json").contains("\"digest\" : \"abab"));
    }

    @Test
    void anUnknownNameIsToldWithThoseThatExist() {
        PluginInfo info =
                new PluginInfo(Snapshots.registry(BROKEN, RESIZE), new Home(Path.of("/h")));
        CommandFailure e = assertThrows(CommandFailure.class, () -> info.info("resise"));
        assertEquals(
                "NOT_FOUND: there is no plugin 'resise'; there are: broken, resize",
                e.getMessage());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<Map<String, Object>> parse(String json) throws IOException {
        return (List) JSON.std.listFrom(json);
    }
}
