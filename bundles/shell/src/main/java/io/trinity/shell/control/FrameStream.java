package io.trinity.shell.control;

import io.trinity.shell.wire.Frame;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Output of a session as frames of one kind. Frames of several streams never mix. */
final class FrameStream extends OutputStream {
    private final Frame.Kind kind;
    private final DataOutputStream out;

    /**
     * @param out shared by the streams of one connection; its monitor guards each frame
     */
    FrameStream(Frame.Kind kind, DataOutputStream out) {
        this.kind = kind;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        for (int at = offset; at < offset + length; at += Frame.MAX_BYTES) {
            int end = Math.min(offset + length, at + Frame.MAX_BYTES);
            synchronized (out) {
                new Frame(kind, Arrays.copyOfRange(bytes, at, end)).writeTo(out);
                out.flush();
            }
        }
    }
}
