package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code stop --home DIR [--kill]}: asks the host to stop and waits until it is gone: its lock
 * free, its socket silent. One that does not answer, or is not gone 30 s after the begin, is sent
 * SIGTERM, and with {@code --kill} SIGKILL at the end. A signal goes to no process but the one that
 * wrote down that it is the host.
 */
final class StopCommand {
    private static final String USAGE = "./tri stop [--home DIR] [--kill]";
    private static final Duration ASKED = Duration.ofSeconds(30);
    private static final Duration SIGNALLED = Duration.ofSeconds(35);
    private static final Duration KILLED = Duration.ofSeconds(5);

    private final HostEnd host;
    private final Home home;
    private final long begin = System.nanoTime();

    private StopCommand(Home home) {
        this.home = home;
        this.host = new HostEnd(home);
    }

    static int run(List<String> words) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(words);
        boolean kill = rest.remove("--kill");
        Home home = new Home(Arguments.takeHome(rest));
        if (!rest.isEmpty()) {
            throw Failure.usage("unexpected '" + rest.get(0) + "'; usage: " + USAGE);
        }
        return new StopCommand(home).stop(kill);
    }

    private int stop(boolean kill) throws IOException, InterruptedException {
        // Before it is asked: a process that has ended tells nothing.
        Optional<HostProcess> process = HostProcess.of(home.data());
        boolean locked = HomeLock.owner(home).isPresent();
        Quiet asked = Quiet.run(home, "trinity:shutdown");
        if (asked.isNobody() && !locked) {
            System.out.println("trinity not running  home=" + home.root());
            return ExitCode.DONE;
        }
        if (asked.silence().isEmpty() && !asked.isDone() && !locked) {
            // Somebody else's framework, which is not ours to stop or to signal.
            System.err.println("tri: " + asked.err());
            return ExitCode.FAILED;
        }
        Optional<ProcessHandle> handle = process.flatMap(HostProcess::handle);
        // The answer may be cut off by the very stop that was asked for.
        boolean answered =
                asked.isDone() || asked.silence().filter(k -> k == Silence.Kind.CUT).isPresent();
        if (!answered && host.isGone(handle)) {
            return stopped(process);
        }
        if (answered || handle.isEmpty()) {
            if (awaitAsked(handle, answered)) {
                return stopped(process);
            }
        }
        if (handle.isEmpty()) {
            System.err.println("tri: " + host.left(process));
            return ExitCode.FAILED;
        }
        return signal(handle.get(), process, answered ? "" : asked.err(), kill);
    }

    /** Waits for what was asked; asks again where nobody answered and no signal can be sent. */
    private boolean awaitAsked(Optional<ProcessHandle> handle, boolean answered)
            throws IOException, InterruptedException {
        Duration left = left(ASKED);
        while (!answered && left.compareTo(KILLED) > 0) {
            if (host.awaitGone(handle, KILLED)) {
                return true;
            }
            answered = Quiet.run(home, "trinity:shutdown").isDone();
            left = left(ASKED);
        }
        return host.awaitGone(handle, left(ASKED));
    }

    private int signal(ProcessHandle process, Optional<HostProcess> host, String why, boolean kill)
            throws IOException, InterruptedException {
        System.err.println(
                (why.isEmpty() ? "it did not stop within " + ASKED.toSeconds() + " s" : why)
                        + "; sending SIGTERM  pid="
                        + process.pid());
        boolean sent = process.destroy();
        boolean suspended = host.filter(HostProcess::isSuspended).isPresent();
        if (suspended) {
            System.err.println(
                    "it is stopped, as by SIGSTOP, and can do nothing; kill -CONT "
                            + process.pid()
                            + " lets it go on");
        }
        boolean gone =
                sent
                        && this.host.awaitGone(
                                Optional.of(process), suspended && kill ? KILLED : SIGNALLED);
        if (!gone && kill) {
            System.err.println("it does not end; sending SIGKILL  pid=" + process.pid());
            process.destroyForcibly();
            gone = this.host.awaitGone(Optional.of(process), KILLED);
        }
        if (gone) {
            return stopped(host);
        }
        System.err.println(
                "tri: trinity does not stop  home="
                        + home.root()
                        + "  pid="
                        + process.pid()
                        + (sent
                                ? "; ./tri stop --kill, or kill -9, ends it"
                                : "; this user may not signal it"));
        return ExitCode.FAILED;
    }

    private Duration left(Duration of) {
        Duration left = of.minusNanos(System.nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private int stopped(Optional<HostProcess> process) {
        System.out.println(
                "trinity stopped  home="
                        + home.root()
                        + process.map(p -> "  pid=" + p.pid()).orElse("")
                        + String.format(
                                Locale.ROOT, "  in %.1f s", (System.nanoTime() - begin) / 1e9));
        return ExitCode.DONE;
    }
}
