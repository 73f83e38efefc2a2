package io.trinity.launcher;

import io.trinity.api.home.Home;
import io.trinity.shell.wire.ErrorJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * {@code status --home DIR [--json]}: one line; exit code 0 if it runs, 3 if not, 4 if what runs
 * does not answer. The socket is asked first: a lock says nothing of homes in other people's
 * frameworks, and can be lost.
 */
final class StatusCommand {
    private static final String USAGE = "./tri status [--home DIR] [--json]";

    /** Longest time in which a host has no socket, at its begin or its end. */
    private static final Duration STARTING = Duration.ofSeconds(60);

    private StatusCommand() {}

    static int run(List<String> words) throws IOException {
        List<String> rest = new ArrayList<>(words);
        boolean json = rest.remove("--json");
        Home home = new Home(Arguments.takeHome(rest));
        if (!rest.isEmpty()) {
            throw Failure.usage("unexpected '" + rest.get(0) + "'; usage: " + USAGE);
        }
        Quiet status = Quiet.run(home, json ? "trinity:status --json" : "trinity:status");
        if (status.isDone()) {
            System.out.print(status.out());
            return ExitCode.DONE;
        }
        OptionalLong pid = HomeLock.owner(home);
        if (status.isNobody() && pid.isEmpty()) {
            print(json, "NOT_RUNNING", "trinity not running  home=" + home.root());
            return ExitCode.NOT_RUNNING;
        }
        String where =
                "  home="
                        + home.root()
                        + (pid.isPresent() && pid.getAsLong() > 0 ? "  pid=" + pid.getAsLong() : "")
                        + "  ("
                        + status.err()
                        + ")";
        if (status.isNobody() && isYoung(home)) {
            print(json, "STARTING", "trinity starting or stopping" + where);
            return ExitCode.DONE;
        }
        print(json, "NO_ANSWER", "trinity does not answer" + where);
        return ExitCode.NO_ANSWER;
    }

    /** Whether the lock was taken, or the socket removed, so lately that it may have none yet. */
    private static boolean isYoung(Home home) throws IOException {
        return isLate(home.data()) || isLate(home.data().resolve("lock"));
    }

    private static boolean isLate(Path file) throws IOException {
        try {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            return Duration.between(changed, Instant.now()).abs().compareTo(STARTING) < 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void print(boolean json, String code, String text) {
        System.out.println(json ? ErrorJson.of(code, text) : text);
    }
}
