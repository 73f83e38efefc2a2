package io.trinity.shell.control;

import io.trinity.api.log.PeriodicTask;
import io.trinity.shell.wire.SocketPlace;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the control socket and serves a bounded number of clients at once, until it is closed:
 * what fails meanwhile, for want of descriptors, threads, memory or the socket's file, is tried
 * again. Thread-safe.
 */
final class ControlServer implements AutoCloseable {
    /** Most clients at once; one more is told so and sent away. */
    static final int MAX_CLIENTS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final long GRACE_MILLIS = 500;
    private static final long INTERRUPTED_MILLIS = 2_000;
    private static final long RETRY_MILLIS = 100;
    private static final long WATCH_MILLIS = 2_000;

    private final Path data;
    private final Path temporary;
    private final LineRunner runner;
    private final ExecutorService threads;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Listener listener;

    private ControlServer(Path data, Path temporary, LineRunner runner, Listener listener) {
        this.data = data;
        this.temporary = temporary;
        this.runner = runner;
        this.listener = listener;
        AtomicInteger number = new AtomicInteger();
        this.threads =
                Executors.newCachedThreadPool(
                        task -> {
                            Thread t =
                                    new Thread(task, "trinity-control-" + number.incrementAndGet());
                            t.setDaemon(true);
                            return t;
                        });
    }

    /**
     * Opens the socket of a home and begins to serve. The home's lock must be held: what an earlier
     * run left is removed.
     *
     * @param data the home's data folder, open to its owner only
     * @param temporary where a socket is put whose path would be too long
     */
    static ControlServer open(Path data, Path temporary, LineRunner runner) throws IOException {
        Listener listener = Listener.bind(data, temporary, MAX_CLIENTS);
        ControlServer control = new ControlServer(data, temporary, runner, listener);
        control.threads.execute(control::accept);
        control.threads.execute(control::watch);
        return control;
    }

    /** Where it listens. */
    Path socket() {
        return listener.socket();
    }

    private void accept() {
        @Nullable String told = null;
        while (!isClosing()) {
            Listener current = listener;
            try {
                serve(current.accept());
                if (told != null) {
                    LOG.info("control socket accepts clients again");
                }
                told = null;
            } catch (IOException | RuntimeException | Error e) {
                // Boundary: whatever it is, an operator must still be able to ask and to stop.
                if (current == listener && !isClosing()) {
                    told =
                            tell(
                                    told,
                                    e,
                                    "control socket could not accept a client, tries again: {}");
                    pause(RETRY_MILLIS);
                }
            }
        }
    }

    /** Logs a failure once until it is another one. */
    private static @Nullable String tell(@Nullable String told, Throwable e, String message) {
        String now = e.toString();
        if (!now.equals(told)) {
            PeriodicTask.unfailing(() -> LOG.warn(message, now));
        }
        return now;
    }

    /** Binds anew when somebody removed the socket's file, as who tidies up /tmp does. */
    private void watch() {
        @Nullable String told = null;
        while (pause(WATCH_MILLIS)) {
            if (!listener.isLost()) {
                continue;
            }
            try {
                Listener lost = listener;
                listener = Listener.bind(data, temporary, MAX_CLIENTS);
                lost.close();
                told = null;
                LOG.warn("control socket was removed, made anew socket={}", socket());
            } catch (IOException | RuntimeException | Error e) {
                told = tell(told, e, "control socket was removed and cannot be made anew: {}");
            }
        }
    }

    /** Waits; false when the server is being closed. */
    private boolean pause(long millis) {
        try {
            return !closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // By shutdownNow, after closing.
            Thread.currentThread().interrupt();
            return !isClosing();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void serve(SocketChannel client) throws IOException {
        if (clients.size() >= MAX_CLIENTS) {
            Connection.refuse(
                    client, "the control socket serves " + MAX_CLIENTS + " clients already");
            return;
        }
        clients.add(client);
        try {
            threads.execute(
                    () -> {
                        try {
                            new Connection(client, runner, threads).run();
                        } finally {
                            clients.remove(client);
                        }
                    });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            clients.remove(client);
            client.close();
            throw e;
        }
    }

    /**
     * Ends all sessions and removes the socket. Lines that are about to end are let end: the one
     * that asked for the shutdown is among them.
     */
    @Override
    public void close() throws IOException {
        closing.countDown();
        listener.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                for (SocketChannel client : clients) {
                    client.close();
                }
                if (!threads.awaitTermination(INTERRUPTED_MILLIS, TimeUnit.MILLISECONDS)) {
                    LOG.warn("a line of a control client does not end when interrupted");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        SocketPlace.clear(data);
    }
}
