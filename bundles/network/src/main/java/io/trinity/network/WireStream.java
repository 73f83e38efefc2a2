package io.trinity.network;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes over the wire, framing included, and remembers whether the end was met. */
final class WireStream extends FilterInputStream {
    private long left;
    private String tooMuch = "";
    private boolean ended;

    WireStream(InputStream in) {
        super(in);
    }

    /**
     * From now on, at most so many bytes may come.
     *
     * @param otherwise what is said of the other side where more do
     */
    void allow(long bytes, String otherwise) {
        left = bytes;
        tooMuch = otherwise;
    }

    /** Whether somebody read past the last byte. */
    boolean ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left <= 0) {
            throw new WireLimitException(tooMuch);
        }
        int n = super.read(bytes, offset, (int) Math.min(length, left));
        if (n < 0) {
            ended = true;
        } else {
            left -= n;
        }
        return n;
    }
}
