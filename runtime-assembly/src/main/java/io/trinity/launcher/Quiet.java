package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line's outcome with its output kept, for commands that only want to know.
 *
 * @param silence why there is no answer; empty where there is one
 * @param exitCode of the line; 1 without an answer
 * @param out what it printed
 * @param err what it complained of, or what is the matter with the socket
 */
record Quiet(Optional<Silence.Kind> silence, int exitCode, String out, String err) {
    /**
     * Runs a line.
     *
     * @throws IOException if the socket is another user's
     */
    static Quiet run(Home home, String line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream o = new PrintStream(out, false, StandardCharsets.UTF_8);
                PrintStream e = new PrintStream(err, false, StandardCharsets.UTF_8)) {
            int code = new ControlClient(home, Patience.QUESTION).run(line, Listening.to(o, e));
            return new Quiet(
                    Optional.empty(),
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8).strip());
        } catch (Silence e) {
            return new Quiet(
                    Optional.of(e.kind()), ExitCode.FAILED, "", String.valueOf(e.getMessage()));
        }
    }

    /** Whether the line did what it was asked. */
    boolean isDone() {
        return silence.isEmpty() && exitCode == ExitCode.DONE;
    }

    /** Whether there is nobody whom one could ask. */
    boolean isNobody() {
        return silence.filter(k -> k == Silence.Kind.NOBODY).isPresent();
    }
}
