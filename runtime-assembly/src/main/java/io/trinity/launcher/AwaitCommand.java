package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code await --home DIR --pid PID --console FILE}: waits until the process that was just started
 * is ready, and prints the one line of {@code ./tri start}.
 */
final class AwaitCommand {
    private static final String USAGE = "await --home DIR --pid PID --console FILE";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 50;
    private static final int TAIL_LINES = 15;

    private AwaitCommand() {}

    static int run(List<String> words) throws IOException, InterruptedException {
        Arguments arguments =
                Arguments.parse(USAGE, Set.of("--home", "--pid", "--console"), 0, words);
        Home home = new Home(arguments.home());
        long pid = Long.parseLong(arguments.option("--pid").orElseThrow());
        Path console = Path.of(arguments.option("--console").orElseThrow());
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        long end = System.nanoTime() + PATIENCE.toNanos();
        String missing = "the process to begin";
        while (process != null && process.isAlive()) {
            // Another process may answer here while ours finds the home taken and gives up.
            if (HomeLock.owner(home).orElse(-1) == pid) {
                Quiet ready = Quiet.run(home, "trinity:ready");
                if (ready.exitCode() == 0) {
                    System.out.println(line(home, process));
                    return 0;
                }
                missing = ready.err();
            }
            if (System.nanoTime() - end >= 0) {
                System.err.println(
                        "trinity is not ready after "
                                + PATIENCE.toSeconds()
                                + " s: "
                                + missing
                                + "; it goes on trying  pid="
                                + pid);
                return 1;
            }
            pause(process);
        }
        if (HomeLock.owner(home).isPresent()) {
            System.err.println(HomeLock.running(home));
            return 1;
        }
        System.err.println("trinity did not start  home=" + home.root());
        tail(console);
        return 1;
    }

    /** Waits a moment, less if the process ends. */
    private static void pause(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException alive) {
            // as expected
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("onExit never fails", e);
        }
    }

    private static String line(Home home, ProcessHandle process) {
        Instant begin = process.info().startInstant().orElse(Instant.now());
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        return "trinity ready  home="
                + home.root()
                + "  pid="
                + process.pid()
                + "  plugins="
                + home.plugins()
                + "  inbox="
                + home.inbox()
                + String.format(Locale.ROOT, "  in %.1f s", seconds);
    }

    private static void tail(Path console) throws IOException {
        List<String> lines = Files.exists(console) ? Files.readAllLines(console) : List.of();
        lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())
                .forEach(l -> System.err.println("  " + l));
    }
}
