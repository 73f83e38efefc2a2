package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Whether a home's host is gone. */
final class HostEnd {
    private static final long POLL_NANOS = 50_000_000L;

    private final Home home;

    HostEnd(Home home) {
        this.home = home;
    }

    /**
     * Whether nothing is left of it: the lock is free, nobody listens, and its process has ended
     * where that can be seen from here.
     */
    boolean isGone(Optional<ProcessHandle> process) throws IOException {
        return process.filter(ProcessHandle::isAlive).isEmpty()
                && HomeLock.owner(home).isEmpty()
                && !new ControlClient(home, Patience.QUESTION).isHeard();
    }

    /** Waits for it; false when it is not within that time. */
    boolean awaitGone(Optional<ProcessHandle> process, Duration within)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (!isGone(process)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(Math.min(POLL_NANOS, Math.max(1, end - System.nanoTime())));
        }
        return true;
    }

    /** What is left of a host that can neither be asked nor signalled. */
    String left(Optional<HostProcess> process) {
        String what = "trinity does not stop  home=" + home.root();
        return process.filter(p -> !p.isHere())
                .map(
                        p ->
                                what
                                        + "; it runs as pid "
                                        + p.pid()
                                        + " of another container or machine: end it there")
                .orElse(
                        what
                                + "; its process is not known here: end the one that holds "
                                + home.data().resolve("lock"));
    }
}
