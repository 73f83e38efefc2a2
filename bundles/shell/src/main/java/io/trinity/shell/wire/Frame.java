package io.trinity.shell.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One piece of an answer: its kind in one byte, the length in four, then the bytes. The last frame
 * is an {@link Kind#EXIT}; a connection that ends before it has failed.
 *
 * @param kind where the bytes go
 * @param bytes at most {@link #MAX_BYTES}; of an exit, the code in four bytes
 */
@SuppressWarnings("ArrayRecordComponent") // made, sent and dropped; never compared
public record Frame(Kind kind, byte[] bytes) {
    /** Most bytes of one frame. */
    public static final int MAX_BYTES = 64 * 1024;

    /** What a frame carries. */
    public enum Kind {
        OUT(0),
        ERR(1),
        EXIT(2);

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
