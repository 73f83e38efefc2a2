package io.trinity.api.text;

import java.util.stream.Collectors;

/**
 * A stranger's text, escaped so that it is nothing but text wherever it is shown: what steers a
 * terminal, ends a line, turns the direction of writing or is not to be seen stands as <code>
 * &#92;u{1b}</code>. So do two things that are harmless one by one: marks that stack on one
 * character, beyond {@value #MOST_MARKS} in a row, and on one line blanks of any kind beyond
 * {@value #MOST_BLANKS} in a row, with which columns or rows of a table could be forged. They are
 * escaped and not collapsed: two names that differ never look alike, and the text says what was
 * there. Escaping twice is as escaping once, and plain text stays as it is, so that tables,
 * messages and logs escape whatever they are given. Pure.
 */
public final class Escaped {
    /** Combining marks in a row that are shown; no language stacks more. */
    public static final int MOST_MARKS = 4;

    /** Blanks in a row that are shown on one line. */
    public static final int MOST_BLANKS = 3;

    /** Columns that may be blank in a log, and at the beginning of a quoted line. */
    private static final int BRIEF = 80;

    private static final int MOST_INDENT = 32;

    private static final int TAB_COLUMNS = 8;
    private static final String PREFIX = "| ";
    private static final String CUT = "…";

    private Escaped() {}

    /**
     * Whether a code point by itself is shown as it is: no control character (C0, DEL, C1), no
     * format character (bidirectional, of no width, tags), none that is not to be seen by default
     * (variation selectors, fillers; Unicode's Default_Ignorable_Code_Point), no line or paragraph
     * separator, no lone surrogate, none of private use and none that is not assigned.
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
            default -> !isIgnorable(codePoint);
        };
    }

    /** What of Default_Ignorable_Code_Point (Unicode 15, DerivedCoreProperties) is assigned. */
    private static boolean isIgnorable(int c) {
        return c == 0x034f
                || c == 0x115f
                || c == 0x1160
                || c == 0x17b4
                || c == 0x17b5
                || c >= 0x180b && c <= 0x180f
                || c == 0x3164
                || c >= 0xfe00 && c <= 0xfe0f
                || c == 0xffa0
                || c >= 0xe0000 && c <= 0xe0fff;
    }

