package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrivateCaAndProxyTest {
    private static final byte[] OK =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

    @TempDir static Path folder;
    private static PrivateCa ca;

    private final Rig rig = new Rig();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void certificates() throws Exception {
        ca = new PrivateCa(folder);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static void answer(Socket s) throws IOException {
        Peer.head(s.getInputStream());
        s.getOutputStream().write(OK);
    }

    private String url(Peer peer) {
        rig.names.put("shop.test", new String[] {"127.0.0.1"});
        rig.grant("inside:shop.test:" + peer.port());
        return "https://shop.test:" + peer.port() + "/";
    }

    private void configure(String... keysAndValues) {
        Map<String, Object> all = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            all.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        rig.network.modified(all);
    }

    @Test
    void aServerOfAPrivateCaIsTrustedWhereItsFileOrFolderIsConfigured() throws Exception {
        Path certs = Files.createDirectory(folder.resolve("certs"));
        Files.copy(ca.pem(), certs.resolve("own.crt"));
        try (Peer peer = ca.server(PrivateCaAndProxyTest::answer)) {
            String url = url(peer);
            String why = failure(Reason.FAILED, () -> rig.get(url));
            assertTrue(why.contains("TLS: ") && why.contains("trustedCertificates in conf/"), why);
            configure("trustedCertificates", ca.pem().toString());
            assertEquals(200, rig.get(url).status());
            configure();
            failure(Reason.FAILED, () -> rig.get(url));
            configure("trustedCertificates", certs.toString());
            assertEquals(200, rig.get(url).status());
        }
    }

    @Test
    void aFileThatIsBadLeavesWhatWasTrustedAndIsTakenOnceItIsMended() throws Exception {
        Path file = folder.resolve("later.pem");
        try (Peer peer = ca.server(PrivateCaAndProxyTest::answer)) {
            String url = url(peer);
            configure("trustedCertificates", file.toString());
            failure(Reason.FAILED, () -> rig.get(url));
            Files.copy(ca.pem(), file);
            rig.network.sweep(System.nanoTime());
            assertEquals(200, rig.get(url).status());
            Files.writeString(file, "not a certificate");
            rig.network.sweep(System.nanoTime());
            assertEquals(200, rig.get(url).status());
        }
    }

    /** A proxy that notes what it is asked and leads everything to one port here. */
    private Peer proxy(int port) throws IOException {
        return new Peer(
                s -> {
                    String head = Peer.head(s.getInputStream());
                    heads.add(head);
                    if (!head.startsWith("CONNECT ")) {
                        s.getOutputStream().write(OK);
                        return;
                    }
                    s.getOutputStream()
                            .write("HTTP/1.1 200 Yes\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    try (Socket on = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
                        Thread back = new Thread(() -> copy(on, s));
                        back.setDaemon(true);
                        back.start();
                        copy(s, on);
                    }
                });
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            byte[] piece = new byte[8192];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                to.getOutputStream().write(piece, 0, n);
            }
        } catch (IOException e) {
            // One of both has closed.
        }
    }

    @Test
    void requestsGoByTheProxyWhichLooksNamesUp() throws Exception {
        try (Peer shop = ca.server(PrivateCaAndProxyTest::answer);
                Peer proxy = proxy(shop.port())) {
            configure(
                    "proxy",
                    "127.0.0.1:" + proxy.port(),
                    "trustedCertificates",
                    ca.pem().toString());
            rig.grant("shop.test:443", "plain.test:8080");
            assertEquals(200, rig.get("https://shop.test/a").status());
            assertEquals(200, rig.get("http://plain.test:8080/b?c").status());
            assertEquals(List.of(), rig.lookedUp);
            assertTrue(heads.get(0).startsWith("CONNECT shop.test:443 HTTP/1.1\r\n"), heads.get(0));
            assertTrue(
                    heads.get(1).startsWith("GET http://plain.test:8080/b?c HTTP/1.1\r\n"),
                    heads.get(1));
        }
    }

    @Test
    void theScopeHoldsByAProxyToo() throws Exception {
        try (Peer proxy = proxy(1)) {
            configure("proxy", "127.0.0.1:" + proxy.port());
            rig.grant("shop.test:443");
            failure(Reason.DENIED, () -> rig.get("https://other.test/"));
            failure(Reason.DENIED, () -> rig.get("http://10.0.0.1/"));
            assertEquals(0, proxy.accepted());
        }
    }

    @Test
    void thisMachineWhatIsInsideAndWhatIsExceptedAreConnectedToDirectly() throws Exception {
        try (Peer peer = Peer.answering(new String(OK, StandardCharsets.US_ASCII));
                Peer proxy = proxy(1)) {
            int port = peer.port();
            configure("proxy", "127.0.0.1:" + proxy.port(), "noProxy", ".corp.test,box.test");
            for (String name : List.of("in.test", "a.corp.test", "box.test")) {
                rig.names.put(name, new String[] {"127.0.0.1"});
            }
            rig.grant(
                    "127.0.0.1:" + port,
                    "inside:in.test:" + port,
                    "a.corp.test:" + port,
                    "box.test:" + port);
            for (String host : List.of("127.0.0.1", "in.test", "a.corp.test", "box.test")) {
                assertEquals(200, rig.get("http://" + host + ":" + port + "/").status());
            }
            assertEquals(0, proxy.accepted());
        }
    }

    @Test
    void aProxyThatRefusesOrIsNotThereIsNamed() throws Exception {
        rig.grant("shop.test:443");
        try (Peer proxy = Peer.answering("HTTP/1.1 407 Who?\r\nContent-Length: 0\r\n\r\n")) {
            configure("proxy", "127.0.0.1:" + proxy.port());
            String why = failure(Reason.FAILED, () -> rig.get("https://shop.test/"));
            assertTrue(why.contains("proxy in conf/io.trinity.network.cfg"), why);
            assertTrue(why.contains("407"), why);
        }
        // Nobody listens at the address of the discard service.
        configure("proxy", "127.0.0.1:9");
        String why = failure(Reason.UNAVAILABLE, () -> rig.get("https://shop.test/"));
        assertTrue(why.contains("proxy in conf/io.trinity.network.cfg"), why);
    }

    @Test
    void aProxyOrAnExceptionThatCannotBeReadLeavesWhatHeldBefore() throws Exception {
        try (Peer proxy = proxy(1)) {
            rig.grant("plain.test:80");
            configure("proxy", "127.0.0.1:" + proxy.port());
            configure("proxy", "http://127.0.0.1:1");
            assertEquals(200, rig.get("http://plain.test/").status());
            configure("proxy", "127.0.0.1:1", "noProxy", "a b");
            assertEquals(200, rig.get("http://plain.test/").status());
        }
    }
}
