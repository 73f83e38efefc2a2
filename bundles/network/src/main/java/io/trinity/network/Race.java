package io.trinity.network;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to whichever of several addresses answers first: one after the other is tried, IPv6 and
 * IPv4 by turns, and those that are silent are waited for meanwhile. Source: RFC 8305 §5.
 */
final class Race implements AutoCloseable {
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final NetworkTarget target;
    private final Deadline deadline;
    private final Selector selector;
    private final List<SocketChannel> running = new ArrayList<>();
    private @Nullable IOException last;

    private Race(NetworkTarget target, Deadline deadline) throws IOException {
        this.target = target;
        this.deadline = deadline;
        this.selector = Selector.open();
    }

    /** Who was first. */
    record Winner(InetAddress address, Socket socket) {}

    /**
     * Connects.
     *
     * @param addresses that may be connected to, at least one
     * @throws HostFailure TIMEOUT; UNAVAILABLE when nobody answers at any of them
     */
    static Winner run(NetworkTarget target, List<InetAddress> addresses, Deadline deadline)
            throws HostFailure {
        try (Race race = new Race(target, deadline)) {
            return race.run(byTurns(addresses));
        } catch (IOException e) {
            throw new HostFailure(
                    Reason.UNAVAILABLE, "%s: no connection: %s".formatted(target, e.getMessage()));
        }
    }

    /** Both families by turns, beginning with that of the first. */
    static List<InetAddress> byTurns(List<InetAddress> addresses) {
        boolean v4First = addresses.get(0) instanceof Inet4Address;
        List<InetAddress> first = new ArrayList<>();
        List<InetAddress> second = new ArrayList<>();
        addresses.forEach(a -> (a instanceof Inet4Address == v4First ? first : second).add(a));
        List<InetAddress> mixed = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                mixed.add(first.get(i));
            }
            if (i < second.size()) {
                mixed.add(second.get(i));
            }
        }
        return mixed;
    }

    private Winner run(List<InetAddress> addresses) throws IOException, HostFailure {
        long delay = Math.min(DELAY_NANOS, deadline.remainingNanos() / (addresses.size() + 1));
        int next = 0;
        long nextAt = System.nanoTime();
        while (!deadline.over()) {
            if (next < addresses.size() && (running.isEmpty() || System.nanoTime() - nextAt >= 0)) {
                start(addresses.get(next++));
                nextAt = System.nanoTime() + delay;
            }
            if (running.isEmpty() && next == addresses.size()) {
                throw last == null ? new IOException("nobody answers") : last;
            }
            long wait =
                    next < addresses.size()
                            ? Math.min(nextAt - System.nanoTime(), deadline.remainingNanos())
                            : deadline.remainingNanos();
            Winner winner = running.isEmpty() ? null : await(wait);
            if (winner != null) {
                return winner;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new HostFailure(Reason.UNAVAILABLE, "the host ends");
            }
        }
        throw Deadline.timeout("nobody answered at " + target);
    }

    private void start(InetAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(address, target.port()));
            // One that is connected already is ready at once.
            channel.register(selector, SelectionKey.OP_CONNECT, address);
            running.add(channel);
        } catch (UnsupportedAddressTypeException e) {
            channel.close();
            last = new IOException("this machine does not speak to " + address.getHostAddress(), e);
        } catch (IOException e) {
            channel.close();
            last = e;
        }
    }

    private @Nullable Winner await(long nanos) throws IOException {
        selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1));
        for (SelectionKey key : selector.selectedKeys()) {
            SocketChannel channel = (SocketChannel) key.channel();
            try {
                if (channel.finishConnect()) {
                    return won(channel, key);
                }
            } catch (IOException e) {
                last = e;
                running.remove(channel);
                channel.close();
            }
        }
        selector.selectedKeys().clear();
        return null;
    }

    private Winner won(SocketChannel channel, SelectionKey key) throws IOException {
        key.cancel();
        running.remove(channel);
        selector.selectNow();
        channel.configureBlocking(true);
        return new Winner((InetAddress) key.attachment(), channel.socket());
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : running) {
            channel.close();
        }
        selector.close();
    }
}
