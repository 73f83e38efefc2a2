package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Http;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.stream.Chunk;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpComponentTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final SSLSocketFactory TLS = (SSLSocketFactory) SSLSocketFactory.getDefault();
    private static final byte[] NONE = new byte[0];

    /** Short, for what ends by its deadline only. */
    private static final long SHORT_MILLIS = 300;

    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static String at(Peer peer) {
        return "127.0.0.1:" + peer.port();
    }

    /** Grants a peer by address, and gives its URL. */
    private String granted(Peer peer) {
        rig.grant(at(peer));
        return "http://" + at(peer) + "/";
    }

    @Test
    void aRequestReachesAGrantedAddressAndItsAnswerComesBack() throws Exception {
        CompletableFuture<String> seen = new CompletableFuture<>();
        try (Peer peer =
                new Peer(
                        s -> {
                            String head = Peer.head(s.getInputStream());
                            byte[] body = s.getInputStream().readNBytes(3);
                            seen.complete(head + new String(body, StandardCharsets.US_ASCII));
                            s.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
                        })) {
            byte[] body = "abc".getBytes(StandardCharsets.US_ASCII);
            Http.Response answer =
                    rig.send(
                            "POST",
                            granted(peer) + "x?y",
                            body,
                            30_000,
                            new Chunk.Attribute("A", "b"));
            assertEquals(200, answer.status());
            assertEquals("2", Rig.header(answer, "Content-Length"));
            assertEquals("ok", new String(answer.body(), StandardCharsets.US_ASCII));
            assertEquals(
                    "POST /x?y HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: 3\r\nA: b\r\n\r\nabc"
                            .formatted(at(peer)),
                    seen.get());
        }
        assertEquals(0, rig.network.permits().taken());
    }

    @Test
    void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
        try (Peer inside = Peer.answering(OK);
                Peer peer =
                        Peer.answering(
                                "HTTP/1.1 302 Found\r\nLocation: http://%s/\r\nContent-Length: 0\r\n\r\n"
                                        .formatted(at(inside)))) {
            Http.Response answer = rig.get(granted(peer));
            assertEquals(302, answer.status());
            String location = Rig.header(answer, "Location");
            assertEquals(0, inside.accepted());
            // Followed by the plugin it comes through the same gate.
            failure(Reason.DENIED, () -> rig.get(location));
            assertEquals(0, inside.accepted());
        }
    }

    @Test
    void whatIsNotInTheScopeIsNeitherLookedUpNorConnectedTo() throws Exception {
        try (Peer peer = Peer.answering(OK)) {
            rig.grant("other.test:" + peer.port());
            rig.names.put("secret.evil.test", new String[] {"127.0.0.1"});
            failure(Reason.DENIED, () -> rig.get("http://secret.evil.test:" + peer.port() + "/"));
            failure(Reason.DENIED, () -> rig.get("http://" + at(peer) + "/"));
            assertEquals(List.of(), rig.lookedUp);
            assertEquals(0, peer.accepted());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::ffff:127.0.0.1", "0.0.0.0", "127.0.0.2"})
    void aNameThatPointsInsideReachesNothing(String inside) throws Exception {
        try (Peer peer = Peer.answering(OK)) {
            rig.grant("rebind.test:" + peer.port());
            rig.names.put("rebind.test", new String[] {inside});
            String why =
                    failure(
                            Reason.DENIED,
                            () -> rig.get("http://rebind.test:" + peer.port() + "/"));
            assertTrue(why.contains("plugin 'maps' 1.0.0: rebind.test stands for "), why);
            assertEquals(0, peer.accepted());
        }
    }

    @Test
    void aNameIsLookedUpOnceAndTheCheckedAddressIsConnectedTo() throws Exception {
        try (Peer peer = Peer.answering(OK)) {
            rig.grant("box.test:" + peer.port(), at(peer));
            rig.names.put("box.test", new String[] {"10.0.0.1", "127.0.0.1"});
            assertEquals(200, rig.get("http://box.test:" + peer.port() + "/").status());
            assertEquals(List.of("box.test"), rig.lookedUp);
        }
    }

    @Test
    void aScopeChangeCountsForTheNextRequest() throws Exception {
        try (Peer peer = Peer.answering(OK)) {
            String url = granted(peer);
            assertEquals(200, rig.get(url).status());
            rig.grant("127.0.0.1:1");
            failure(Reason.DENIED, () -> rig.get(url));
            rig.grant();
            failure(Reason.DENIED, () -> rig.get(url));
            assertEquals(1, peer.accepted());
        }
    }

    @Test
    void noProxyOfTheSystemIsUsed() throws Exception {
        try (Peer proxy = new Peer(Peer::listen);
                Peer peer = Peer.answering(OK)) {
            System.setProperty("socksProxyHost", "127.0.0.1");
            System.setProperty("socksProxyPort", "" + proxy.port());
            System.setProperty("socksNonProxyHosts", "");
            assertEquals(200, rig.get(granted(peer)).status());
            assertEquals(0, proxy.accepted());
        } finally {
            System.clearProperty("socksProxyHost");
            System.clearProperty("socksProxyPort");
            System.clearProperty("socksNonProxyHosts");
        }
    }

    @Test
    void aByteAtATimeEndsAtTheDeadline() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Peer peer =
                new Peer(
                        s -> {
                            OutputStream out = s.getOutputStream();
                            out.write("HTTP/1.1 200 OK\r\nA: ".getBytes(StandardCharsets.US_ASCII));
                            drip(out, over);
                        })) {
            String url = granted(peer);
            failure(Reason.TIMEOUT, () -> rig.send("GET", url, NONE, SHORT_MILLIS));
        } finally {
            over.countDown();
        }
        assertEquals(0, rig.network.permits().taken());
    }

    @Test
    void theCallsOwnDeadlineEndsARequestToo() throws Exception {
        try (Peer peer = new Peer(Peer::listen)) {
            String url = granted(peer);
            rig.callMillis = SHORT_MILLIS;
            failure(Reason.TIMEOUT, () -> rig.send("GET", url, NONE, 4_294_967_295L));
        }
    }

    @Test
    void aPeerThatTakesNothingEndsAtTheDeadline() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Peer peer = new Peer(s -> await(over))) {
            String url = granted(peer);
            byte[] body = new byte[HttpSender.MAX_BODY_BYTES];
            // More than the buffers of two loopback sockets hold, in the end.
            for (int i = 0; i < 8; i++) {
                failure(Reason.TIMEOUT, () -> rig.send("PUT", url, body, SHORT_MILLIS / 3));
            }
        } finally {
            over.countDown();
        }
    }

    @Test
    void aHandshakeThatNeverEndsEndsAtTheDeadline() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Peer peer =
                new Peer(
                        s -> {
                            // A handshake record of 16,000 bytes, one at a time.
                            s.getOutputStream().write(new byte[] {22, 3, 3, 62, (byte) 128});
                            drip(s.getOutputStream(), over);
                        })) {
            rig.grant(at(peer));
            failure(
                    Reason.TIMEOUT,
                    () -> rig.send("GET", "https://" + at(peer) + "/", NONE, SHORT_MILLIS));
        } finally {
            over.countDown();
        }
    }

    @Test
    void anEndlessBodyEndsAtItsLimit() throws Exception {
        try (Peer peer = Peer.endless("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1000))) {
            String why = failure(Reason.LIMIT, () -> rig.get(granted(peer)));
            assertTrue(why.contains("1048576 bytes"), why);
        }
    }

    @Test
    void endlessHeadersEndAtTheirLimit() throws Exception {
        String header = "A: " + "b".repeat(4000) + "\r\n";
        try (Peer peer = Peer.endless("HTTP/1.1 200 OK\r\n", header)) {
            failure(Reason.LIMIT, () -> rig.get(granted(peer)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nA",
                "HTTP/1.1 101 Switching\r\n\r\n"
            })
    void whatIsNotHttpOrHalfOfItFails(String answer) throws Exception {
        try (Peer peer = Peer.answering(answer)) {
            failure(Reason.FAILED, () -> rig.get(granted(peer)));
        }
    }

    @Test
    void aPeerThatClosesItsHalfAtOnceFails() throws Exception {
        try (Peer peer =
                new Peer(
                        s -> {
                            s.shutdownOutput();
                            Peer.listen(s);
                        })) {
            failure(Reason.FAILED, () -> rig.get(granted(peer)));
        }
    }

    @Test
    void nobodyThereIsUnavailable() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        rig.grant("127.0.0.1:" + port);
        failure(Reason.UNAVAILABLE, () -> rig.get("http://127.0.0.1:" + port + "/"));
        rig.grant("gone.test:80");
        failure(Reason.UNAVAILABLE, () -> rig.get("http://gone.test/"));
    }

    @Test
    void aBodyLargerThanTheContractAllowsIsRefused() throws Exception {
        try (Peer peer = Peer.answering(OK)) {
            String url = granted(peer);
            byte[] body = new byte[HttpSender.MAX_BODY_BYTES + 1];
            failure(Reason.LIMIT, () -> rig.send("PUT", url, body, 30_000));
            assertEquals(0, peer.accepted());
        }
    }

    @Test
    void aSmuggledHeaderNeverReachesTheWire() throws Exception {
        try (Peer peer = Peer.answering(OK)) {
            String url = granted(peer);
            Chunk.Attribute host = new Chunk.Attribute("Host", "evil.test");
            failure(Reason.INVALID, () -> rig.send("GET", url, NONE, 30_000, host));
            Chunk.Attribute second = new Chunk.Attribute("A", "b\r\n\r\nGET /evil HTTP/1.1");
            failure(Reason.INVALID, () -> rig.send("GET", url, NONE, 30_000, second));
            assertEquals(0, peer.accepted());
        }
    }

    @Test
    void allRequestsOfOneCallShareItsBytes() throws Exception {
        rig.close();
        rig = new Rig(Map.of("maxCallBytes", "5000"), TLS);
        String body = "x".repeat(2000);
        try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\n\r\n" + body)) {
            String url = granted(peer);
            Http.Request get = new Http.Request("GET", url, List.of(), NONE, 30_000);
            var call = rig.call();
            rig.http.send(call, get);
            rig.http.send(call, get);
            String why = failure(Reason.LIMIT, () -> rig.http.send(call, get));
            assertTrue(why.contains("maxCallBytes in conf/io.trinity.network.cfg"), why);
            // Another call has its own, also within this one: same thread, same deadline.
            var inner = new HostCall(Rig.PLUGIN, call.deadlineNanos());
            rig.http.send(inner, get);
        }
    }

    @Test
    void requestsAtTheSameTimeAreLimitedLikeConnections() throws Exception {
        rig.close();
        rig = new Rig(Map.of("maxConnections", "1"), TLS);
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        try (Peer peer =
                new Peer(
                        s -> {
                            Peer.head(s.getInputStream());
                            inside.countDown();
                            await(over);
                            s.getOutputStream().write(OK.getBytes(StandardCharsets.US_ASCII));
                        })) {
            String url = granted(peer);
            CompletableFuture<Integer> first =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return rig.get(url).status();
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            inside.await();
            failure(Reason.LIMIT, () -> rig.get(url));
            over.countDown();
            assertEquals(200, first.get());
            assertEquals(200, rig.get(url).status());
        }
    }

    /** One byte after the other until the other side closes. */
    private static void drip(OutputStream out, CountDownLatch over) throws java.io.IOException {
        try {
            while (!over.await(5, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write('x');
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
