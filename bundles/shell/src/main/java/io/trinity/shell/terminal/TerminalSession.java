package io.trinity.shell.terminal;

import io.trinity.shell.LineSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.jline.terminal.Terminal;

/**
 * A session whose streams outlive an interrupted command. Gogo's own are channels of java.nio,
 * which a thread that is interrupted closes when it next reads or writes: Ctrl-C in the middle of a
 * line that is printed would close the terminal for good.
 */
final class TerminalSession extends LineSession {
    TerminalSession(CommandProcessorImpl processor, Terminal terminal) {
        super(processor, terminal.input(), terminal.output(), terminal.output());
        Output out = new Output(terminal.output());
        channels[0] = new Input(terminal.input());
        channels[1] = out;
        channels[2] = out;
    }

    private record Input(InputStream in) implements ReadableByteChannel {
        @Override
        public int read(ByteBuffer to) throws IOException {
            byte[] some = new byte[Math.max(1, Math.min(to.remaining(), in.available()))];
            int read = in.read(some);
            if (read > 0) {
                to.put(some, 0, read);
            }
            return read;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // The terminal is closed by whoever opened it.
        }
    }

    private record Output(OutputStream out) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer from) throws IOException {
            byte[] all = new byte[from.remaining()];
            from.get(all);
            out.write(all);
            out.flush();
            return all.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // The terminal is closed by whoever opened it.
        }
    }
}
