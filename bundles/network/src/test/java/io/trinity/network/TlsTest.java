package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTest {
    private static final char[] PASSWORD = "of no worth".toCharArray();

    @TempDir static Path folder;
    private static SSLContext known;

    /** A certificate for shop.test, which itself is trusted. */
    @BeforeAll
    static void certificate() throws Exception {
        Path file = folder.resolve("shop.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=shop.test",
                                "-ext",
                                "SAN=dns:shop.test,ip:127.0.0.1",
                                "-alias",
                                "shop",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        known = SSLContext.getInstance("TLS");
        known.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    private static Peer shop() throws IOException {
        return new Peer(
                known.getServerSocketFactory()
                        .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1")),
                s -> {
                    Peer.head(s.getInputStream());
                    s.getOutputStream()
                            .write(
                                    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
                                            .getBytes(StandardCharsets.US_ASCII));
                });
    }

    private static Rig rig(SSLSocketFactory tls, Peer peer) {
        Rig rig = new Rig(Map.of(), tls);
        rig.grant(
                "127.0.0.1:" + peer.port(), "shop.test:" + peer.port(), "evil.test:" + peer.port());
        rig.names.put("shop.test", new String[] {"127.0.0.1"});
        rig.names.put("evil.test", new String[] {"127.0.0.1"});
        return rig;
    }

    @Test
    void aCertificateForTheNameIsAccepted() throws Exception {
        try (Peer peer = shop();
                Rig rig = rig(known.getSocketFactory(), peer)) {
            assertEquals(200, rig.get("https://SHOP.test.:" + peer.port() + "/").status());
            assertEquals(200, rig.get("https://127.0.0.1:" + peer.port() + "/").status());
        }
    }

    @Test
    void aTrustedCertificateForAnotherNameIsRefused() throws Exception {
        try (Peer peer = shop();
                Rig rig = rig(known.getSocketFactory(), peer)) {
            String why =
                    failure(Reason.FAILED, () -> rig.get("https://evil.test:" + peer.port() + "/"));
            assertTrue(why.contains("TLS") && why.contains("evil.test"), why);
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        try (Peer peer = shop();
                Rig rig = rig((SSLSocketFactory) SSLSocketFactory.getDefault(), peer)) {
            String why =
                    failure(Reason.FAILED, () -> rig.get("https://shop.test:" + peer.port() + "/"));
            assertTrue(why.contains("TLS"), why);
        }
    }

    @Test
    void whatIsNotTlsFails() throws Exception {
        try (Peer peer =
                        new Peer(
                                s ->
                                        s.getOutputStream()
                                                .write(
                                                        "HTTP/1.1 200 OK\r\n\r\n"
                                                                .getBytes(
                                                                        StandardCharsets
                                                                                .US_ASCII)));
                Rig rig = rig(known.getSocketFactory(), peer)) {
            failure(Reason.FAILED, () -> rig.get("https://shop.test:" + peer.port() + "/"));
        }
    }
}
