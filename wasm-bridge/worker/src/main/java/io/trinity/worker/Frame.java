package io.trinity.worker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Objects;

/**
 * One message: magic, version of the protocol, kind, length, content, SHA-256 of kind and content.
 *
 * @param kind 0 to 255; its meaning is the sender's and the receiver's affair
 * @param content not copied, must not be changed
 */
public record Frame(int kind, byte[] content) {
    /** What a worker says of itself before it is asked anything. */
    static final int GREETING = 0;

    private static final int MAGIC = 0x7472_6E57;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 10;
    private static final int DIGEST_BYTES = 32;

    /**
     * @throws IllegalArgumentException when the kind is none
     */
    public Frame {
        Objects.requireNonNull(content, "content");
        if (kind < 0 || kind > 255) {
            throw new IllegalArgumentException("kind " + kind);
        }
    }

    /** Writes and flushes it. */
    void writeTo(OutputStream out) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putInt(MAGIC).put((byte) VERSION).put((byte) kind).putInt(content.length);
        out.write(header.array());
        out.write(content);
        out.write(digest());
        out.flush();
    }

    /**
     * Reads one. Takes no more memory than has arrived, and no more than the bound.
     *
     * @param mostBytes of content
     * @throws EOFException when the stream ends before or within it
     * @throws Garbage when what arrives is no frame, or one above the bound
     */
    static Frame readFrom(InputStream stream, int mostBytes) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int magic = in.readInt();
        int version = in.readUnsignedByte();
        if (magic != MAGIC || version != VERSION) {
            throw new Garbage(
                    String.format(Locale.ROOT, "begins with %08x, version %s", magic, version));
        }
        int kind = in.readUnsignedByte();
        int length = in.readInt();
        if (length < 0 || length > mostBytes) {
            throw new Garbage(
                    "is %s bytes long, at most %s are taken"
                            .formatted(Integer.toUnsignedLong(length), mostBytes));
        }
        byte[] content = in.readNBytes(length);
        byte[] digest = in.readNBytes(DIGEST_BYTES);
        if (content.length < length || digest.length < DIGEST_BYTES) {
            throw new EOFException();
        }
        Frame frame = new Frame(kind, content);
        if (!MessageDigest.isEqual(digest, frame.digest())) {
            throw new Garbage("is not what its digest says");
        }
        return frame;
    }

    private byte[] digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((byte) kind);
            return sha.digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** What arrived is no frame. */
    static final class Garbage extends IOException {
        private static final long serialVersionUID = 1L;

        Garbage(String what) {
            super("the message " + what);
        }
    }
}
