package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;

import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
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
            for (String face : capability.interfaces()) {
                PluginSnapshot s = dropAndAwait("import-" + face, PluginState.ERROR);
                assertEquals(ErrorCode.CAPABILITY_DENIED, s.error().orElseThrow().code());
                String message = s.error().orElseThrow().message();
                assertContains(message, capability.label());
                assertContains(message, face);
                assertContains(message, "grants=" + capability.label() + "@");
                assertContains(message, "conf/io.trinity.plugin-import-" + face + ".cfg");
                removeFile("import-" + face + ".wasm");
            }
        }
    }

    @Test
    public void lowRiskIsGrantedOnDeclarationUnlessThePolicySaysOtherwise() {
        for (String face : new String[] {"vsa", "streams", "metrics"}) {
            dropAndAwait("import-" + face, PluginState.ACTIVE);
            removeFile("import-" + face + ".wasm");
            awaitGone("import-" + face);
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

    private static String sha256(byte[] bytes) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
