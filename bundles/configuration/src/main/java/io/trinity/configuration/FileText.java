package io.trinity.configuration;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The text of a configuration file: UTF-8, with or without a byte order mark, and nothing else.
 *
 * @param text without the mark
 * @param mark whether there was one
 */
record FileText(String text, boolean mark) {
    private static final char MARK = '\ufeff';

    /** It is not UTF-8; the message says where. */
    static final class NotUtf8 extends Exception {
        private static final long serialVersionUID = 1L;

        /** Line of the first byte that is none, counted from 1. */
        final int line;

        NotUtf8(int line, String message) {
            super(message);
            this.line = line;
        }
    }

    /**
     * Decodes it.
     *
     * @throws NotUtf8 where a byte is none of UTF-8
     */
    static FileText decode(byte[] bytes) throws NotUtf8 {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
            throw new NotUtf8(line, why(bytes, in.position()));
        }
        boolean mark = !text.isEmpty() && text.charAt(0) == MARK;
        return new FileText(mark ? text.substring(1) : text, mark);
    }

    private static String why(byte[] bytes, int at) {
        boolean wide =
                bytes.length >= 2
                        && ((bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe)
                                || (bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff));
        return wide
                ? "it is UTF-16; save it as UTF-8"
                : String.format(
                        Locale.ROOT,
                        "byte 0x%02x is not UTF-8; save it as UTF-8",
                        bytes[at] & 0xff);
    }

    /** As bytes, with the mark where there was one. */
    static byte[] encode(String text, boolean mark) {
        return (mark ? MARK + text : text).getBytes(StandardCharsets.UTF_8);
    }
}
