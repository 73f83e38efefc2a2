package io.trinity.network;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes sockets at a deadline. A timeout of a socket begins anew with each byte and knows no
 * writes; closing ends whatever a thread waits for on it. One thread; thread-safe.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final ScheduledThreadPoolExecutor thread;

    Watchdog() {
        thread =
                new ScheduledThreadPoolExecutor(
                        1,
                        r -> {
                            Thread t = new Thread(r, "trinity-network-watchdog");
                            t.setDaemon(true);
                            return t;
                        });
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Until it is closed, the socket is closed at the deadline. */
    Watch watch(Socket socket, Deadline deadline) {
        try {
            Future<?> task =
                    thread.schedule(
                            () -> closeQuietly(socket),
                            Math.max(0, deadline.remainingNanos()),
                            TimeUnit.NANOSECONDS);
            return () -> task.cancel(false);
        } catch (RejectedExecutionException e) {
            // The host ends: nothing may go on that nobody watches.
            closeQuietly(socket);
            return () -> {};
        }
    }

    /** A socket that is being watched. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /** Closes a plain socket; on one with TLS above it, nothing is said to the other side. */
    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a socket did not close", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
