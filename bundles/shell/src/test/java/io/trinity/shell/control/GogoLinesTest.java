package io.trinity.shell.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.junit.jupiter.api.Test;

class GogoLinesTest {
    @Test
    void anUnknownCommandIsNamed() {
        assertEquals(
                "no such command: plugin:lits; 'help' lists all",
                GogoLines.message(new CommandNotFoundException("plugin:lits")));
    }

    @Test
    void causesAreToldOnce() {
        Throwable innermost = new IllegalStateException("no wiring");
        Throwable between = new RuntimeException(innermost);
        assertEquals(
                "checking failed: java.lang.IllegalStateException: no wiring",
                GogoLines.message(new IllegalStateException("checking failed", between)));
    }

    @Test
    void anExceptionWithoutAMessageIsNamedByItsClass() {
        assertEquals(
                "java.lang.NullPointerException", GogoLines.message(new NullPointerException()));
    }
}
