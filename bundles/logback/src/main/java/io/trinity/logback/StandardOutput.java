package io.trinity.logback;

import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The standard output of the process, whoever logs. {@code System.out} is not: where a command is
 * run for a client, the shell leads it to that client, who would get the log among its answer, and
 * the log would lack it. Named by {@code conf/logback.xml}.
 *
 * @param <E> the events
 */
public final class StandardOutput<E> extends OutputStreamAppender<E> {
    /** For Logback. */
    public StandardOutput() {}

    @Override
    public void start() {
        setOutputStream(new Open(new FileOutputStream(FileDescriptor.out)));
        super.start();
    }

    /** Not closed: a changed configuration opens it again. */
    private static final class Open extends FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
