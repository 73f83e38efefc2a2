package io.trinity.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Hands on what a worker writes to standard error: a bounded number of bounded lines, without
 * control characters, so that a module cannot write a log of its own through it. The rest is read
 * and dropped, so that the worker does not stand still.
 */
final class StandardError implements Runnable {
    private static final int MOST_LINES = 40;
    private static final int MOST_LINE_BYTES = 240;

    private final InputStream in;
    private final Consumer<String> log;
    private final byte[] line = new byte[MOST_LINE_BYTES];
    private int length;
    private int lines;

    StandardError(InputStream in, Consumer<String> log) {
        this.in = in;
        this.log = log;
    }

    @Override
    public void run() {
        byte[] chunk = new byte[4_096];
        try (in) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                for (int i = 0; i < n; i++) {
                    take(chunk[i]);
                }
            }
        } catch (IOException e) {
            // The stream of a process that was killed ends in either way.
        }
        tell();
    }

    private void take(byte b) {
        if (b == '\n') {
            tell();
        } else if (length < MOST_LINE_BYTES) {
            line[length++] = b >= ' ' && b < 0x7F ? b : (byte) '?';
        }
    }

    private void tell() {
        if (length > 0 && lines <= MOST_LINES) {
            lines++;
            log.accept(
                    lines > MOST_LINES
                            ? "(more follows and is left out)"
                            : new String(line, 0, length, StandardCharsets.US_ASCII));
        }
        length = 0;
    }
}
