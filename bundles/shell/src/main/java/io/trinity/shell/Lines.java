package io.trinity.shell;

import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.List;

/** A word and what there is to say of it on each line; a word is not said twice in a row. */
final class Lines {
    private static final String FORMAT = "%-14s %s%n";
    private static final int WORD_COLUMNS = 15;
    private static final String INDENT = "    ";

    private final StringBuilder out = new StringBuilder();
    private String last = "";

    /**
     * Adds a line; whatever strangers wrote into the text is escaped, and where it goes on in
     * another row, that begins with {@code |}.
     */
    void add(String word, String text) {
        String begin = word.equals(last) ? "" : word;
        String on = "";
        int columns = Screen.columns() > 0 ? Screen.columns() - WORD_COLUMNS : Integer.MAX_VALUE;
        int next = Math.max(1, columns - Folded.QUOTED.length());
        for (String part : Folded.parts(Escaped.line(text), columns, next)) {
            out.append(String.format(FORMAT, begin, on + part));
            begin = "";
            on = Folded.QUOTED;
        }
        last = word;
    }

    /** Adds a line for each text; none for none. */
    void all(String word, List<String> texts) {
        texts.forEach(t -> add(word, t));
    }

    /**
     * The text on as many lines as it takes, broken at blanks: of facts nothing is cut.
     *
     * @param columns how wide the text may be; less than 1 for no limit
     */
    static List<String> parts(String text, int columns) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (columns > 0 && rest.length() > columns) {
            int at = rest.lastIndexOf(' ', columns);
            at = at > 0 ? at : rest.indexOf(' ', columns);
            if (at < 0) {
                break;
            }
            parts.add(rest.substring(0, at));
            rest = rest.substring(at + 1);
        }
        parts.add(rest);
        return parts;
    }

    /**
     * The text's lines, broken at blanks where the terminal is narrower; what goes on is indented.
     */
    static String broken(String text) {
        return broken(text, Screen.columns());
    }

    static String broken(String text, int columns) {
        StringBuilder out = new StringBuilder();
        for (String line : text.lines().toList()) {
            String begin = "";
            int room = line.length() > columns ? columns - INDENT.length() : 0;
            for (String part : parts(line, room)) {
                out.append(begin).append(part.strip()).append('\n');
                begin = INDENT;
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
