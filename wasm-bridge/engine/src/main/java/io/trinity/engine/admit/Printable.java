package io.trinity.engine.admit;

import java.util.Locale;

/** Text that a module brought along, made fit for a message: one short line without controls. */
public final class Printable {
    private static final int LONGEST = 200;

    private Printable() {}

    public static String of(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .forEach(
                        c -> {
                            if (isPlain(c)) {
                                out.appendCodePoint(c);
                            } else {
                                out.append(String.format(Locale.ROOT, "\\u{%x}", c));
                            }
                        });
        return text.codePointCount(0, text.length()) > LONGEST ? out + "…" : out.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
