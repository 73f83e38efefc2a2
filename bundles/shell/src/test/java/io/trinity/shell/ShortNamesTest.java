package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShortNamesTest {
    private static final List<String> COMMANDS =
            List.of(
                    "system:load",
                    "system:exit",
                    "context:bundles",
                    "felix:lb",
                    "felix:log",
                    "gogo:cat",
                    "scr:cat",
                    "scr:info",
                    "zoo:feed",
                    "ape:feed",
                    "storage:list",
                    "plugin:list",
                    "plugin:load",
                    "plugin:log",
                    "pipeline:status",
                    "trinity:status",
                    "trinity:reload");

    private static List<String> of(String name) {
        return ShortNames.of(name, ShortNames.SCOPE, COMMANDS);
    }

    @Test
    void trinitysCommandsComeFirst() {
        assertEquals(List.of("plugin:load"), of("load"));
        assertEquals(List.of("plugin:log"), of("log"));
        assertEquals(List.of("plugin:log"), of("LOG"));
        assertEquals(List.of("trinity:reload"), of("reload"));
    }

    @Test
    void whatSeveralOfTrinitysScopesHaveIsAllOfThem() {
        assertEquals(List.of("plugin:list", "storage:list"), of("list"));
        assertEquals(List.of("pipeline:status", "trinity:status"), of("status"));
    }

    @Test
    void othersFollowAlwaysInTheSameOrder() {
        assertEquals(List.of("felix:lb"), of("lb"));
        assertEquals(List.of("gogo:cat"), of("cat"));
        assertEquals(List.of("ape:feed"), of("feed"));
        assertEquals(List.of(), of("nosuch"));
    }

    @Test
    void methodsOfJavaAreNoCommands() {
        assertEquals(List.of(), of("exit"));
        assertEquals(List.of(), of("bundles"));
        assertEquals(List.of(), ShortNames.of("exit", "system", COMMANDS));
        assertTrue(ShortNames.isReflected("System:exit"));
        assertFalse(ShortNames.isReflected("plugin:list") || ShortNames.isReflected("system"));
    }

    @Test
    void thePathThatSomebodySetsIsFollowed() {
        assertEquals(List.of("storage:list"), ShortNames.of("list", "storage:*", COMMANDS));
        assertEquals(List.of("plugin:list", "storage:list"), ShortNames.of("list", "*", COMMANDS));
        assertEquals(List.of(), ShortNames.of("list", "gogo", COMMANDS));
    }
}
