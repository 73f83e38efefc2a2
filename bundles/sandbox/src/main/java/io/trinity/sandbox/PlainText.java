package io.trinity.sandbox;

/**
 * A stranger's text made fit for messages: one line, cut, nothing in it that moves a terminal's
 * cursor or turns the direction of writing. Pure.
 */
final class PlainText {
    private PlainText() {}

    /**
     * @param most code points that are kept
     */
    static String of(String text, int most) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), most));
        text.codePoints()
                .limit(most)
                .forEach(
                        c -> {
                            if (isPlain(c)) {
                                out.appendCodePoint(c);
                            } else {
                                out.append("\\u{").append(Integer.toHexString(c)).append('}');
                            }
                        });
        boolean cut = text.codePoints().skip(most).findFirst().isPresent();
        return cut ? out.append('…').toString() : out.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
