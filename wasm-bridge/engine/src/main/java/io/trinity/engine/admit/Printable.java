package io.trinity.engine.admit;

import io.trinity.api.text.Escaped;

/** Text that a module brought along, made fit for a message: one short line, escaped. */
public final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    public static String of(String text) {
        return Escaped.line(text, LONGEST);
    }
}
