package io.trinity.shell;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes as people can look at them. */
final class Printable {
    private static final int HEAD_BYTES = 32;

    private Printable() {}

    /** The text, where the bytes are UTF-8 without control characters but for white space. */
    static Optional<String> text(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            boolean clean =
                    text.codePoints()
                            .allMatch(c -> !Character.isISOControl(c) || "\n\r\t".indexOf(c) >= 0);
            return clean ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The text, or how many bytes there are and how they begin. */
    static String of(byte[] bytes) {
        return text(bytes).orElseGet(() -> head(bytes));
    }

    /** As {@link #of}, on one line. */
    static String line(byte[] bytes) {
        return of(bytes).replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
    }

    private static String head(byte[] bytes) {
        int shown = Math.min(HEAD_BYTES, bytes.length);
        return bytes.length
                + " bytes: "
                + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown)
                + (shown < bytes.length ? " ..." : "");
    }
}
