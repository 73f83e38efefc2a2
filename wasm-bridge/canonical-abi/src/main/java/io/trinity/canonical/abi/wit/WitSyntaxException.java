package io.trinity.canonical.abi.wit;

/** A text is not WIT, or not of the subset, or names something that is not there or there twice. */
public final class WitSyntaxException extends RuntimeException {
    private final int line;
    private final int column;

    WitSyntaxException(int line, int column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
        this.line = line;
        this.column = column;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1, in UTF-16 units. */
    public int column() {
        return column;
    }
}
