package io.trinity.canonical.abi.wit;

/**
 * A token and where it begins.
 *
 * @param text for an escaped name without its {@code %}, for a version without its {@code @}
 * @param docs the {@code ///} lines since the token before, joined by line feeds
 */
record WitToken(Kind kind, String text, String docs, int line, int column) {

    enum Kind {
        /** A keyword or a name: which of the two, the parser decides. */
        WORD,
        /** A name that was written with a {@code %} and so is no keyword. */
        ESCAPED,
        VERSION,
        SYMBOL,
        END
    }

    boolean is(String expected) {
        return text.equals(expected) && (kind == Kind.WORD || kind == Kind.SYMBOL);
    }

    WitSyntaxException problem(String problem) {
        return new WitSyntaxException(line, column, problem);
    }

    /** The same place with another text. */
    WitToken renamed(String other) {
        return new WitToken(kind, other, docs, line, column);
    }

    /** For messages. */
    String shown() {
        return kind == Kind.END ? "the end of the text" : "'" + text + "'";
    }
}