    /** What is seen as nothing but room: the spaces, and Braille without a dot. */
    private static boolean isBlank(int c) {
        return c == ' '
                || c == '\t'
                || c == 0x2800
                || c > 0x7f && Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK ->
                    true;
            default -> false;
        };
    }

    /** Whether a text stays as it is on one line. */
    public static boolean isPlain(String text) {
        return firstEscaped(text) < 0;
    }

    /** The index of the first code point that {@link #line} escapes; -1 for none. */
    public static int firstEscaped(String text) {
        return firstEscaped(text, new Shown("", MOST_BLANKS));
    }

    /** The text on one line: line breaks and tabs are escaped too. */
    public static String line(String text) {
        return escaped(text, new Shown("", MOST_BLANKS));
    }

    /**
     * The text on one line, cut.
     *
     * @param most code points that are kept; what is cut ends in {@code …}
     */
    public static String line(String text, int most) {
        return cut(text, most, MOST_BLANKS);
    }

    /** {@link #line} within a message, at most 80 characters of it. */
    public static String brief(String text) {
        return line(text, BRIEF);
    }

    /**
     * The text on one line of a log, cut: as {@link #line}, but for blanks, of which {@value
     * #MOST_INDENT} in a row are shown. There each line begins with the host's words anyway, and
     * authors indent what they print.
     *
     * @param most code points that are kept; what is cut ends in {@code …}
     */
    public static String logged(String text, int most) {
        return cut(text, most, MOST_INDENT);
    }

    /** As {@link #logged(String, int)}, whole. */
    public static String logged(String text) {
        return escaped(text, new Shown("", MOST_INDENT));
    }

    /**
     * A name that a stranger chose, to stand in quotation marks of either kind or to be the value
     * of a field: on one line, with none of those marks in it and no two blanks in a row, so that
     * nothing of it is taken for what stands behind.
     */
    public static String name(String name) {
        return withoutMarks(escaped(name, new Shown("", 1)));
    }

    /**
     * As {@link #name(String)}, cut.
     *
     * @param most code points that are kept; what is cut ends in {@code …}
     */
    public static String name(String name, int most) {
        return withoutMarks(cut(name, most, 1));
    }

    private static String withoutMarks(String name) {
        return name.replace("'", "\\u{27}").replace("\"", "\\u{22}");
    }

    /** A cell of a table: on one line, with no two blanks in a row, which stand between columns. */
    public static String cell(String text) {
        return escaped(text, new Shown("", 1));
    }

    /**
     * A stranger's words within a line of the host's: on one line and between quotation marks, with
     * {@code \\"} for those that are in it, so that it is seen where they begin and end. {@code ""}
     * for none.
     */
    public static String inQuotes(String text) {
        return '"' + line(text).replace("\"", "\\\"") + '"';
    }

    private static String cut(String text, int most, int blanks) {
        // No text has more code points than characters, and none takes more than two.
        String part =
                text.length() <= most
                        ? text
                        : text.substring(0, (int) Math.min(text.length(), 2L * most + 2));
        if (part.codePointCount(0, part.length()) <= most) {
            return escaped(part, new Shown("", blanks));
        }
        String kept = part.substring(0, part.offsetByCodePoints(0, most));
        return escaped(kept, new Shown("", blanks)) + CUT;
    }

    /**
     * The text with its line feeds, tabs and blanks, for what the host itself wrote on several
     * lines. Whatever a stranger chose within it stands there by {@link #line} or {@link #quoted}.
     */
    public static String lines(String text) {
        return escaped(text, new Shown("\n\t", Integer.MAX_VALUE));
    }

    /**
     * The lines of a stranger's text, each behind {@code | } and with a line feed: none of them can
     * be taken for one of the host's. Its indentation stays. Nothing for an empty text.
     */
    public static String quoted(String text) {
        return text.lines()
                .map(l -> (PREFIX + indented(l)).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static String indented(String line) {
        int end = 0;
        for (int columns = 0; end < line.length(); end++) {
            char c = line.charAt(end);
            columns += c == '\t' ? TAB_COLUMNS : 1;
            if (c != ' ' && c != '\t' || columns > MOST_INDENT) {
                break;
            }
        }
        return line.substring(0, end) + escaped(line.substring(end), new Shown("\t", MOST_BLANKS));
    }

    /**
     * JSON text that says the same: what is not plain is written as JSON's own escapes. Line feeds
     * and tabs between values stay.
     */
    public static String json(String json) {
        if (firstEscaped(json, Shown.inJson()) < 0) {
            return json;
        }
        Shown shown = Shown.inJson();
        StringBuilder out = new StringBuilder(json.length() + 32);
        json.codePoints()
                .forEach(
                        c -> {
                            if (shown.next(c)) {
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

    private static int firstEscaped(String text, Shown shown) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!shown.next(c)) {
                return i;
            }
            i += Character.charCount(c);
        }
        return -1;
    }

    private static String escaped(String text, Shown shown) {
        if (firstEscaped(text, shown.anew()) < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 32);
        text.codePoints()
                .forEach(
                        c -> {
                            if (shown.next(c)) {
                                out.appendCodePoint(c);
                            } else {
                                out.append("\\u{").append(Integer.toHexString(c)).append('}');
                            }
                        });
        return out.toString();
    }

    /** Which of a text's code points, asked one after the other, are shown as they are. */
    private static final class Shown {
        private final String allowed;
        private final int mostBlanks;
        private int blanks;
        private int marks;

        Shown(String allowed, int mostBlanks) {
            this.allowed = allowed;
            this.mostBlanks = mostBlanks;
        }

        static Shown inJson() {
            return new Shown("\n\t", Integer.MAX_VALUE);
        }

        Shown anew() {
            return new Shown(allowed, mostBlanks);
        }

        boolean next(int c) {
            boolean plain = isPlain(c) || allowed.indexOf(c) >= 0;
            blanks = plain && isBlank(c) ? blanks + 1 : 0;
            marks = plain && isMark(c) ? marks + 1 : 0;
            return plain && blanks <= mostBlanks && marks <= MOST_MARKS;
        }
    }
}
