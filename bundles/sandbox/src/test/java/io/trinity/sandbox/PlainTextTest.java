package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PlainTextTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        assertEquals("Größe 5 µm, 测试 😀", PlainText.of("Größe 5 µm, 测试 😀", 100));
        assertEquals("", PlainText.of("", 0));
    }

    @Test
    void whatMovesTheCursorOrTurnsTheTextIsEscaped() {
        assertEquals(
                "a\\u{a}\\u{d}\\u{1b}[2K\\u{85}\\u{202e}\\u{2028}\\u{2029}\\u{d800}",
                PlainText.of("a\n\r\u001b[2K\u0085\u202e\u2028\u2029\ud800", 100));
    }

    @Test
    void itIsCutBetweenCodePoints() {
        assertEquals("😀", PlainText.of("😀", 1));
        assertEquals("😀…", PlainText.of("😀😀", 1));
    }

    @Property
    void theResultIsOneShortLineOfWholeCharacters(@ForAll String any) {
        String plain = PlainText.of(any, 20);
        assertTrue(plain.length() <= 20 * 10 + 1, plain);
        assertFalse(
                plain.codePoints()
                        .anyMatch(
                                c ->
                                        Character.isISOControl(c)
                                                || Character.getType(c) == Character.SURROGATE
                                                || Character.getType(c) == Character.FORMAT),
                plain);
    }
}
