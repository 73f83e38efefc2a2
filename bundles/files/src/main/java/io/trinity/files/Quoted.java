package io.trinity.files;

import io.trinity.api.text.Escaped;

/** A stranger's text within a message: short, on one line, escaped. Pure. */
final class Quoted {
    private static final int LENGTH = 80;

    private Quoted() {}

    static String of(String text) {
        return Escaped.line(text, LENGTH);
    }
}
