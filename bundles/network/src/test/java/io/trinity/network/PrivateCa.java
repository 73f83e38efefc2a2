package io.trinity.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A CA that nobody knows, and servers for shop.test with its certificate; made by keytool. */
final class PrivateCa {
    private static final String PASSWORD = "of no worth";

    private final Path folder;
    private final SSLContext shop;

    PrivateCa(Path folder) throws Exception {
        this.folder = folder;
        make("ca", "-dname", "CN=Private CA", "-ext", "bc:c");
        make("shop", "-dname", "CN=shop.test");
        keytool("ca", "-exportcert", "-rfc", "-alias", "ca", "-file", pem().toString());
        Path request = folder.resolve("shop.csr");
        Path signed = folder.resolve("shop.pem");
        keytool("shop", "-certreq", "-alias", "shop", "-file", request.toString());
        keytool(
                "ca",
                "-gencert",
                "-rfc",
                "-alias",
                "ca",
                "-ext",
                "SAN=dns:shop.test,ip:127.0.0.1",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        keytool("shop", "-importcert", "-noprompt", "-alias", "ca", "-file", pem().toString());
        keytool("shop", "-importcert", "-noprompt", "-alias", "shop", "-file", signed.toString());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("shop.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        shop = SSLContext.getInstance("TLS");
        shop.init(keys.getKeyManagers(), null, null);
    }

    /** The CA's own certificate. */
    Path pem() {
        return folder.resolve("ca.pem");
    }

    Peer server(Peer.Manners manners) throws IOException {
        return new Peer(
                shop.getServerSocketFactory()
                        .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1")),
                manners);
    }

    private void make(String name, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-alias", name));
        all.addAll(List.of(more));
        keytool(name, all.toArray(new String[0]));
    }

    private void keytool(String store, String... arguments) throws Exception {
        List<String> all = new ArrayList<>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        all.addAll(List.of(arguments));
        all.addAll(
                List.of(
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        folder.resolve(store + ".p12").toString()));
        Process keytool = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
    }
}
