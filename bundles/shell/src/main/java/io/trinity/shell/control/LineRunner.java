package io.trinity.shell.control;

import io.trinity.shell.wire.Request;
import java.io.PrintStream;

/** Runs one line of a client. Interrupted when the client has gone. */
interface LineRunner {
    /**
     * Runs the line to its end.
     *
     * @param progress what the line tells of itself while it runs
     * @return the exit code: 0, or 1 if the line failed, in which case {@code err} says why
     */
    int run(Request request, PrintStream out, PrintStream err, Progress progress)
            throws InterruptedException;
}
