package io.trinity.shell.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What a client asks for: one Gogo line, run in a directory. On the wire: the four bytes of {@link
 * #MAGIC}, then both texts as UTF-8, each after its length in four bytes, then the columns in four.
 *
 * @param directory absolute path that relative file names of the line mean
 * @param line one line for Gogo
 * @param columns how wide the terminal is that shows what the line prints; 0 where none does
 */
public record Request(String directory, String line, int columns) {
    /** {@code TRI3}: protocol and version. */
    static final int MAGIC = 0x54524933;

    /** What all versions begin with. */
    private static final int FAMILY = MAGIC >>> 8;

    /** Most UTF-8 bytes of each text. */
    public static final int MAX_TEXT_BYTES = 64 * 1024;

    public Request {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(line, "line");
    }

    /** A line whose output no terminal shows. */
    public Request(String directory, String line) {
        this(directory, line, 0);
    }

    /**
     * Writes the request.
     *
     * @throws IllegalArgumentException if a text is longer than {@link #MAX_TEXT_BYTES}
     */
    public void writeTo(OutputStream out) throws IOException {
        byte[] where = bounded("directory", directory);
        byte[] what = bounded("line", line);
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(MAGIC);
        data.writeInt(where.length);
        data.write(where);
        data.writeInt(what.length);
        data.write(what);
        data.writeInt(columns);
        data.flush();
    }

    /**
     * Reads a request.
     *
     * @throws OtherVersion if it is one of another version of this protocol
     * @throws IOException if the bytes are not a request, or are too many
     */
    public static Request readFrom(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int magic = data.readInt();
        if (magic != MAGIC && magic >>> 8 == FAMILY) {
            throw new OtherVersion();
        }
        if (magic != MAGIC) {
            throw new IOException("not a request of this protocol");
        }
        return new Request(text(data, "directory"), text(data, "line"), data.readInt());
    }

    /** The client is of another version of Trinity than the host. */
    public static final class OtherVersion extends IOException {
        private static final long serialVersionUID = 1L;

        OtherVersion() {
            super(
                    "this ./tri is of another version than the host that runs; use the host's own,"
                            + " or stop the host's process with SIGTERM");
        }
    }

    private static byte[] bounded(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException(tooLong(name, bytes.length));
        }
        return bytes;
    }

    private static String text(DataInputStream data, String name) throws IOException {
        int length = data.readInt();
        if (length < 0 || length > MAX_TEXT_BYTES) {
            throw new IOException(tooLong(name, length));
        }
        byte[] bytes = data.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the request ends within its " + name);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String tooLong(String name, int bytes) {
        return "a "
                + name
                + " of "
                + Integer.toUnsignedString(bytes)
                + " bytes exceeds "
                + MAX_TEXT_BYTES;
    }
}
