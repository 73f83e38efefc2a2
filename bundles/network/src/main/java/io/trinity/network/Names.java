package io.trinity.network;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks names up. The JDK's look-up knows no deadline: it runs on a thread of its own, and whoever
 * asked goes when the time is over. A name server that never answers holds up at most {@value
 * #MAX_OF_ONE} threads for one plugin. Thread-safe.
 */
final class Names implements AutoCloseable {
    static final int MAX_THREADS = 16;
    static final int MAX_OF_ONE = 4;

    private final Lookup lookup;
    private final Map<String, Integer> running = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    0,
                    MAX_THREADS,
                    10,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    r -> {
                        Thread t = new Thread(r, "trinity-network-names");
                        t.setDaemon(true);
                        return t;
                    });

    /** What knows names; {@link InetAddress#getAllByName} but for tests. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] all(String name) throws UnknownHostException;
    }

    Names(Lookup lookup) {
        this.lookup = lookup;
    }

    /**
     * The addresses of a name, at least one.
     *
     * @throws HostFailure UNAVAILABLE when it has none, or too many look-ups are running; TIMEOUT
     */
    List<InetAddress> addresses(PluginRef plugin, String name, Deadline deadline)
            throws HostFailure {
        Future<InetAddress[]> future = submit(plugin.name(), name);
        try {
            InetAddress[] found =
                    future.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
            if (found.length > 0) {
                return List.of(found);
            }
        } catch (TimeoutException e) {
            throw Deadline.timeout("name " + name + " was being looked up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostFailure(Reason.UNAVAILABLE, "the host ends");
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownHostException)) {
                throw new IllegalStateException("looking up " + name, e.getCause());
            }
        }
        throw new HostFailure(Reason.UNAVAILABLE, "name " + name + " has no address");
    }

    private Future<InetAddress[]> submit(String plugin, String name) throws HostFailure {
        int now = running.merge(plugin, 1, Integer::sum);
        if (now > MAX_OF_ONE) {
            done(plugin);
            throw new HostFailure(
                    Reason.UNAVAILABLE,
                    "plugin '%s' has %s names being looked up; name servers do not answer"
                            .formatted(plugin, MAX_OF_ONE));
        }
        try {
            return threads.submit(
                    () -> {
                        try {
                            return lookup.all(name);
                        } finally {
                            done(plugin);
                        }
                    });
        } catch (RejectedExecutionException e) {
            done(plugin);
            throw new HostFailure(
                    Reason.UNAVAILABLE, "too many names are being looked up; try later");
        }
    }

    private void done(String plugin) {
        running.computeIfPresent(plugin, (k, n) -> n == 1 ? null : n - 1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
