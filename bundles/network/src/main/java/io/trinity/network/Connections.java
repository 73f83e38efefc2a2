package io.trinity.network;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections that plugins hold, by handle. One that the host has ended stays until its holder
 * closes it, so that using it is a failure and no trap; of those, the newest {@value #MAX_ENDED} of
 * a plugin stay. Thread-safe.
 */
final class Connections {
    static final int MAX_ENDED = 64;
    private static final long LAST_HANDLE = 0xffff_ffffL;

    private final TreeMap<Long, TcpConnection> byHandle = new TreeMap<>();
    private long last;

    /** Keeps a connection and gives its handle: never 0. */
    synchronized long add(TcpConnection connection) {
        forgetEnded(connection.owner());
        do {
            last = last == LAST_HANDLE ? 1 : last + 1;
        } while (byHandle.containsKey(last));
        byHandle.put(last, connection);
        return last;
    }

    private void forgetEnded(PluginRef owner) {
        long ended = byHandle.values().stream().filter(c -> endedOf(c, owner)).count();
        if (ended >= MAX_ENDED) {
            byHandle.values().removeIf(c -> endedOf(c, owner));
        }
    }

    private static boolean endedOf(TcpConnection c, PluginRef owner) {
        return !c.open() && c.owner().equals(owner);
    }

    /**
     * The connection with that handle.
     *
     * @throws PluginException GUEST_TRAP when the plugin does not hold it
     */
    synchronized TcpConnection get(PluginRef plugin, long handle) {
        TcpConnection c = byHandle.get(handle);
        if (c == null || !c.owner().equals(plugin)) {
            throw PluginException.of(
                    ErrorCode.GUEST_TRAP,
                    plugin,
                    "it used connection " + handle + ", which it does not hold",
                    "use only connections that tcp.open gave and that are not closed");
        }
        return c;
    }

    /** Closes it, and the handle means nothing any more; see {@link #get}. */
    synchronized void close(PluginRef plugin, long handle) {
        get(plugin, handle).end("closed");
        byHandle.remove(handle);
    }

    /**
     * Ends connections.
     *
     * @param why gives a reason for each that is to end, null for the others; called without a lock
     */
    void endWhere(Function<TcpConnection, @Nullable String> why) {
        Map<Long, TcpConnection> now;
        synchronized (this) {
            now = new TreeMap<>(byHandle);
        }
        now.values()
                .forEach(
                        c -> {
                            String reason = c.open() ? why.apply(c) : null;
                            if (reason != null) {
                                c.end(reason);
                            }
                        });
    }

    synchronized int size() {
        return byHandle.size();
    }
}
