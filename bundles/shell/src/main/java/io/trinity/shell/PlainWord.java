package io.trinity.shell;

import io.trinity.api.text.Escaped;

/** Names that may be offered to whoever types a line. Pure. */
public final class PlainWord {
    private static final String SYNTAX = "\"'\\`$%&|;<>(){}[]#*?!^";

    private PlainWord() {}

    /**
     * Whether a text is one word of a line, and says there what it is: shown as it is, without
     * blanks and without what Gogo reads as more than text. Strangers choose names of files, and
     * Gogo escapes nothing but blanks when it completes.
     */
    public static boolean is(String text) {
        return !text.isEmpty()
                && Escaped.isPlain(text)
                && text.codePoints().noneMatch(c -> isBlank(c) || SYNTAX.indexOf(c) >= 0);
    }

    private static boolean isBlank(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
