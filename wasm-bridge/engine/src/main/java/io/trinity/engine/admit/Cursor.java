package io.trinity.engine.admit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a part of a module's bytes; every read beyond the part's end is {@link Refused}. */
final class Cursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    Cursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    int at() {
        return at;
    }

    boolean atEnd() {
        return at == end;
    }

    int left() {
        return end - at;
    }

    int u8() {
        if (at >= end) {
            throw Refused.malformed("unexpected end", at);
        }
        return bytes[at++] & 0xFF;
    }

    /** LEB128, at most five bytes. WebAssembly Core §5.2.2. */
    long u32() {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                if (value > 0xFFFF_FFFFL) {
                    throw Refused.malformed("integer too large", at);
                }
                return value;
            }
        }
        throw Refused.malformed("integer representation too long", at);
    }

    /** A number of things of which each takes a byte at least. */
    int count(String what, int admitted) {
        long n = u32();
        if (n > admitted) {
            throw Refused.limit(what, n, admitted);
        }
        if (n > left()) {
            throw Refused.malformed("unexpected end", end);
        }
        return (int) n;
    }

    /** Skips a signed LEB128 of at most {@code bits} bits; Chicory's parser checks its value. */
    void skipSigned(int bits) {
        for (int i = 0; i < (bits + 6) / 7; i++) {
            if (u8() < 0x80) {
                return;
            }
        }
        throw Refused.malformed("integer representation too long", at);
    }

    void skip(long n) {
        if (n > left()) {
            throw Refused.malformed("unexpected end", end);
        }
        at += (int) n;
    }

    /** A part of the given length from here; this cursor goes behind it. */
    Cursor part(long length) {
        int from = at;
        skip(length);
        return new Cursor(bytes, from, at);
    }

    /** Skips a name; gives the bytes that its text takes of the heap. */
    long skipName() {
        Cursor part = part(u32());
        long chars = 0;
        boolean wide = false;
        for (int i = part.at; i < part.end; i++) {
            int b = bytes[i] & 0xFF;
            boolean isContinuation = (b & 0xC0) == 0x80;
            chars += isContinuation ? 0 : b >= 0xF0 ? 2 : 1;
            wide |= b >= 0xC4;
        }
        return wide ? 2 * chars : chars;
    }

    /** A name; UTF-8 or malformed. */
    String name() {
        Cursor part = part(u32());
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, part.at, part.left()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refused.malformed("malformed UTF-8 encoding", part.at);
        }
    }

    /** What a text takes of the heap. */
    static long textBytes(String text) {
        return text.chars().anyMatch(c -> c > 0xFF) ? 2L * text.length() : text.length();
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }
}
