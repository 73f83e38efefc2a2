package io.trinity.shell.control;

import io.trinity.shell.wire.ChannelStreams;
import io.trinity.shell.wire.Frame;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/** Whole frames to one client, each sent at once. Thread-safe. */
final class FrameWriter {
    private static final int BUFFER_BYTES = 8192;

    private final DataOutputStream out;
    private final ReentrantLock lock = new ReentrantLock();

    FrameWriter(SocketChannel channel) {
        this.out =
                new DataOutputStream(
                        new BufferedOutputStream(ChannelStreams.output(channel), BUFFER_BYTES));
    }

    void write(Frame frame) throws IOException {
        lock.lock();
        try {
            frame.writeTo(out);
            out.flush();
        } finally {
            lock.unlock();
        }
    }

    /** Writes a frame that may as well be left out while another one is being sent. */
    void offer(Frame frame) throws IOException {
        if (lock.tryLock()) {
            try {
                write(frame);
            } finally {
                lock.unlock();
            }
        }
    }
}
