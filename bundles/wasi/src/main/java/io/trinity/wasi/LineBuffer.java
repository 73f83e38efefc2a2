package io.trinity.wasi;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Bytes of stdout or stderr on their way to lines. Keeps at most one line of 4 KiB. */
final class LineBuffer {
    static final int MAX_BYTES = 4096;

    /** Of one character in UTF-8, without its first byte. */
    private static final int MAX_FOLLOWING = 3;

    private final Consumer<String> lines;
    private final byte[] line = new byte[MAX_BYTES];
    private int length;

    LineBuffer(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Gives every line that is complete, and pieces of one that is too long. */
    void write(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n') {
                give(length > 0 && line[length - 1] == '\r' ? length - 1 : length);
                length = 0;
            } else {
                if (length == MAX_BYTES) {
                    cut();
                }
                line[length++] = b;
            }
        }
    }

    /** Gives what is there of an unfinished line. */
    void flush() {
        if (length > 0) {
            give(length);
            length = 0;
        }
    }

    /** Before a character's first byte, where the end is within one. */
    private void cut() {
        int end = length;
        int following = 0;
        while (following < MAX_FOLLOWING && (line[end - 1] & 0xc0) == 0x80) {
            end--;
            following++;
        }
        boolean begun = (line[end - 1] & 0xc0) == 0xc0;
        int keep = begun ? end - 1 : length;
        give(keep);
        System.arraycopy(line, keep, line, 0, length - keep);
        length -= keep;
    }

    private void give(int bytes) {
        lines.accept(new String(line, 0, bytes, StandardCharsets.UTF_8));
    }
}
