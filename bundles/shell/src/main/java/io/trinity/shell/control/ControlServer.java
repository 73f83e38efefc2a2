package io.trinity.shell.control;

import io.trinity.shell.wire.SocketPlace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the control socket and serves a bounded number of clients at once. Thread-safe. */
final class ControlServer implements AutoCloseable {
    /** Most clients at once; one more is told so and sent away. */
    static final int MAX_CLIENTS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final long GRACE_MILLIS = 500;
    private static final long INTERRUPTED_MILLIS = 2_000;

    private final Path data;
    private final Path socket;
    private final LineRunner runner;
    private final ServerSocketChannel server;
    private final ExecutorService threads;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    private ControlServer(Path data, Path socket, LineRunner runner, ServerSocketChannel server) {
        this.data = data;
        this.socket = socket;
        this.runner = runner;
        this.server = server;
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
        Path socket = SocketPlace.prepare(data, temporary);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), MAX_CLIENTS);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        ControlServer control = new ControlServer(data, socket, runner, server);
        control.threads.execute(control::accept);
        return control;
    }

    /** Where it listens. */
    Path socket() {
        return socket;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                serve(server.accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.warn("control socket could not accept a client: {}", e.toString());
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        if (clients.size() >= MAX_CLIENTS) {
            Connection.refuse(
                    client, "the control socket serves " + MAX_CLIENTS + " clients already");
            return;
        }
        clients.add(client);
        threads.execute(
                () -> {
                    try {
                        new Connection(client, runner, threads).run();
                    } finally {
                        clients.remove(client);
                    }
                });
    }

    /**
     * Ends all sessions and removes the socket. Lines that are about to end are let end: the one
     * that asked for the shutdown is among them.
     */
    @Override
    public void close() throws IOException {
        server.close();
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
