package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.shell.wire.ErrorJson;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.junit.jupiter.api.Test;

class LineErrorTest {
    @Test
    void anUnknownCommandIsNamed() {
        assertEquals(
                "no such command: plugin:lits; 'help' lists all",
                LineError.of(new CommandNotFoundException("plugin:lits")).text());
    }

    @Test
    void causesAreToldOnce() {
        Throwable innermost = new IllegalStateException("no wiring");
        Throwable between = new RuntimeException(innermost);
        assertEquals(
                "checking failed: java.lang.IllegalStateException: no wiring",
                LineError.of(new IllegalStateException("checking failed", between)).text());
    }

    @Test
    void anExceptionWithoutAMessageIsNamedByItsClass() {
        assertEquals(
                "java.lang.NullPointerException", LineError.of(new NullPointerException()).text());
    }

    @Test
    void aWordThatWasTakenForNamesOfFilesIsToldToBeQuoted() {
        LineError error = LineError.of(new java.io.IOException("no matches found: 2+3*4"));
        assertEquals("USAGE", error.code());
        assertTrue(error.text().startsWith("no file matches 2+3*4: "), error.text());
        assertTrue(error.text().contains("quotes"), error.text());
    }

    @Test
    void aFileThatIsNotThereIsToldInWords() {
        assertEquals(
                "/x/no: it is not there",
                LineError.of(new java.nio.file.NoSuchFileException("/x/no")).text());
    }

    @Test
    void programsGetCodeAndMessageApart() {
        assertEquals(
                "{\"error\":{\"code\":\"NOT_FOUND\",\"message\":\"no 'x' \\\"here\\\"\\n\"}}",
                LineError.of(CommandFailure.of(ErrorCode.NOT_FOUND, "no 'x' \"here\"\n")).json());
        assertEquals("USAGE", LineError.of(CommandFailure.usage("what?")).code());
        assertEquals("NO_COMMAND", LineError.of(new CommandNotFoundException("x")).code());
        assertEquals("FAILED", LineError.of(new NullPointerException()).code());
    }

    @Test
    void aLineAsksForJsonByAWordOfItsOwn() {
        assertTrue(ErrorJson.isAskedBy("plugin:list --json"));
        assertTrue(ErrorJson.isAskedBy("plugin:info --json x | cat"));
        assertFalse(ErrorJson.isAskedBy("plugin:info --jsonish x"));
        assertFalse(ErrorJson.isAskedBy("plugin:info x"));
    }

    @Test
    void wordsThatACommandDoesNotTakeAreNotToldAsTypesOfJava() {
        LineError stop =
                LineError.of(
                        new IllegalArgumentException(
                                "Cannot coerce stop(Token) to any of [(boolean, Bundle[])]"));
        assertEquals("USAGE", stop.code());
        assertTrue(stop.text().startsWith("stop is the framework's own"), stop.text());
        assertTrue(stop.text().contains("plugin:unload"), stop.text());
        LineError lb =
                LineError.of(
                        new IllegalArgumentException(
                                "Cannot coerce lb(Token, Token) to any of [(String), ()]"));
        assertEquals("lb does not take these words; 'help lb' tells what it takes", lb.text());
    }
}
