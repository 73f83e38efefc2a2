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
 * is ready, and prints the one line of {@code ./tri start}. Where it does not become ready, it is
 * ended, and the reason told: nothing is left behind that might come up later, unasked.
 */
final class AwaitCommand {
    private static final String USAGE = "await --home DIR --pid PID --console FILE";

    /** How long the host itself may take. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** How long it may take with all plugins that it brings back. */
    private static final Duration WITH_PLUGINS = Duration.ofSeconds(600);

    /** What {@code trinity:ready} says when nothing but plugins is missing. */
    private static final String ONLY_PLUGINS = "waits for plugins";

    private static final Duration END = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 50;
    private static final int TAIL_LINES = 15;

    private final Home home;
    private final long pid;
    private final ProgressLine progress = ProgressLine.ofProcess(false);

    private AwaitCommand(Home home, long pid) {
        this.home = home;
        this.pid = pid;
    }

    static int run(List<String> words) throws IOException, InterruptedException {
        Arguments arguments =
                Arguments.parse(USAGE, Set.of("--home", "--pid", "--console"), 0, words);
        Home home = new Home(arguments.home());
        long pid = Long.parseLong(arguments.option("--pid").orElseThrow());
        Path console = Path.of(arguments.option("--console").orElseThrow());
        AwaitCommand await = new AwaitCommand(home, pid);
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        boolean ready = false;
        try {
            if (process != null) {
                ready = await.ready(process);
            }
        } finally {
            await.progress.clear();
            if (!ready) {
                if (process != null) {
                    end(process);
                }
                await.reason(console);
            }
        }
        return ready ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Waits; false where the process ends, or does not become ready. */
    private boolean ready(ProcessHandle process) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String missing = "the process to begin";
        while (process.isAlive()) {
            // Another process may answer here while ours finds the home taken and gives up.
            if (HomeLock.owner(home).orElse(-1) == pid) {
                Quiet ready = Quiet.run(home, "trinity:ready");
                if (ready.isDone()) {
                    progress.clear();
                    System.out.println(line(process));
                    return true;
                }
                missing = ready.err();
            }
            Duration most = missing.startsWith(ONLY_PLUGINS) ? WITH_PLUGINS : TIMEOUT;
            if (System.nanoTime() - begin >= most.toNanos()) {
                progress.clear();
                System.err.println(
                        "tri: it is not ready after "
                                + most.toSeconds()
                                + " s, and is ended: "
                                + missing
                                + "  pid="
                                + pid);
                return false;
            }
            progress.show("starting: " + missing);
            pause(process);
        }
        return false;
    }

    private static void end(ProcessHandle process) throws InterruptedException {
        process.destroy();
        long end = System.nanoTime() + END.toNanos();
        while (process.isAlive() && System.nanoTime() - end < 0) {
            pause(process);
        }
        process.destroyForcibly();
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

    private String line(ProcessHandle process) {
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

    private void reason(Path console) throws IOException {
        if (HomeLock.owner(home).orElse(pid) != pid) {
            System.err.println("tri: " + HomeLock.running(home));
            return;
        }
        tail(console);
        System.err.println("tri: trinity did not start  home=" + home.root());
    }

    private static void tail(Path console) throws IOException {
        List<String> lines =
                Files.exists(console)
                        ? new String(
                                        Files.readAllBytes(console),
                                        java.nio.charset.StandardCharsets.UTF_8)
                                .lines()
                                .toList()
                        : List.of();
        lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size())
                .forEach(l -> System.err.println("  " + l));
    }
}
