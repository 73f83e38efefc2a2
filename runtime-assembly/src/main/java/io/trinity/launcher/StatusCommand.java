package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** {@code status --home DIR}: one line; exit code 0 if it runs, 3 if not. */
final class StatusCommand {
    private static final String USAGE = "./tri status [--home DIR]";
    private static final int NOT_RUNNING = 3;

    private StatusCommand() {}

    static int run(List<String> words) throws IOException {
        Home home = new Home(Arguments.parse(USAGE, Set.of("--home"), 0, words).home());
        OptionalLong pid = HomeLock.owner(home);
        if (pid.isEmpty()) {
            System.out.println("trinity not running  home=" + home.root());
            return NOT_RUNNING;
        }
        Quiet status = Quiet.run(home, "trinity:status");
        System.out.print(
                status.exitCode() == 0
                        ? status.out()
                        : "trinity starting or stopping  home="
                                + home.root()
                                + "  pid="
                                + pid.getAsLong()
                                + "  ("
                                + status.err()
                                + ")\n");
        return 0;
    }
}
