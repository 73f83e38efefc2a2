package io.trinity.network;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.NetworkTarget;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/**
 * The one way to a connection: the scope is asked, the name is looked up once, each address is
 * checked, and the checked address is connected to. No proxy is used. Thread-safe.
 */
final class Dialer {
    /** More addresses of one name are not tried. */
    private static final int MAX_TRIES = 8;

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
        Race.Winner winner =
                Race.run(
                        target,
                        reachable.subList(0, Math.min(MAX_TRIES, reachable.size())),
                        deadline);
        return new Line(target, winner.address(), winner.socket());
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
