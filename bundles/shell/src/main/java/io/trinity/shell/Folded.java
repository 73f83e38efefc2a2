package io.trinity.shell;

import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines for a terminal, folded by Trinity so that the terminal folds none: a row that goes on from
 * the one above begins with {@code |}, so that no row begins with a stranger's words.
 */
public final class Folded {
    /** Before a row that does not begin anything of Trinity's. */
    static final String QUOTED = "| ";

    private static final String ON = "    " + QUOTED;

    /** What a terminal has when nobody says it. */
    private static final int PAPER = 80;

    private Folded() {}

    /**
     * The lines, none wider than the terminal; broken at a blank where there is one, else anywhere.
     *
     * @param columns the terminal's; less than 1 for no limit
     */
    public static String lines(String text, int columns) {
        if (columns <= ON.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 64);
        int from = 0;
        for (int end; (end = text.indexOf('\n', from)) >= 0; from = end + 1) {
            out.append(line(text.substring(from, end), columns)).append('\n');
        }
        return out.append(line(text.substring(from), columns)).toString();
    }

    private static String line(String line, int columns) {
        return String.join("\n" + ON, parts(line, columns, columns - ON.length()));
    }

    /** As {@link #lines(String, int)}, for the terminal that the running command prints to. */
    static String lines(String text) {
        return lines(text, Screen.columns());
    }

    /**
     * What a stranger says on one line, escaped, each row of it behind {@code | }: none is taken
     * for one of Trinity's.
     *
     * @return rows for notes of a table, of at most 80 columns where no terminal is known
     */
    static List<String> quoted(String strangers) {
        int columns = Screen.columns() > 0 ? Screen.columns() : PAPER;
        int room = columns - ON.length();
        return parts(Escaped.line(strangers), room, room).stream().map(p -> QUOTED + p).toList();
    }

    /**
     * A line in parts, broken at a blank where there is one, else anywhere.
     *
     * @param columns room for the first part
     * @param next room for each other
     */
    static List<String> parts(String line, int columns, int next) {
        List<String> parts = new ArrayList<>();
        String rest = line;
        int room = columns;
        for (int end; (end = fitting(rest, room)) < rest.length(); room = next) {
            int blank = rest.lastIndexOf(' ', end);
            // Not at the blanks of an indentation: what is left must become shorter.
            boolean atBlank = blank > 0 && !rest.substring(0, blank).isBlank();
            parts.add(rest.substring(0, atBlank ? blank : end));
            rest = rest.substring(atBlank ? blank + 1 : end);
        }
        parts.add(rest);
        return parts;
    }

    /** How many characters of a text there is room for; at least one. */
    private static int fitting(String text, int columns) {
        int used = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            used += c == '\t' ? 8 : columns(c);
            if (used > columns && i > 0) {
                return i;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    /** Two for all that some terminal may show so: too short a row misleads nobody. */
    private static int columns(int c) {
        return c >= 0x1100 && !(c >= 0x1e00 && c <= 0x22ff) && !(c >= 0x2500 && c <= 0x259f)
                ? 2
                : 1;
    }
}
