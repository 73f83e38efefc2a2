package io.trinity.shell;

import java.util.List;

/** A word and what there is to say of it on each line; a word is not said twice in a row. */
final class Lines {
    private static final String FORMAT = "%-14s %s%n";

    private final StringBuilder out = new StringBuilder();
    private String last = "";

    /** Adds a line. */
    void add(String word, String text) {
        out.append(String.format(FORMAT, word.equals(last) ? "" : word, text));
        last = word;
    }

    /** Adds a line for each text; none for none. */
    void all(String word, List<String> texts) {
        texts.forEach(t -> add(word, t));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
