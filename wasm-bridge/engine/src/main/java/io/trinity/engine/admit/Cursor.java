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

    void skipName() {
        skip(u32());
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

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }
}
