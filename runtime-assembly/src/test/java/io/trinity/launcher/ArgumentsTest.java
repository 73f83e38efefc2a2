package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Set<String> HOME = Set.of("--home");

    @Test
    void optionsMayStandBeforeOrAfterTheWords() {
        for (List<String> words :
                List.of(List.of("--home", "/h/", "lb"), List.of("lb", "--home", "/h"))) {
            Arguments arguments = Arguments.parse("exec", HOME, 1, words);
            assertEquals(Path.of("/h"), arguments.home());
            assertEquals("lb", arguments.value(0));
        }
    }

    @Test
    void aLineThatBeginsWithADashIsNoOption() {
        assertEquals(
                "-x | grep y", Arguments.parse("exec", HOME, 1, List.of("-x | grep y")).value(0));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        refused("usage: exec", List.of());
        refused("usage: exec", List.of("a", "b"));
        refused("unknown option --hom; usage: exec", List.of("--hom", "a"));
        refused("--home needs a value; usage: exec", List.of("a", "--home"));
    }

    @Test
    void theHomeMustBeNamed() {
        Arguments arguments = Arguments.parse("exec", HOME, 1, List.of("lb"));
        assertEquals(
                "--home DIR is missing", assertThrows(Failure.class, arguments::home).getMessage());
    }

    @Test
    void aHomeWithoutANameOrWithOneThatIsNotUtf8IsRefused() {
        for (List<String> words : List.of(List.of("lb"), List.of("lb", "--home"))) {
            Failure e =
                    assertThrows(Failure.class, () -> Arguments.takeHome(new ArrayList<>(words)));
            assertEquals("--home DIR is missing", e.getMessage());
        }
        Failure e =
                assertThrows(
                        Failure.class,
                        () -> Arguments.takeHome(new ArrayList<>(List.of("--home", "/\ufffd"))));
        assertTrue(e.getMessage().startsWith("the name of the home is not UTF-8"), e.getMessage());
        assertEquals(ExitCode.USAGE, e.exitCode());
    }

    private static void refused(String message, List<String> words) {
        Failure e = assertThrows(Failure.class, () -> Arguments.parse("exec", HOME, 1, words));
        assertEquals(message, e.getMessage());
    }
}
