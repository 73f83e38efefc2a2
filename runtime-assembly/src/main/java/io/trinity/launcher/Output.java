package io.trinity.launcher;

import io.trinity.api.text.Escaped;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output that remembers what could not be written: a PrintStream forgets it, and a command
 * whose answer is lost must not end as if it had been given. In UTF-8, whatever the locale.
 */
final class Output extends OutputStream {
    private final OutputStream file;
    private volatile @Nullable IOException failure;

    Output(OutputStream file) {
        this.file = file;
    }

    /** Takes the place of System.out and System.err. */
    static Output install() {
        Output output = new Output(new FileOutputStream(FileDescriptor.out));
        System.setOut(new Lines(output));
        System.setErr(new Lines(new FileOutputStream(FileDescriptor.err)));
        return output;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            file.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** The failure, if one write failed. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** The exit code of a command that would else end with that one. */
    int exitCode(int code) {
        IOException lost = failure;
        if (lost == null || code != ExitCode.DONE) {
            return code;
        }
        String why = String.valueOf(lost.getMessage());
        if (why.contains("Broken pipe")) {
            return ExitCode.READER_GONE;
        }
        System.err.println("tri: the output could not be written: " + why);
        return ExitCode.OUTPUT;
    }

    /**
     * Standard output without what Felix prints there, and nobody asked for. What is printed by
     * lines, which may name files, steers no terminal.
     */
    static final class Lines extends PrintStream {
        /** Of EventAdmin, when a framework stops while it delivers: the log has gone by then. */
        private static final String INTERRUPTED = "EventAdmin: Event Task Processing Interrupted";

        Lines(OutputStream to) {
            super(to, true, StandardCharsets.UTF_8);
        }

        @Override
        public void println(@Nullable String line) {
            if (line == null || !line.contains(INTERRUPTED)) {
                super.println(line == null ? null : Escaped.lines(line));
            }
        }
    }
}
