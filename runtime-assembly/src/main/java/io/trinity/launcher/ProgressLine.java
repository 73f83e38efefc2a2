package io.trinity.launcher;

import io.trinity.api.text.Escaped;
import java.io.PrintStream;

/**
 * What is being done, on standard error, when it takes longer than a second: one line that is
 * written over on a terminal, a line each five seconds where it was asked for without one.
 */
final class ProgressLine {
    /** Set by {@code ./tri} where standard error is a terminal. */
    static final String TERMINAL_PROPERTY = "trinity.terminal";

    private static final long FIRST_NANOS = 1_000_000_000L;
    private static final long EACH_SECONDS = 5;
    private static final int MOST_CHARS = 64;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream err;
    private final boolean terminal;
    private final boolean lines;
    private final long begin = System.nanoTime();
    private boolean shown;
    private long told;

    /**
     * @param asked whether it is wanted without a terminal too
     */
    ProgressLine(PrintStream err, boolean terminal, boolean asked) {
        this.err = err;
        this.terminal = terminal;
        this.lines = asked && !terminal;
    }

    static ProgressLine ofProcess(boolean asked) {
        return new ProgressLine(System.err, Boolean.getBoolean(TERMINAL_PROPERTY), asked);
    }

    void show(String doing) {
        long nanos = System.nanoTime() - begin;
        if (doing.isEmpty() || nanos < FIRST_NANOS) {
            return;
        }
        long seconds = nanos / FIRST_NANOS;
        String what = doing.length() > MOST_CHARS ? doing.substring(0, MOST_CHARS) + "…" : doing;
        String line = Escaped.line(what) + "  " + seconds + " s";
        if (terminal) {
            err.print(CLEAR + line);
            err.flush();
            shown = true;
        } else if (lines && seconds >= told + EACH_SECONDS) {
            err.println(line);
            told = seconds;
        }
    }

    /** Takes the line away: something else is to be printed. */
    void clear() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
            shown = false;
        }
    }
}
