package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void textsStandLeftAndNumbersRightAndNotesBelow() {
        Table table =
                new Table("NAME", ">CALLS", "STATE")
                        .row("", "resize", 1234, "active")
                        .row("GUEST_TRAP: unreachable", "a", 5, "error");
        assertEquals(
                """
                NAME    CALLS  STATE
                resize   1234  active
                a           5  error
                    GUEST_TRAP: unreachable
                """,
                table.toString());
    }

    @Test
    void aNoteMayHaveLines() {
        assertEquals(
                """
                NAME
                a
                    one
                    two
                """,
                new Table("NAME").row("one\ntwo", "a").toString());
    }

    @Test
    void aRowHasACellForEachHeading() {
        assertThrows(IllegalArgumentException.class, () -> new Table("A", "B").row("", 1));
    }
}
