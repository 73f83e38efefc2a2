package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RaceTest {
    private static List<InetAddress> addresses(String... texts) throws Exception {
        List<InetAddress> all = new ArrayList<>();
        for (String text : texts) {
            all.add(InetAddress.getByName(text));
        }
        return all;
    }

    private static Deadline in(long millis) {
        return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Test
    void bothFamiliesAreTriedByTurns() throws Exception {
        assertEquals(
                addresses("::1", "127.0.0.1", "::2", "127.0.0.2", "::3"),
                Race.byTurns(addresses("::1", "::2", "::3", "127.0.0.1", "127.0.0.2")));
    }

    @Test
    void addressesAtWhichNobodyListensCostNoTime() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            NetworkTarget target = NetworkTarget.of("a.test", server.getLocalPort());
            Race.Winner winner =
                    Race.run(
                            target,
                            addresses("127.0.0.2", "127.0.0.3", "::1", "127.0.0.1"),
                            in(30_000));
            assertEquals(InetAddress.getByName("127.0.0.1"), winner.address());
            winner.socket().close();
        }
    }

    @Test
    void aSilentAddressLeavesTimeForTheOthers() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
                ServerSocket server =
                        new ServerSocket(
                                silent.getLocalPort(), 5, InetAddress.getByName("127.0.0.1"))) {
            // Its backlog is full, and the system answers no further one.
            List<java.nio.channels.SocketChannel> fill = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                java.nio.channels.SocketChannel c = java.nio.channels.SocketChannel.open();
                c.configureBlocking(false);
                c.connect(silent.getLocalSocketAddress());
                fill.add(c);
            }
            try {
                NetworkTarget target = NetworkTarget.of("a.test", server.getLocalPort());
                Race.Winner winner =
                        Race.run(target, addresses("127.0.0.2", "127.0.0.1"), in(30_000));
                assertEquals(InetAddress.getByName("127.0.0.1"), winner.address());
                winner.socket().close();
            } finally {
                for (java.nio.channels.SocketChannel c : fill) {
                    c.close();
                }
            }
        }
    }

    @Test
    void whereNobodyListensAnywhereThatIsSaid() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        NetworkTarget target = NetworkTarget.of("a.test", port);
        String why =
                failure(
                        Reason.UNAVAILABLE,
                        () -> Race.run(target, addresses("127.0.0.1", "127.0.0.2"), in(30_000)));
        assertTrue(why.startsWith("a.test:" + port + ": no connection: "), why);
    }
}
