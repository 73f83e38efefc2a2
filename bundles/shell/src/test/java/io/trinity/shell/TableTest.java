package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void textsStandLeftAndNumbersRightAndNotesBelow() {
        Table table =
                new Table("NAME", ">CALLS", "STATE")
                        .row(List.of(), "resize", 1234, "active")
                        .row(List.of("GUEST_TRAP: unreachable"), "a", 5, "error");
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
    void noCellLooksLikeSeveralColumns() {
        assertEquals(
                "NAME\na \\u{20}error \\u{20}9\n",
                new Table("NAME").row(List.of(), "a  error  9").toString(0));
    }

    @Test
    void thereMayBeSeveralNotesAndNoneOfThemBreaksALine() {
        assertEquals(
                """
                NAME
                a
                    one
                    t\\u{a}wo
                """,
                new Table("NAME").row(List.of("one", "t\nwo", ""), "a").toString());
    }

    @Test
    void onANarrowTerminalTextsAreCutFirstAndThenColumnsAreLeftOut() {
        Table table =
                new Table("NAME", "STATE", ">CALLS", ">FAILED")
                        .row(
                                List.of("a note is never cut"),
                                "a-very-long-name-of-a-plugin",
                                "active",
                                1,
                                5);
        assertEquals(table.toString(), table.toString(0));
        assertEquals(table.toString(), table.toString(200));
        assertEquals(
                """
                NAME                    STATE   CALLS  FAILED
                a-very-long-name-of-a…  active      1       5
                    a note is never cut
                """,
                table.toString(45));
        assertEquals(
                """
                NAME              …
                a-very-long-nam…  …
                    a note is never cut
                """,
                table.toString(20));
    }

    @Test
    void halfACharacterIsNotShown() {
        String shown = new Table("NAME").row(List.of(), "\uD83D\uDE00".repeat(20)).toString(20);
        assertEquals("NAME\n" + "\uD83D\uDE00".repeat(9) + "…\n", shown);
    }

    @Test
    void factsAreBrokenAtBlanksAndNotCut() {
        assertEquals(
                List.of("one, two,", "three,", "fourteen"),
                Lines.parts("one, two, three, fourteen", 9));
        assertEquals(List.of("/a/path/without/blanks"), Lines.parts("/a/path/without/blanks", 9));
        assertEquals(List.of("one two"), Lines.parts("one two", 0));
        assertEquals("one two\nx\n", Lines.broken("one two\nx", 0));
        assertEquals("one two\nx\n", Lines.broken("one two\nx", 7));
        assertEquals(
                "memory 2.1 MiB of\n    710.9 MiB\n",
                Lines.broken("memory 2.1 MiB of 710.9 MiB\n", 22));
    }

    @Test
    void aRowHasACellForEachHeading() {
        assertThrows(IllegalArgumentException.class, () -> new Table("A", "B").row(List.of(), 1));
    }
}
