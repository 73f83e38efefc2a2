package io.trinity.shell.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One piece of an answer: its kind in one byte, the length in four, then the bytes. The first frame
 * is a {@link Kind#PROGRESS}, sent as soon as the request was read; one follows at least every
 * {@link #PULSE_MILLIS}, so that silence means that nobody is there. The last frame is an {@link
 * Kind#EXIT}; a connection that ends before it has failed.
 *
 * @param kind where the bytes go
 * @param bytes at most {@link #MAX_BYTES}; of an exit, the code in four bytes
 */
@SuppressWarnings("ArrayRecordComponent") // made, sent and dropped; never compared
public record Frame(Kind kind, byte[] bytes) {
    /** Most bytes of one frame. */
    public static final int MAX_BYTES = 64 * 1024;

    /** Longest silence of a host that answers. */
    public static final long PULSE_MILLIS = 1_000;

    /** What a frame carries. */
    public enum Kind {
        /** Standard output. */
        OUT(0),
        /** Standard error. */
        ERR(1),
        /** The code, in four bytes. */
        EXIT(2),
        /** What is being done just now, in words; empty where there is nothing to say of it. */
        PROGRESS(3),
        /** What the host goes on with when the client is gone, in words. */
        GOES_ON(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static Kind of(int code) throws IOException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException("not a frame: kind " + code);
        }
    }

    /** The end of an answer. */
    public static Frame exit(int code) {
        return new Frame(Kind.EXIT, ByteBuffer.allocate(4).putInt(code).array());
    }

    /** A frame of words; what is too long for it is cut off. */
    public static Frame words(Kind kind, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Frame(kind, bytes.length > MAX_BYTES ? Arrays.copyOf(bytes, MAX_BYTES) : bytes);
    }

    /** The bytes as a text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The code of an exit frame.
     *
     * @throws IllegalStateException if it is another kind of frame
     */
    public int exitCode() {
        if (kind != Kind.EXIT || bytes.length != 4) {
            throw new IllegalStateException("not an exit frame: " + kind);
        }
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** Writes the frame; does not flush. */
    public void writeTo(DataOutputStream out) throws IOException {
        out.writeByte(kind.code);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads a frame.
     *
     * @throws EOFException if the stream ends first
     * @throws IOException if the bytes are not a frame
     */
    public static Frame readFrom(DataInputStream in) throws IOException {
        Kind kind = Kind.of(in.readUnsignedByte());
        int length = in.readInt();
        if (length < 0 || length > MAX_BYTES) {
            throw new IOException("not a frame: " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer ends within a frame");
        }
        return new Frame(kind, bytes);
    }
}
