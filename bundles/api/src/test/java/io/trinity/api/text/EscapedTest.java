package io.trinity.api.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedTest {
    /** One of each kind that must not be shown as it is. */
    private static final String NASTY =
            "\0\u0007\b\u001b[2J\u007f\u0085\u009b31m\u00ad\u061c\u200b\u200d\u200e\u2028\u2029\u202e"
                + "\u2066\ufeff\ufff9\ue000\ud800\u0378\udb40\udc41\udbff\udffd\uffff";

    @Test
    void whatPeopleWriteStaysAsItIs() {
        String text = "Größe 5 µm — 測試 ‘😀’ \\ \u0301é \u00a0.";
        assertSame(text, Escaped.line(text));
        assertSame(text, Escaped.line(text, 100));
        assertSame(text, Escaped.lines(text));
        assertSame(text, Escaped.json(text));
        assertTrue(Escaped.isPlain(text));
    }

    @Test
    void nothingThatSteersATerminalIsLeft() {
        assertEquals(
                "\\u{0}\\u{7}\\u{8}\\u{1b}[2J\\u{7f}\\u{85}\\u{9b}31m\\u{ad}\\u{61c}\\u{200b}\\u{200d}\\u{200e}"
                    + "\\u{2028}\\u{2029}\\u{202e}\\u{2066}\\u{feff}\\u{fff9}\\u{e000}\\u{d800}\\u{378}\\u{e0041}"
                    + "\\u{10fffd}\\u{ffff}",
                Escaped.line(NASTY));
        assertEquals("a\\u{a}b\\u{d}\\u{9}c", Escaped.line("a\nb\r\tc"));
        assertEquals("a\nb\\u{d}\tc", Escaped.lines("a\nb\r\tc"));
        assertFalse(Escaped.isPlain("a\n"));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x34f, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x180b, 0x180e, 0x180f, 0x2065, 0x3164,
                0xfe00, 0xfe0f, 0xffa0, 0xfff0, 0x1bca0, 0x1d173, 0xe0000, 0xe0100, 0xe01ef, 0xe0fff
            })
    void whatIsNotToBeSeenByDefaultIsEscaped(int c) {
        String text = "a" + Character.toString(c) + "b";
        assertFalse(Escaped.isPlain(c));
        assertEquals(1, Escaped.firstEscaped(text));
        assertEquals("a\\u{" + Integer.toHexString(c) + "}b", Escaped.line(text));
        assertEquals(Escaped.line(text), Escaped.lines(text));
        assertEquals("| " + Escaped.line(text) + "\n", Escaped.quoted(text));
        assertTrue(Escaped.json(text).startsWith("a\\u"), Escaped.json(text));
    }

    @Test
    void marksDoNotPileUp() {
        assertSame("a\u0300\u0301\u0302\u0303b", Escaped.line("a\u0300\u0301\u0302\u0303b"));
        assertEquals(
                "a\u0300\u0301\u0302\u0303\\u{336}\\u{489}b\u0300",
                Escaped.line("a\u0300\u0301\u0302\u0303\u0336\u0489b\u0300"));
        assertEquals(
                "a\u0300\u0301\u0302\u0303\\u0336",
                Escaped.json("a\u0300\u0301\u0302\u0303\u0336"));
        assertTrue(Escaped.lines("a" + "\u0300".repeat(9)).endsWith("\\u{300}"));
    }

    @Test
    void inALogIndentationStays() {
        String indented = " ".repeat(32) + "at 5";
        assertEquals(indented, Escaped.logged(indented));
        assertEquals(" ".repeat(32) + "\\u{20}x", Escaped.logged(" ".repeat(33) + "x"));
        assertEquals("    a…", Escaped.logged("    abc", 5));
        assertEquals("a\\u{1b}[2K", Escaped.logged("a\u001b[2K"));
    }

    @Test
    void blanksLayOutNoColumn() {
        assertSame("a   b\u3000c\u00a0d", Escaped.line("a   b\u3000c\u00a0d"));
        assertEquals("a   \\u{20}\\u{20}b", Escaped.line("a     b"));
        assertEquals(
                "a\u00a0\u2003\u3000\\u{1680}\\u{205f}\\u{2800}b",
                Escaped.line("a\u00a0\u2003\u3000\u1680\u205f\u2800b"));
        assertEquals("| a   \\u{20}b\n", Escaped.quoted("a    b"));
        assertEquals("| a\t\t\t\\u{9}b\n", Escaped.quoted("a\t\t\t\tb"));
    }

    @Test
    void theHostsOwnTablesAndAQuotedTextsIndentationKeepTheirBlanks() {
        String table = "NAME      STATE\nresize    active\n";
        assertSame(table, Escaped.lines(table));
        assertEquals("|       a: b\n| \t\tc\n", Escaped.quoted("      a: b\n\t\tc"));
        assertEquals(
                "| " + " ".repeat(35) + "\\u{20}".repeat(5) + "a\n",
                Escaped.quoted(" ".repeat(40) + "a"));
    }

    /** Texts out of what makes runs. */
    @Property
    void noRunIsLongerThanItMayBe(
            @ForAll @Chars({' ', '\u00a0', '\u3000', '\u2800', '\u0300', '\u0489', '\u0903', 'a'})
                    String any) {
        String line = Escaped.line(any);
        int blanks = 0;
        int marks = 0;
        for (int c : line.codePoints().toArray()) {
            blanks = " \u00a0\u3000\u2800".indexOf(c) >= 0 ? blanks + 1 : 0;
            marks = "\u0300\u0489\u0903".indexOf(c) >= 0 ? marks + 1 : 0;
            assertTrue(blanks <= Escaped.MOST_BLANKS && marks <= Escaped.MOST_MARKS, line);
        }
        assertEquals(line, Escaped.line(line));
        assertEquals(line.equals(any), Escaped.isPlain(any));
        assertEquals(any, unescaped(line));
    }

    private static String unescaped(String line) {
        return Pattern.compile("\\\\u\\{([0-9a-f]+)}")
                .matcher(line)
                .replaceAll(m -> Character.toString(Integer.parseInt(m.group(1), 16)));
    }

    @Test
    void aLongTextIsCutAtAWholeCharacter() {
        assertEquals("😀", Escaped.line("😀", 1));
        assertEquals("😀…", Escaped.line("😀😀", 1));
        assertEquals("…", Escaped.line("ab", 0));
        assertEquals("a\\u{a}…", Escaped.line("a\nb", 2));
    }

    @Test
    void eachLineOfAQuotedTextIsMarked() {
        assertEquals(
                "| it is fine\n|\n| plugin 'x': ok\\u{1b}\n",
                Escaped.quoted("it is fine\r\n\nplugin 'x': ok\u001b"));
        assertEquals("| a\\u{2028}b\n", Escaped.quoted("a\u2028b\n"));
        assertEquals("", Escaped.quoted(""));
    }

    @Test
    void aNameHasNoMarksAndACellNoColumnsInIt() {
        assertEquals(
                "a\\u{27} plugin \\u{27}b\\u{27} \\u{22}c \\u{20}d\\u{a}",
                Escaped.name("a' plugin 'b' \"c  d\n"));
        assertEquals("a\\u{27}…", Escaped.name("a'b", 2));
        assertEquals("x \\u{20}\\u{20}error", Escaped.cell("x   error"));
        assertEquals("\"say \\\"x\\\"\"", Escaped.inQuotes("say \"x\""));
    }

    @Test
    void jsonSaysTheSameInItsOwnEscapes() {
        assertEquals(
                "{\n  \"a\" : \"\\u001b\\u009b\\u202e\\udb40\\udc41\\ud800é\"\n}",
                Escaped.json("{\n  \"a\" : \"\u001b\u009b\u202e\udb40\udc41\ud800é\"\n}"));
    }

    @Property
    void whateverTheTextNothingButPlainCharactersAreLeft(@ForAll String any) {
        String line = Escaped.line(any);
        assertTrue(line.codePoints().allMatch(Escaped::isPlain), line);
        assertEquals(line, Escaped.line(line));
        assertEquals(line, Escaped.lines(line));
        assertTrue(Escaped.line(any, 20).codePointCount(0, Escaped.line(any, 20).length()) <= 241);
        assertTrue(
                Escaped.json(any)
                        .codePoints()
                        .allMatch(c -> Escaped.isPlain(c) || c == '\n' || c == '\t'));
        assertTrue(
                Escaped.quoted(any).lines().allMatch(l -> l.startsWith("|")), Escaped.quoted(any));
    }
}
