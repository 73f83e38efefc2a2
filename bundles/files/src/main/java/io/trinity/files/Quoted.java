package io.trinity.files;

/** A stranger's text within a message: short, on one line, printable ASCII. Pure. */
final class Quoted {
    private static final int LENGTH = 80;

    private Quoted() {}

    static String of(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LENGTH); i++) {
            char c = text.charAt(i);
            plain.append(c < 0x20 || c > 0x7e ? '?' : c);
        }
        return plain.append(text.length() > LENGTH ? "..." : "").toString();
    }
}
