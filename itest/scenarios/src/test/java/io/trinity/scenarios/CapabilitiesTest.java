package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;

import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.policy.Grants;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Test;

/** What is not granted does not exist; what is not declared is not granted. */
public class CapabilitiesTest extends Scenario {
    private PluginSnapshot dropAndAwait(String fixture, PluginState state) {
        dropFixture(fixture, fixture + ".wasm");
        return awaitState(fixture, state);
    }

    @Test
    public void everyInterfaceBehindACapabilityOfRiskIsDeniedByDefaultAndSaysHowToGrantIt() {
        for (Capability capability : Capability.values()) {
            if (capability.risk() == Capability.Risk.LOW) {
                continue;
            }
            for (String interfaceName : capability.interfaces()) {
                PluginSnapshot s = dropAndAwait("import-" + interfaceName, PluginState.ERROR);
                assertEquals(ErrorCode.CAPABILITY_DENIED, s.error().orElseThrow().code());
                String message = s.error().orElseThrow().message();
                assertContains(message, capability.label());
                assertContains(message, interfaceName);
                assertContains(message, "grants=" + capability.label() + "@");
                assertContains(message, "conf/io.trinity.plugin-import-" + interfaceName + ".cfg");
                removeFile("import-" + interfaceName + ".wasm");
            }
        }
    }

    @Test
    public void lowRiskIsGrantedOnDeclarationUnlessThePolicySaysOtherwise() {
        for (String interfaceName : new String[] {"vsa", "streams", "metrics"}) {
            dropAndAwait("import-" + interfaceName, PluginState.ACTIVE);
            removeFile("import-" + interfaceName + ".wasm");
            awaitGone("import-" + interfaceName);
        }
        configure("io.trinity.policy", "grantLowRisk=false");
        await(
                "the policy is in effect",
                () -> {
                    dropFixture("import-vsa", "import-vsa.wasm");
                    boolean denied =
                            awaitPlugin(
                                                    "import-vsa",
                                                    p ->
                                                            p.state() == PluginState.ACTIVE
                                                                    || p.state()
                                                                            == PluginState.ERROR)
                                            .state()
                                    == PluginState.ERROR;
                    removeFile("import-vsa.wasm");
                    awaitGone("import-vsa");
                    return denied;
                });
        configure("io.trinity.policy", "grantLowRisk=true");
    }

    @Test
    public void anImportOfAnUndeclaredCapabilityIsRefused() {
        dropFixture("vsa-undeclared", "vsa-undeclared.wasm");
        PluginSnapshot s = awaitError("vsa", ErrorCode.CAPABILITY_UNDECLARED);
        assertContains(s.error().orElseThrow().message(), "vsa_ops");
        removeFile("vsa-undeclared.wasm");
        awaitGone("vsa");
    }

    @Test
    public void aGrantBoundToTheDigestLetsThatFileInAndNoOtherOfItsName() {
        String digest = sha256(fixture("import-http"));
        configure("io.trinity.plugin-import-http", "grants=network@" + "0".repeat(64));
        dropFixture("import-http", "import-http.wasm");
        awaitError("import-http", ErrorCode.CAPABILITY_DENIED);
        // The right grant is given: what was refused for want of it comes up by itself.
        configure("io.trinity.plugin-import-http", "grants=network@" + digest);
        awaitState("import-http", PluginState.ACTIVE);
    }

    @Test
    public void theNetworkIsReachedAsFarAsTheScopeOfTheGrantGoes() throws Exception {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread answering = new Thread(() -> answerOnce(peer), "peer");
            answering.start();
            int port = peer.getLocalPort();
            String digest = sha256(fixture("dial"));
            configure("io.trinity.plugin-dial", "grants=network@" + digest);
            dropAndAwait("dial", PluginState.ACTIVE);
            assertEquals("granted, but to no address", "0", dial('a', port, "x"));

            scope(digest, "localhost:" + port);
            assertEquals("a name that leads inside", "0", dial('n', port, "x"));
            assertEquals("another form of it", "0", dial('a', port, "x"));

            scope(digest, "127.0.0.1:" + port);
            assertEquals("another port", "0", dial('a', port ^ 1, "x"));
            assertEquals("olleh", dial('a', port, "hello"));
            answering.join();
        }
        removeFile("dial.wasm");
        awaitGone("dial");
    }

    @Test
    public void filesAreReachedAsFarAsTheScopeOfTheGrantGoes() throws Exception {
        Path outside = Files.writeString(home().resolve("outbox/secret"), "canary");
        Path shelf = Files.createDirectories(home().resolve("shelf"));
        Files.createSymbolicLink(shelf.resolve("link"), outside);
        String digest = sha256(fixture("shelf"));
        String grants = "grants=file_read@" + digest + ",file_write@" + digest;
        configure("io.trinity.plugin-shelf", grants);
        dropAndAwait("shelf", PluginState.ACTIVE);
        assertEquals("granted, but no directory", "0", shelf('w', "shelf/a", "x"));

        configure(
                "io.trinity.plugin-shelf",
                grants,
                "scope.file_read=shelf",
                "scope.file_write=shelf");
        awaitScope("shelf", digest, Capability.FILE_READ, "shelf");
        awaitScope("shelf", digest, Capability.FILE_WRITE, "shelf");
        assertEquals("2", shelf('r', "shelf/new/a", ""));
        assertEquals("k", shelf('w', "shelf/new/a", "hello"));
        assertEquals("hello", shelf('r', "shelf/new/a", ""));
        assertEquals("hello", Files.readString(shelf.resolve("new/a")));
        for (String out : List.of("shelf/link", "shelf/../outbox/secret", "outbox/secret")) {
            assertEquals(out, "0", shelf('r', out, ""));
            assertEquals(out, "0", shelf('w', out, "x"));
        }
        assertEquals("canary", Files.readString(outside));

        configure("io.trinity.files", "maxWrittenBytes=5000");
        await("the limit is in effect", () -> shelf('w', "shelf/b", "x").equals("3"));
        configure("io.trinity.files");
        removeFile("shelf.wasm");
        awaitGone("shelf");
    }

    private String shelf(char operation, String path, String data) {
        return process("shelf", "" + operation + (char) (' ' + path.length()) + path + data);
    }

    private void awaitScope(String plugin, String digest, Capability capability, String scope) {
        Grants grants = awaitService(Grants.class, "(objectClass=*)");
        await(
                "the scope is in effect",
                () -> grants.verdict(plugin, digest, capability).scope().equals(List.of(scope)));
    }

    private void scope(String digest, String scope) {
        configure("io.trinity.plugin-dial", "grants=network@" + digest, "scope.network=" + scope);
        awaitScope("dial", digest, Capability.NETWORK, scope);
    }

    private String dial(char host, int port, String text) {
        char[] digits = {
            (char) (' ' + (port >> 12)), (char) (' ' + (port >> 6 & 63)), (char) (' ' + (port & 63))
        };
        return process("dial", host + new String(digits) + text);
    }

    /** Answers the first five bytes backwards. */
    private static void answerOnce(ServerSocket peer) {
        try (Socket one = peer.accept()) {
            byte[] asked = one.getInputStream().readNBytes(5);
            String text = new String(asked, StandardCharsets.US_ASCII);
            one.getOutputStream()
                    .write(
                            new StringBuilder(text)
                                    .reverse()
                                    .toString()
                                    .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
