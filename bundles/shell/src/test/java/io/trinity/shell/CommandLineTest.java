package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    private static final String USAGE = "x:y NAME --in FILE [-n LINES] [--json]";

    @Test
    void optionsMayStandAnywhere() {
        CommandLine line = CommandLine.parse(USAGE, "--json", "a", "-n", "7", "--in", "f");
        assertEquals("a", line.value(0));
        assertEquals(Optional.of("f"), line.option("--in"));
        assertEquals(7, line.number("-n", 1, 10, 5));
        assertTrue(line.has("--json"));
    }

    @Test
    void whatIsOptionalMayBeAbsent() {
        CommandLine line = CommandLine.parse(USAGE, "a", "--in", "f");
        assertEquals(5, line.number("-n", 1, 10, 5));
        assertFalse(line.has("--json"));
    }

    @Test
    void afterTwoDashesEverythingIsAValue() {
        assertEquals("-n", CommandLine.parse("x:y NAME", "--", "-n").value(0));
    }

    @Test
    void aValueInBracketsMayBeAbsent() {
        String usage = "x:y POINT [NAME] [--json]";
        assertEquals(Optional.empty(), CommandLine.parse(usage, "a", "--json").optional(1));
        assertEquals(Optional.of("b"), CommandLine.parse(usage, "a", "b").optional(1));
        assertFails("POINT is missing; usage: " + usage, usage);
        assertFails("unexpected 'c'; usage: " + usage, usage, "a", "b", "c");
        assertEquals(Optional.empty(), CommandLine.parse("x:y [NAME]").optional(0));
    }

    @Test
    void aValueWithDotsMayComeOften() {
        String usage = "x:y NAME [SCOPE...] [-n LINES] [--json]";
        assertEquals(List.of(), CommandLine.parse(usage, "a").from(1));
        CommandLine line = CommandLine.parse(usage, "a", "/x", "-n", "3", "/y", "/z");
        assertEquals(List.of("/x", "/y", "/z"), line.from(1));
        assertEquals(3, line.number("-n", 1, 9, 1));
        assertFails("SCOPE is missing; usage: x:y SCOPE...", "x:y SCOPE...");
        assertEquals(List.of("a", "b"), CommandLine.parse("x:y SCOPE...", "a", "b").from(0));
    }

    @Test
    void whatDoesNotFitIsToldWithTheUsage() {
        refused("NAME is missing", "--in", "f");
        refused("unexpected 'b'", "a", "b", "--in", "f");
        refused("unknown option --wrong", "a", "--in", "f", "--wrong");
        refused("--in is missing", "a");
        refused("--in needs a value", "a", "--in");
    }

    @Test
    void theFirstOfThoseThatAreMissingIsNamed() {
        String usage = "x:y NAME CAPABILITY [SCOPE...]";
        assertFails("NAME is missing; usage: " + usage, usage);
        assertFails("CAPABILITY is missing; usage: " + usage, usage, "a");
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        for (String wrong : new String[] {"0", "11", "many", "99999999999"}) {
            CommandLine line = CommandLine.parse(USAGE, "a", "--in", "f", "-n", wrong);
            CommandFailure e =
                    assertThrows(CommandFailure.class, () -> line.number("-n", 1, 10, 5));
            assertEquals(
                    "-n takes a number from 1 to 10, not '" + wrong + "'; usage: " + USAGE,
                    e.getMessage());
        }
    }

    private static void assertFails(String message, String usage, String... arguments) {
        Failures.fails(message, () -> CommandLine.parse(usage, arguments));
    }

    private static void refused(String what, String... arguments) {
        CommandFailure e =
                assertThrows(CommandFailure.class, () -> CommandLine.parse(USAGE, arguments));
        assertEquals(what + "; usage: " + USAGE, e.getMessage());
        assertEquals(e.getMessage(), e.toString());
    }
}
