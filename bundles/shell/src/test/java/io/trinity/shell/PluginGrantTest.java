package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.object;
import static io.trinity.shell.FakeRegistry.DIGEST;
import static io.trinity.shell.Snapshots.BROKEN;
import static io.trinity.shell.Snapshots.RESIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.policy.Grants.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginGrantTest {
    private static final PluginSnapshot UP =
            Snapshots.in(PluginState.ACTIVE, BROKEN, Optional.empty());
    private static final PluginSnapshot LOADING =
            Snapshots.in(PluginState.LOADING, BROKEN, Optional.empty());
    private static final CapabilityNeed NETWORK = new CapabilityNeed(Capability.NETWORK, false, "");
    private static final CapabilityNeed GPU = new CapabilityNeed(Capability.GPU_COMPUTE, true, "");

    private final FakeRegistry registry = Snapshots.registry(RESIZE, BROKEN);
    private final FakeGrants grants = new FakeGrants();
    private final PluginGrant command =
            new PluginGrant(registry, new Recovery(Duration.ofMinutes(1), Duration.ofMillis(1)));

    @BeforeEach
    void grants() {
        command.grants = grants;
        registry.candidate(Manifests.of("broken", NETWORK, GPU));
    }

    @Test
    void whatWasRefusedForItIsWaitedFor() throws InterruptedException {
        registry.next.addAll(List.of(BROKEN, BROKEN, LOADING, LOADING, UP));
        assertEquals(
                """
                network (high risk) granted: granted by name; scope api.example.com:443, 10.0.0.7:80
                broken -: active, generation 1, bundle 9
                """,
                command.grant("broken", "network", "api.example.com:443", "10.0.0.7:80"));
        assertEquals(
                List.of("grant broken " + DIGEST + " NETWORK [api.example.com:443, 10.0.0.7:80]"),
                grants.asked);
    }

    @Test
    void aGrantThatCannotWorkAsThingsAreSaysSo(@TempDir Path home) throws InterruptedException {
        registry.next.addAll(List.of(LOADING, UP));
        String told = command.grant("broken", "network", "localhost:6379", "inside:redis:6379");
        assertTrue(
                told.contains(
                        "localhost:6379: a name stands for public addresses only; where it stands"
                                + " for this machine or a private network, write"
                                + " inside:localhost:6379\n"),
                told);
        assertFalse(told.contains("inside:inside"), told);
        assertEquals(
                List.of(home + "/none is no directory now; it opens nothing until it is one"),
                ScopeHints.of(
                        verdict(Capability.FILE_READ, home.toString(), home + "/none", "maps")));
        assertEquals(
                List.of("/ has no name that a plugin could use; it opens nothing"),
                ScopeHints.of(verdict(Capability.FILE_WRITE, "/")));
        assertEquals(List.of(), ScopeHints.of(verdict(Capability.METRICS, home + "/none")));
    }

    private static Verdict verdict(Capability capability, String... scope) {
        return new Verdict(capability, true, "", "", List.of(scope));
    }

    @Test
    void aGrantThatOpensNothingSaysSo() throws InterruptedException {
        registry.next.addAll(List.of(LOADING, UP));
        assertEquals(
                """
                network (high risk) granted: granted by name; without a scope it opens nothing
                it opens nothing until its scope says what: plugin:grant broken network HOST:PORT
                broken -: active, generation 1, bundle 9
                """,
                command.grant("broken", "network"));
    }

    @Test
    void programsGetTheVerdictAndThePlugin() throws IOException, InterruptedException {
        registry.next.addAll(List.of(LOADING, UP));
        Map<String, Object> answer = object(command.grant("broken", "network", "--json"));
        assertEquals(true, ((Map<?, ?>) answer.get("verdict")).get("granted"));
        assertNull(((Map<?, ?>) answer.get("verdict")).get("grantLine"));
        assertEquals("active", ((Map<?, ?>) answer.get("plugin")).get("state"));
    }

    @Test
    void anotherErrorEndsTheWaitAndIsTold() throws InterruptedException {
        Fault other = new Fault(ErrorCode.IMPORT_UNKNOWN, "import 'x' is unknown");
        registry.next.addAll(
                List.of(LOADING, Snapshots.in(PluginState.ERROR, BROKEN, Optional.of(other))));
        String text = command.grant("broken", "network");
        assertTrue(text.endsWith("error\n    IMPORT_UNKNOWN: import 'x' is unknown\n"), text);
    }

    @Test
    void theWaitIsBounded() throws InterruptedException {
        PluginGrant hasty =
                new PluginGrant(registry, new Recovery(Duration.ZERO, Duration.ofMillis(1)));
        hasty.grants = grants;
        String text = hasty.grant("broken", "network");
        assertTrue(
                text.endsWith(
                        "    it was not loaded within 0 s; plugin:retry broken tries again\n"),
                text);
    }

    @Test
    void whoServesIsNotWaitedFor() throws InterruptedException {
        registry.candidate(Manifests.of("resize", NETWORK));
        assertEquals(
                """
                network (high risk) granted: granted by name; without a scope it opens nothing
                it opens nothing until its scope says what: plugin:grant resize network HOST:PORT
                resize 1.2.0: active, generation 3, bundle 57
                """,
                command.grant("resize", "network"));
    }

    @Test
    void aGrantTakenBackIsTold() throws IOException {
        grants.granted.put(Capability.NETWORK, List.of());
        assertEquals(
                """
                revoked: network of plugin 'broken', at once and for all versions
                network (high risk) denied: no line grants it
                broken -: error
                    CAPABILITY_DENIED: plugin 'broken': "network" is not granted
                    it is not loaded until it is granted again
                """,
                command.revoke("broken", "network"));
        Map<?, ?> verdict =
                (Map<?, ?>) object(command.revoke("broken", "network", "--json")).get("verdict");
        assertEquals(
                "grants=network@cdcd in conf/io.trinity.plugin-broken.cfg",
                verdict.get("grantLine"));
    }

    @Test
    void whatFollowsAtTheNextReloadDependsOnWhatTheManifestSays() {
        registry.candidate(Manifests.of("resize", NETWORK, GPU));
        grants.granted.put(Capability.NETWORK, List.of());
        assertEquals(
                """
                revoked: network of plugin 'resize', at once and for all versions
                network (high risk) denied: no line grants it
                resize 1.2.0: active, generation 3, bundle 57
                    it serves on, and its calls of it fail; its next reload is refused, and after a restart it does not come up, until it is granted again
                """,
                command.revoke("resize", "network"));
        assertTrue(
                command.revoke("resize", "network")
                        .startsWith(
                                "revoked: network of plugin 'resize', which was not granted to the"
                                        + " version that is here\n"));
        assertTrue(
                command.revoke("resize", "gpu_compute")
                        .endsWith(
                                "    it goes on without it, also after a reload: its manifest says"
                                        + " optional\n"));
    }

    @Test
    void whatIsNotDeclaredIsTakenBackAndToldSo() {
        fails(
                "CAPABILITY_UNDECLARED: plugin 'broken' 1.2.0: it does not declare file_read, so"
                        + " there is nothing to take back",
                () -> command.revoke("broken", "file_read"));
        assertEquals(List.of("revoke broken " + DIGEST + " FILE_READ"), grants.asked);
        grants.granted.put(Capability.FILE_READ, List.of());
        String text = command.revoke("broken", "file_read");
        assertTrue(text.startsWith("revoked: file_read of plugin 'broken'"), text);
        assertTrue(text.endsWith("    its manifest does not declare it\n"), text);
    }

    @Test
    void aGrantOfWhatHasNoManifestCanBeTakenBackAllTheSame() {
        command.revoke("resize", "network");
        assertEquals(List.of("revoke resize " + "0".repeat(64) + " NETWORK"), grants.asked);
    }

    @Test
    void whatCannotBeGrantedIsToldWhy() {
        fails(
                "NOT_FOUND: there is no plugin 'x'; there are: broken, resize",
                () -> command.grant("x", "network"));
        fails(
                "NOT_FOUND: there is no capability 'net'; there are: vsa_ops, stream_io, metrics,"
                        + " file_read, gpu_compute, file_write, network, agent_spawn",
                () -> command.grant("broken", "net"));
        fails(
                "CAPABILITY_UNDECLARED: plugin 'broken' 1.2.0: it does not declare file_read, so a"
                        + " grant would change nothing; its author adds it to the capabilities of"
                        + " the manifest",
                () -> command.grant("broken", "file_read"));
        fails(
                "MANIFEST_MISSING: plugin 'resize': no manifest of it was read, so it declares"
                        + " nothing that could be granted; see plugin:info resize",
                () -> command.grant("resize", "network"));
        fails(
                "CONFIG_INVALID: plugin 'broken': no scope; use host:port",
                () -> command.grant("broken", "network", "/wrong"));
        fails(
                "CAPABILITY_DENIED: plugin 'broken': gpu_compute is still denied: no line grants"
                        + " it",
                () -> command.grant("broken", "gpu_compute"));
    }

    @Test
    void aHostWithoutGrantsSaysSo() {
        command.grants = null;
        String message =
                "there is no service Grants: bundle io.trinity.sandbox is not installed or not"
                        + " active; see 'lb io.trinity.sandbox'";
        fails(message, () -> command.grant("broken", "network"));
        fails(message, () -> command.revoke("broken", "network"));
    }
}
