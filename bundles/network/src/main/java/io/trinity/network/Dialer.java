package io.trinity.network;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;

/**
 * The one way to a connection: the scope is asked, the name is looked up once, each address is
 * checked, and the checked address is connected to. No proxy is used. Thread-safe.
 */
final class Dialer {
    /** More addresses of one name are not tried. */
    private static final int MAX_TRIES = 4;

    private final Names names;

    Dialer(Names names) {
        this.names = names;
    }

    /**
     * Connects.
     *
     * @throws HostFailure DENIED, TIMEOUT; UNAVAILABLE when nobody answers there
     */
    Line dial(PluginRef plugin, NetworkTarget target, AllowList allowed, Deadline deadline)
            throws HostFailure {
        allowed.check(target);
        InetAddress literal = target.literal();
        List<InetAddress> found =
                literal != null
                        ? List.of(literal)
                        : names.addresses(plugin, target.host(), deadline);
        List<InetAddress> reachable = allowed.reachable(target, found);
        int tries = Math.min(MAX_TRIES, reachable.size());
        for (int i = 0; i < tries; i++) {
            // One that is silent leaves time for those after it.
            int millis = Math.max(1, deadline.remainingMillis() / (tries - i));
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(reachable.get(i), target.port()), millis);
                return new Line(target, reachable.get(i), socket);
            } catch (SocketTimeoutException e) {
                Watchdog.closeQuietly(socket);
            } catch (IOException e) {
                Watchdog.closeQuietly(socket);
                if (i == tries - 1) {
                    throw new HostFailure(
                            Reason.UNAVAILABLE,
                            "%s: no connection: %s".formatted(target, e.getMessage()));
                }
            }
        }
        throw Deadline.timeout("nobody answered at " + target);
    }

    /**
     * A connection.
     *
     * @param address that was checked, and that the socket is connected to
     */
    record Line(NetworkTarget target, InetAddress address, Socket socket) implements AutoCloseable {
        @Override
        public void close() {
            Watchdog.closeQuietly(socket);
        }
    }
}
