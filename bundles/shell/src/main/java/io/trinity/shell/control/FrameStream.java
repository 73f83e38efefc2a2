package io.trinity.shell.control;

import io.trinity.shell.wire.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Output of a session as frames of one kind. Frames of several streams never mix. */
final class FrameStream extends OutputStream {
    private final Frame.Kind kind;
    private final FrameWriter frames;

    FrameStream(Frame.Kind kind, FrameWriter frames) {
        this.kind = kind;
        this.frames = frames;
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
            frames.write(new Frame(kind, Arrays.copyOfRange(bytes, at, end)));
        }
    }
}
