package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.osgi.framework.Version;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TcpComponentTest {
    private static final byte[] ABC = {'a', 'b', 'c'};
    private static final long TIMEOUT = Rig.TIMEOUT_MILLIS;
    private static final long SHORT_MILLIS = 100;

    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static void echo(Socket s) throws IOException {
        s.getInputStream().transferTo(s.getOutputStream());
    }

    private long opened(Peer peer) throws HostFailure {
        rig.grant("127.0.0.1:" + peer.port());
        return rig.open("127.0.0.1", peer.port());
    }

    private static void traps(Executable task) {
        PluginException e = assertThrows(PluginException.class, task);
        assertEquals(ErrorCode.GUEST_TRAP, e.code());
    }

    private byte[] receiveAll(long c, int bytes) throws HostFailure {
        byte[] all = new byte[bytes];
        int n = 0;
        while (n < bytes) {
            byte[] piece = rig.receive(c, bytes - n, TIMEOUT);
            System.arraycopy(piece, 0, all, n, piece.length);
            n += piece.length;
        }
        return all;
    }

    @Test
    void bytesGoOutAndComeBack() throws Exception {
        try (Peer peer = new Peer(TcpComponentTest::echo)) {
            long c = opened(peer);
            assertNotEquals(0, c);
            rig.write(c, ABC, TIMEOUT);
            assertArrayEquals(ABC, receiveAll(c, 3));
            rig.write(c, ABC, TIMEOUT);
            assertEquals(1, rig.receive(c, 1, TIMEOUT).length);
            rig.close(c);
            assertEquals(0, rig.network.permits().taken());
            assertEquals(0, rig.network.connections().size());
        }
    }

    @Test
    void anEmptyAnswerMeansThatTheOtherSideHasClosed() throws Exception {
        try (Peer peer = new Peer(s -> s.getInputStream().read())) {
            long c = opened(peer);
            rig.write(c, ABC, TIMEOUT);
            rig.write(c, new byte[0], TIMEOUT);
            byte[] last;
            try {
                last = rig.receive(c, 10, TIMEOUT);
            } catch (HostFailure e) {
                // It closed with bytes unread: the system may say so.
                assertEquals(Reason.FAILED, e.reason());
                last = new byte[0];
            }
            assertEquals(0, last.length);
        }
    }

    @Test
    void aHalfClosedPeerIsHeardToItsEndAndStillListens() throws Exception {
        CompletableFuture<Integer> heard = new CompletableFuture<>();
        try (Peer peer =
                new Peer(
                        s -> {
                            s.getOutputStream().write(ABC);
                            s.shutdownOutput();
                            heard.complete(s.getInputStream().read());
                        })) {
            long c = opened(peer);
            assertArrayEquals(ABC, receiveAll(c, 3));
            assertEquals(0, rig.receive(c, 10, TIMEOUT).length);
            rig.write(c, new byte[] {7}, TIMEOUT);
            assertEquals(7, heard.get());
        }
    }

    @Test
    void waitingInVainIsATimeoutAndEndsNothing() throws Exception {
        try (Peer peer = new Peer(TcpComponentTest::echo)) {
            long c = opened(peer);
            failure(Reason.TIMEOUT, () -> rig.receive(c, 10, SHORT_MILLIS));
            failure(Reason.TIMEOUT, () -> rig.receive(c, 10, 0));
            rig.callMillis = SHORT_MILLIS;
            failure(Reason.TIMEOUT, () -> rig.receive(c, 10, 4_294_967_295L));
            rig.callMillis = TIMEOUT;
            rig.write(c, ABC, TIMEOUT);
            assertArrayEquals(ABC, receiveAll(c, 3));
        }
    }

    @Test
    void aPeerThatTakesNothingEndsTheConnectionAtTheDeadline() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Peer peer =
                new Peer(
                        s -> {
                            try {
                                over.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        })) {
            long c = opened(peer);
            byte[] much = new byte[1 << 20];
            String why =
                    failure(
                            Reason.TIMEOUT,
                            () -> {
                                for (int i = 0; i < 15; i++) {
                                    rig.write(c, much, SHORT_MILLIS);
                                }
                            });
            assertTrue(why.contains("in time"), why);
            failure(Reason.FAILED, () -> rig.write(c, ABC, TIMEOUT));
            failure(Reason.FAILED, () -> rig.receive(c, 1, TIMEOUT));
            assertEquals(0, rig.network.permits().taken());
            rig.close(c);
            traps(() -> rig.close(c));
        } finally {
            over.countDown();
        }
    }

    @Test
    void aConnectionThatThePluginDoesNotHoldTraps() throws Exception {
        try (Peer peer = new Peer(TcpComponentTest::echo)) {
            long c = opened(peer);
            traps(() -> rig.write(c + 1, ABC, TIMEOUT));
            traps(() -> rig.receive(0, 1, TIMEOUT));
            for (PluginRef other :
                    List.of(
                            new PluginRef("evil", Rig.PLUGIN.version()),
                            new PluginRef(Rig.PLUGIN.name(), new Version(2, 0, 0)))) {
                rig.plugin = other;
                traps(() -> rig.write(c, ABC, TIMEOUT));
                traps(() -> rig.receive(c, 1, TIMEOUT));
                traps(() -> rig.close(c));
            }
            rig.plugin = Rig.PLUGIN;
            rig.write(c, ABC, TIMEOUT);
            rig.close(c);
            traps(() -> rig.receive(c, 1, TIMEOUT));
        }
    }

    @Test
    void ofAHundredConnectionsEightAreOpened() throws Exception {
        try (Peer peer = new Peer(Peer::listen)) {
            List<Long> open = new ArrayList<>();
            open.add(opened(peer));
            int refused = 0;
            for (int i = 1; i < 100; i++) {
                try {
                    open.add(rig.open("127.0.0.1", peer.port()));
                } catch (HostFailure e) {
                    assertEquals(Reason.LIMIT, e.reason());
                    refused++;
                }
            }
            assertEquals(8, open.size());
            assertEquals(92, refused);
            rig.close(open.get(0));
            rig.open("127.0.0.1", peer.port());
        }
    }

    @Test
    void allPluginsTogetherHaveALimitToo() throws Exception {
        rig.close();
        rig =
                new Rig(
                        Map.of("maxTotalConnections", "2"),
                        (SSLSocketFactory) SSLSocketFactory.getDefault());
        try (Peer peer = new Peer(Peer::listen)) {
            opened(peer);
            rig.plugin = PluginRef.named("other");
            rig.open("127.0.0.1", peer.port());
            rig.plugin = PluginRef.named("third");
            failure(Reason.UNAVAILABLE, () -> rig.open("127.0.0.1", peer.port()));
        }
    }

    @Test
    void whatCannotBeOpenedTakesNoPlace() throws Exception {
        try (Peer peer = new Peer(Peer::listen)) {
            int port = peer.port();
            rig.grant("127.0.0.1:" + port, "loop.test:" + port);
            rig.names.put("loop.test", new String[] {"10.0.0.1"});
            for (int i = 0; i < 20; i++) {
                failure(Reason.DENIED, () -> rig.open("loop.test", port));
                failure(Reason.DENIED, () -> rig.open("127.0.0.2", port));
                failure(Reason.INVALID, () -> rig.open("0x7f.1", port));
                failure(Reason.INVALID, () -> rig.open("127.0.0.1", 0));
            }
            assertEquals(0, rig.network.permits().taken());
            assertEquals(0, peer.accepted());
        }
    }

    @Test
    void aScopeThatShrinksEndsAnOpenConnectionAtTheNextCall() throws Exception {
        try (Peer peer = new Peer(TcpComponentTest::echo)) {
            long c = opened(peer);
            long d = rig.open("127.0.0.1", peer.port());
            rig.grant("127.0.0.1:1");
            failure(Reason.DENIED, () -> rig.write(c, ABC, TIMEOUT));
            failure(Reason.DENIED, () -> rig.receive(d, 1, TIMEOUT));
            // It is gone for good, and can still be closed.
            rig.grant("127.0.0.1:" + peer.port());
            failure(Reason.FAILED, () -> rig.write(c, ABC, TIMEOUT));
            rig.close(c);
            assertEquals(0, rig.network.permits().taken());
        }
    }

    @Test
    void aNamesInsideAddressIsLostWithItsOwnGrant() throws Exception {
        try (Peer peer = new Peer(TcpComponentTest::echo)) {
            rig.grant("box.test:" + peer.port(), "127.0.0.1:" + peer.port());
            rig.names.put("box.test", new String[] {"127.0.0.1"});
            long c = rig.open("box.test", peer.port());
            rig.grant("box.test:" + peer.port());
            failure(Reason.DENIED, () -> rig.write(c, ABC, TIMEOUT));
        }
    }

    @Test
    void aNameThatIsNotInTheScopeAnyMoreIsLostThoughItsAddressIsPublic() throws Exception {
        try (Peer peer = new Peer(Peer::listen);
                Socket socket = new Socket("127.0.0.1", peer.port())) {
            Dialer.Line line =
                    new Dialer.Line(
                            NetworkTarget.of("a.example", 443),
                            InetAddress.getByName("8.8.8.8"),
                            socket);
            TcpConnection c = new TcpConnection(Rig.PLUGIN, line, () -> {});
            AllowList with = new AllowList(Rig.PLUGIN, List.of("a.example:443"), a -> false);
            AllowList without = new AllowList(Rig.PLUGIN, List.of("b.example:443"), a -> false);
            c.check(with);
            assertTrue(c.admittedBy(with));
            assertFalse(c.admittedBy(without));
            failure(Reason.DENIED, () -> c.check(without));
            assertFalse(c.open());
        }
    }

    @Test
    void theOtherSideHearsTheEnd() throws Exception {
        CompletableFuture<Integer> heard = new CompletableFuture<>();
        try (Peer peer = new Peer(s -> heard.complete(s.getInputStream().read()))) {
            rig.close(opened(peer));
            assertEquals(-1, heard.get(TIMEOUT, TimeUnit.MILLISECONDS));
        }
    }

    @Test
    void aLimitOfNoBytesIsInvalidAndAHugeOneTakesNoHugeBuffer() throws Exception {
        try (Peer peer = new Peer(TcpComponentTest::echo)) {
            long c = opened(peer);
            failure(Reason.INVALID, () -> rig.receive(c, 0, TIMEOUT));
            rig.write(c, ABC, TIMEOUT);
            assertTrue(rig.receive(c, 4_294_967_295L, TIMEOUT).length >= 1);
        }
    }

    @Test
    void theBytesOfACallAreLimitedOverAllConnections() throws Exception {
        rig.close();
        rig =
                new Rig(
                        Map.of("maxCallBytes", "3000"),
                        (SSLSocketFactory) SSLSocketFactory.getDefault());
        try (Peer peer = new Peer(TcpComponentTest::echo)) {
            long c = opened(peer);
            long d = rig.open("127.0.0.1", peer.port());
            var call = rig.call();
            rig.tcp.send(call, c, new byte[2000], TIMEOUT);
            failure(Reason.LIMIT, () -> rig.tcp.send(call, d, new byte[2000], TIMEOUT));
            failure(
                    Reason.LIMIT,
                    () -> {
                        while (true) {
                            rig.tcp.receive(call, c, 2000, TIMEOUT);
                        }
                    });
        }
    }

    @Test
    void twoThreadsMaySendAndReceiveAtOnce() throws Exception {
        try (Peer peer = new Peer(TcpComponentTest::echo)) {
            long c = opened(peer);
            CompletableFuture<byte[]> received =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return receiveAll(c, 3);
                                } catch (HostFailure e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            rig.write(c, ABC, TIMEOUT);
            assertArrayEquals(ABC, received.get());
        }
    }

    @Test
    void theHostsEndEndsWhatWaits() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        try (Peer peer =
                new Peer(
                        s -> {
                            InputStream in = s.getInputStream();
                            in.read();
                            connected.countDown();
                            in.read();
                        })) {
            long c = opened(peer);
            rig.write(c, new byte[] {1}, TIMEOUT);
            connected.await();
            CompletableFuture<Reason> waiting =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    rig.receive(c, 1, TIMEOUT);
                                    return null;
                                } catch (HostFailure e) {
                                    return e.reason();
                                }
                            });
            rig.network.deactivate();
            assertEquals(Reason.FAILED, waiting.get());
        }
    }
}
