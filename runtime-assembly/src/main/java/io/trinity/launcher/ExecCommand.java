package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code exec --home DIR LINE}: one Gogo line in a running home; its exit code is 0 or 1. */
final class ExecCommand {
    private static final String USAGE = "./tri exec [--home DIR] '<gogo line>'";

    private ExecCommand() {}

    static int run(List<String> words) throws IOException {
        Arguments arguments = Arguments.parse(USAGE, Set.of("--home"), 1, words);
        Home home = new Home(arguments.home());
        return run(home, arguments.value(0));
    }

    static int run(Home home, String line) throws IOException {
        try {
            return new ControlClient(home).run(line, System.out, System.err);
        } catch (EOFException e) {
            throw new Failure("the runtime ended before the line did", e);
        } catch (IOException e) {
            if (HomeLock.owner(home).isEmpty()) {
                throw new Failure(
                        "nothing runs in " + home.root() + "; start it with ./tri start", e);
            }
            throw new Failure(
                    "the runtime in " + home.root() + " does not answer: " + e.getMessage(), e);
        }
    }
}
