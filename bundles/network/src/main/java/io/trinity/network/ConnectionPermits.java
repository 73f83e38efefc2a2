package io.trinity.network;

import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counts open connections, of each plugin and of all. Thread-safe. */
final class ConnectionPermits {
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    /** One connection's place; given back once, however often it is closed. */
    interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a place.
     *
     * @throws HostFailure LIMIT when the plugin has all of its own, UNAVAILABLE when all are taken
     */
    synchronized Permit take(String plugin, NetworkSettings limits) throws HostFailure {
        int own = taken.getOrDefault(plugin, 0);
        if (own >= limits.maxConnections()) {
            throw new HostFailure(
                    Reason.LIMIT,
                    "plugin '%s' has %s connections open; close one, or raise maxConnections in %s"
                            .formatted(plugin, own, Places.of(NetworkSettings.PID)));
        }
        if (all >= limits.maxTotalConnections()) {
            throw new HostFailure(
                    Reason.UNAVAILABLE,
                    "all plugins together have %s connections open; try later, or raise maxTotalConnections in %s"
                            .formatted(all, Places.of(NetworkSettings.PID)));
        }
        taken.put(plugin, own + 1);
        all++;
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                giveBack(plugin);
            }
        };
    }

    private synchronized void giveBack(String plugin) {
        taken.computeIfPresent(plugin, (k, n) -> n == 1 ? null : n - 1);
        all--;
    }

    synchronized int taken() {
        return all;
    }
}
