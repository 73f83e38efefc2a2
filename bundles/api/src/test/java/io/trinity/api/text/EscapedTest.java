package io.trinity.api.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

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
