package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.shell.KnownCommandTest.Gogos;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpTextTest {
    private final List<KnownCommand> commands = new ArrayList<>();

    HelpTextTest() {
        ShellCommands.all()
                .forEach(
                        (name, target) -> {
                            String[] parts = name.split(":");
                            commands.add(KnownCommand.of(parts[0], parts[1], target, true));
                        });
        commands.add(KnownCommand.of("felix", "lb", new Gogos(), false));
        commands.add(KnownCommand.named("gogo:echo"));
        commands.add(KnownCommand.named("gogo:__files"));
    }

    @Test
    void oursComeFirstByTheirScopeWithALineEach() {
        List<String> lines = HelpCommand.help(commands).lines().toList();
        assertTrue(lines.get(0).startsWith("  plugin:grant "), lines.get(0));
        for (KnownCommand c : commands) {
            if (c.isForPeople()) {
                assertEquals(
                        1,
                        lines.stream()
                                .filter(l -> l.startsWith("  " + c.name() + " "))
                                .filter(l -> l.endsWith("  " + c.description()))
                                .count(),
                        c::name);
            }
        }
        assertTrue(place(lines, "pipeline:list") > place(lines, "plugin:why"));
        assertTrue(place(lines, "felix:") > place(lines, "agent:ask"));
        assertTrue(
                lines.contains("  felix: lb") && lines.contains("  gogo: echo"), lines::toString);
        // What only completion asks for is in nobody's way.
        assertTrue(lines.stream().noneMatch(l -> l.contains("capabilities")), lines::toString);
    }

    private static int place(List<String> lines, String begin) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("  " + begin)) {
                return i;
            }
        }
        throw new AssertionError(begin + " is not in " + lines);
    }

    @Test
    void oneCommandIsToldWithItsUsage() {
        String said =
                "plugin:top  the busiest plugins since the start, then COUNT - 1 times since the"
                        + " last look\nusage: plugin:top [-n COUNT] [-d SECONDS] [--json]\n";
        assertEquals(said, HelpCommand.help(commands, "plugin:top"));
        assertEquals(said, HelpCommand.help(commands, "top"));
        assertEquals(
                "felix:lb  list all bundles\nusage: felix:lb [-l|--location] [pattern]\n",
                HelpCommand.help(commands, "lb"));
        assertEquals("gogo:echo\n", HelpCommand.help(commands, "echo"));
    }

    @Test
    void aWordThatManyHaveAndAScopeAreListed() {
        String list = HelpCommand.help(commands, "list");
        assertTrue(list.contains("plugin:list") && list.contains("hook:list"), list);
        String hooks = HelpCommand.help(commands, "hook");
        assertTrue(hooks.contains("hook:fire") && !hooks.contains("plugin:"), hooks);
    }

    @Test
    void whatIsNotThereIsToldOf() {
        fails(
                "NOT_FOUND: there is no command 'nosuch'; 'help' lists all",
                () -> HelpCommand.help(commands, "nosuch"));
    }

    @Test
    void everyCommandOfOursSaysWhatItDoesAndHowItIsCalled() {
        for (KnownCommand c : commands) {
            if (c.ours()) {
                assertFalse(c.description().isEmpty(), c::name);
                assertTrue(c.usage().startsWith(c.name()), c::toString);
            }
        }
    }

    @Test
    void jsonHasOurs() {
        String json = HelpCommand.help(commands, "--json");
        assertTrue(json.contains("\"command\" : \"plugin:list\"") && !json.contains("felix"), json);
    }
}
