package io.trinity.api.text;

import java.util.stream.Collectors;

/**
 * A stranger's text, escaped so that it is nothing but text wherever it is shown: what steers a
 * terminal, ends a line, turns the direction of writing or is not to be seen stands as <code>
 * &#92;u{1b}</code>. Escaping twice is as escaping once, and plain text stays as it is, so that
 * tables, messages and logs escape whatever they are given. Pure.
 */
public final class Escaped {
    private static final String PREFIX = "| ";
    private static final String CUT = "…";

    private Escaped() {}

    /**
     * Whether a code point is shown as it is: no control character (C0, DEL, C1), no format
     * character (bidirectional, of no width, tags), no line or paragraph separator, no lone
     * surrogate, none of private use and none that is not assigned.
     */
    public static boolean isPlain(int codePoint) {
        if (codePoint < 0x7f) {
            return codePoint >= 0x20;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }

    /** Whether a text stays as it is on one line. */
    public static boolean isPlain(String text) {
        return isPlain(text, "");
    }

    /** The text on one line: line breaks and tabs are escaped too. */
    public static String line(String text) {
        return escaped(text, "");
    }

    /**
     * The text on one line, cut.
     *
     * @param most code points that are kept; what is cut ends in {@code …}
     */
    public static String line(String text, int most) {
        // No text has more code points than characters, and none takes more than two.
        String part =
                text.length() <= most
                        ? text
                        : text.substring(0, (int) Math.min(text.length(), 2L * most + 2));
        if (part.codePointCount(0, part.length()) <= most) {
            return line(part);
        }
        return line(part.substring(0, part.offsetByCodePoints(0, most))) + CUT;
    }

    /**
     * The text with its line feeds and tabs, for what the host itself wrote on several lines.
     * Whatever a stranger chose within it stands there by {@link #line} or {@link #quoted}.
     */
    public static String lines(String text) {
        return escaped(text, "\n\t");
    }

    /**
     * The lines of a stranger's text, each behind {@code | } and with a line feed: none of them can
     * be taken for one of the host's. Nothing for an empty text.
     */
    public static String quoted(String text) {
        return text.lines()
                .map(l -> (PREFIX + escaped(l, "\t")).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    /**
     * JSON text that says the same: what is not plain is written as JSON's own escapes. Line feeds
     * and tabs between values stay.
     */
    public static String json(String json) {
        if (isPlain(json, "\n\t")) {
            return json;
        }
        StringBuilder out = new StringBuilder(json.length() + 32);
        json.codePoints()
                .forEach(
                        c -> {
                            if (isPlain(c) || c == '\n' || c == '\t') {
                                out.appendCodePoint(c);
                            } else {
                                for (char unit : Character.toChars(c)) {
                                    out.append("\\u");
                                    for (int shift = 12; shift >= 0; shift -= 4) {
                                        out.append(Character.forDigit(unit >> shift & 0xf, 16));
                                    }
                                }
                            }
                        });
        return out.toString();
    }

    private static boolean isPlain(String text, String allowed) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!isPlain(c) && allowed.indexOf(c) < 0) {
                return false;
            }
            i += Character.charCount(c);
        }
        return true;
    }

    private static String escaped(String text, String allowed) {
        if (isPlain(text, allowed)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        text.codePoints()
                .forEach(
                        c -> {
                            if (isPlain(c) || allowed.indexOf(c) >= 0) {
                                out.appendCodePoint(c);
                            } else {
                                out.append("\\u{").append(Integer.toHexString(c)).append('}');
                            }
                        });
        return out.toString();
    }
}
