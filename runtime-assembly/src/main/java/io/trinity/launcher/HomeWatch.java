package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.IntConsumer;

/**
 * One home, one process, also when somebody moves, removes or replaces the home of a running host:
 * the paths that the host would read and write are then somebody else's. It ends at once, as by a
 * kill, which is what homes are proven to survive; an orderly stop would write into the other one.
 */
final class HomeWatch {
    /** Well below what a JVM takes to start: no second host is up before this one is gone. */
    private static final long LOOK_MILLIS = 200;

    private final Home home;
    private final HomeLock lock;
    private final PrintStream out;
    private final IntConsumer end;

    /**
     * @param out gets the reason
     * @param end ends the process with an exit code, without its shutdown hooks
     */
    HomeWatch(Home home, HomeLock lock, PrintStream out, IntConsumer end) {
        this.home = home;
        this.lock = lock;
        this.out = out;
        this.end = end;
    }

    /** Begins to look, on a daemon thread. */
    void begin() {
        Thread thread = new Thread(this::watch, "trinity-home-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (look()) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False once the home is another's. */
    boolean look() {
        try {
            if (lock.isHeld()) {
                return true;
            }
        } catch (IOException e) {
            // A file system that does not answer now is no other home.
            return true;
        }
        out.println(
                "trinity: its home "
                        + home.root()
                        + " was moved, removed or replaced while it ran: it ends at once, as by"
                        + " kill -9; nothing in the home is lost: start it where it is now");
        out.flush();
        end.accept(ExitCode.FAILED);
        return false;
    }
}
