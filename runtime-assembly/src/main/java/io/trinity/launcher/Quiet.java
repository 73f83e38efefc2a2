package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A line's outcome with its output kept, for commands that only want to know.
 *
 * @param exitCode 0, or 1 if it failed
 * @param out what it printed
 * @param err what it complained of
 */
record Quiet(int exitCode, String out, String err) {
    /** Runs a line; nobody listening is a failed line. */
    static Quiet run(Home home, String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream o = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream e = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            int code = new ControlClient(home).run(line, o, e);
            return new Quiet(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return new Quiet(1, "", "the control socket does not answer");
        }
    }
}
