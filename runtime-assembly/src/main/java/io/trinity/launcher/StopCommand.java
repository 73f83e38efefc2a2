package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code stop --home DIR}: asks the runtime to stop and waits until its process is gone. A runtime
 * that does not answer or does not end is sent SIGTERM.
 */
final class StopCommand {
    private static final String USAGE = "./tri stop [--home DIR]";
    private static final long ASKED_SECONDS = 30;
    private static final long SIGNALLED_SECONDS = 35;

    private StopCommand() {}

    static int run(List<String> words) throws IOException, InterruptedException {
        Home home = new Home(Arguments.parse(USAGE, Set.of("--home"), 0, words).home());
        OptionalLong pid = HomeLock.owner(home);
        if (pid.isEmpty()) {
            System.out.println("trinity not running  home=" + home.root());
            return 0;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid.getAsLong());
        long begin = System.nanoTime();
        if (process.isEmpty() || stop(home, process.get())) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.println(
                    "trinity stopped  home="
                            + home.root()
                            + "  pid="
                            + pid.getAsLong()
                            + String.format(Locale.ROOT, "  in %.1f s", seconds));
            return 0;
        }
        System.err.println(
                "trinity does not stop  home="
                        + home.root()
                        + "  pid="
                        + pid.getAsLong()
                        + "; kill -9 would end it");
        return 1;
    }

    private static boolean stop(Home home, ProcessHandle process) throws InterruptedException {
        Quiet asked = Quiet.run(home, "trinity:shutdown");
        // The answer may be cut off by the very stop that was asked for.
        if (asked.exitCode() == 0 || !process.isAlive()) {
            if (gone(process, ASKED_SECONDS)) {
                return true;
            }
            System.err.println("it did not stop within " + ASKED_SECONDS + " s; sending SIGTERM");
        } else {
            System.err.println(asked.err() + "; sending SIGTERM");
        }
        process.destroy();
        return gone(process, SIGNALLED_SECONDS);
    }

    private static boolean gone(ProcessHandle process, long seconds) throws InterruptedException {
        try {
            process.onExit().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("onExit never fails", e);
        }
    }
}
