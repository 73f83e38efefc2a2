package io.trinity.network;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.NetworkTarget;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/**
 * The one way to a connection: the scope is asked, the name is looked up once, each address is
 * checked, and the checked address is connected to; or the operator's proxy is. Thread-safe.
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
        List<InetAddress> found = found(plugin, target, deadline);
        List<InetAddress> reachable = allowed.reachable(target, found);
        return connected(target, target, reachable, deadline);
    }

    /**
     * Connects to the operator's proxy, for a target that is looked up there and not here.
     *
     * @throws HostFailure DENIED, TIMEOUT; UNAVAILABLE when the proxy does not answer
     */
    Line dialProxy(
            PluginRef plugin,
            NetworkTarget target,
            NetworkTarget proxy,
            AllowList allowed,
            Deadline deadline)
            throws HostFailure {
        allowed.check(target);
        try {
            return connected(target, proxy, found(plugin, proxy, deadline), deadline);
        } catch (HostFailure e) {
            throw new HostFailure(
                    e.reason(),
                    "%s: by the proxy (proxy in %s): %s"
                            .formatted(target, Places.of(NetworkSettings.PID), e.getMessage()));
        }
    }

    private List<InetAddress> found(PluginRef plugin, NetworkTarget target, Deadline deadline)
            throws HostFailure {
        InetAddress literal = target.literal();
        return literal != null
                ? List.of(literal)
                : names.addresses(plugin, target.host(), deadline);
    }

    private static Line connected(
            NetworkTarget target, NetworkTarget to, List<InetAddress> addresses, Deadline deadline)
            throws HostFailure {
        Race.Winner winner =
                Race.run(to, addresses.subList(0, Math.min(MAX_TRIES, addresses.size())), deadline);
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
