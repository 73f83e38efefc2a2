package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FoldedTest {
    @Test
    void aRowThatGoesOnIsMarked() {
        assertEquals(
                "    GUEST_ERROR: bad\n    | plugin evil:\n    | verified\nnext\n",
                Folded.lines("    GUEST_ERROR: bad plugin evil: verified\nnext\n", 20));
    }

    @Test
    void withoutBlanksItIsBrokenAnywhere() {
        assertEquals("aaaaaaaaaa\n    | aaaa\n    | a", Folded.lines("a".repeat(15), 10));
        assertEquals("測試測試測\n    | 試😀", Folded.lines("測試測試測試😀", 10));
    }

    @Test
    void anIndentationIsNoPlaceToBreak() {
        assertEquals("        aa\n    | aaaa", Folded.lines("        aaaaaa", 10));
    }

    @Test
    void whatFitsAndWhatNoTerminalShowsStaysAsItIs() {
        String text = "a b\n" + "c".repeat(300);
        assertSame(text, Folded.lines(text, 0));
        assertEquals("a b\nc", Folded.lines("a b\nc", 10));
        assertEquals("", Folded.lines("", 10));
    }

    @Test
    void eachRowOfAQuotedTextIsMarked() {
        List<String> rows = Folded.quoted("word ".repeat(40) + "end\n");
        assertTrue(rows.size() > 2, rows.toString());
        assertTrue(
                rows.stream().allMatch(r -> r.startsWith("| ") && r.length() <= 76),
                rows::toString);
    }

    @Property
    void noRowIsWiderAndNoRowButTheFirstIsTheStrangers(
            @ForAll @CharRange(from = 'a', to = 'c') @Chars({' ', '測', '|'}) String line,
            @ForAll @IntRange(min = 10, max = 90) int columns) {
        String folded = Folded.lines(line, columns);
        assertTrue(folded.lines().allMatch(r -> columns(r) <= columns), folded);
        assertTrue(folded.lines().skip(1).allMatch(r -> r.startsWith("    | ")), folded);
        assertEquals(line.replace(" ", ""), folded.replace("\n    | ", "").replace(" ", ""));
    }

    private static int columns(String row) {
        return row.codePoints().map(c -> c == '測' ? 2 : 1).sum();
    }
}
