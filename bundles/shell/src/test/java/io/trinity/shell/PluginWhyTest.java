package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.object;
import static io.trinity.shell.Snapshots.BROKEN;
import static io.trinity.shell.Snapshots.RESIZE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginRegistry.FailedCall;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PluginWhyTest {
    private final FakeRegistry registry = Snapshots.registry(RESIZE, BROKEN);
    private final FakeGrants grants = new FakeGrants();
    private final PluginWhy command = new PluginWhy(registry);

    @BeforeEach
    void grants() {
        command.grants = grants;
        grants.granted.put(Capability.METRICS, List.of());
        registry.candidate(
                Manifests.of(
                        "broken",
                        new CapabilityNeed(Capability.METRICS, true, ""),
                        new CapabilityNeed(Capability.NETWORK, false, "asks the weather")));
    }

    @Test
    void theErrorAndEachVerdictAreExplainedWithTheLineThatWouldGrant() {
        assertEquals(
                """
                broken -: error
                    CAPABILITY_DENIED: plugin 'broken': "network" is not granted
                    docs/errors.md explains CAPABILITY_DENIED; plugin:retry broken tries again
                CAPABILITY  RISK  NEEDED    VERDICT  SCOPE  BECAUSE
                metrics     low   optional  granted  -      granted by name
                network     high  yes       denied   -      no line grants it
                    it says:
                    | asks the weather
                    to grant it: grants=network@cdcd in conf/io.trinity.plugin-broken.cfg
                    or: plugin:grant broken network HOST:PORT
                """,
                command.why("broken"));
    }

    @Test
    void aPluginsOwnWordsAreNotTakenForTrinitys() {
        String forged = "maps " + "of a place ".repeat(7) + "granted    by: Trinity, no risk";
        registry.candidate(
                Manifests.of("broken", new CapabilityNeed(Capability.NETWORK, false, forged)));
        String why = command.why("broken");
        List<String> own =
                why.lines()
                        .dropWhile(l -> !l.equals("    it says:"))
                        .skip(1)
                        .takeWhile(l -> l.startsWith("    | "))
                        .toList();
        assertEquals(2, own.size(), why);
        assertTrue(own.stream().allMatch(l -> l.length() <= 80), why);
        assertEquals(1, why.lines().filter(l -> l.contains("no risk")).count());
        assertTrue(own.get(1).contains("no risk"), why);
        assertTrue(own.get(1).contains("granted   \\u{20}by"), why);
    }

    @Test
    void programsGetTheSame() throws IOException {
        Map<String, Object> answer = object(command.why("broken", "--json"));
        assertEquals("CAPABILITY_DENIED", ((Map<?, ?>) answer.get("error")).get("code"));
        List<?> capabilities = (List<?>) answer.get("capabilities");
        Map<?, ?> network = (Map<?, ?>) capabilities.get(1);
        assertEquals("network", network.get("capability"));
        assertEquals(false, network.get("granted"));
        assertEquals(false, network.get("optional"));
        assertEquals("asks the weather", network.get("why"));
        assertEquals("plugin:grant broken network HOST:PORT", network.get("grantCommand"));
        assertEquals(
                "grants=network@cdcd in conf/io.trinity.plugin-broken.cfg",
                network.get("grantLine"));
    }

    @Test
    void whatWasDoneByCommandIsToldWithItsReverse() {
        registry.candidate(Manifests.of("resize"));
        registry.put(Snapshots.disabled(RESIZE));
        String unloaded = command.why("resize");
        assertTrue(unloaded.contains("plugin:load resize loads it"), unloaded);
        assertTrue(unloaded.endsWith("it declares no capabilities\n"), unloaded);
        registry.put(Snapshots.in(PluginState.PAUSED, RESIZE, Optional.empty()));
        String paused = command.why("resize");
        assertTrue(paused.contains("plugin:resume resize lets it serve"), paused);
    }

    @Test
    void theLastCallThatFailedIsToldToTheMillisecond() throws IOException {
        registry.candidate(Manifests.of("resize"));
        registry.failed.put(
                "resize",
                new FailedCall(
                        "process",
                        new Fault(ErrorCode.LIMIT_CPU, "plugin 'resize' 1.2.0: it ran 1 s"),
                        Instant.parse("2026-11-29T15:17:46.418386121Z")));
        assertEquals(
                """
                resize 1.2.0: active, generation 3, bundle 57
                    its last call that failed: process at 2026-11-29T15:17:46.418Z: LIMIT_CPU: plugin 'resize' 1.2.0: it ran 1 s
                it declares no capabilities
                """,
                command.why("resize"));
        Map<?, ?> failed =
                (Map<?, ?>) object(command.why("resize", "--json")).get("lastFailedCall");
        assertEquals("LIMIT_CPU", failed.get("code"));
        assertEquals("process", failed.get("function"));
    }

    @Test
    void aBundleThatWasStoppedBehindTheHostsBackIsToldWithWhatLoadsItAgain() {
        registry.put(Snapshots.in(PluginState.UNLOADED, RESIZE, Optional.empty()));
        String text = command.why("resize");
        assertTrue(
                text.contains(
                        "    its bundle was stopped or uninstalled, and not by plugin:unload;"
                                + " plugin:load resize loads it again\n"),
                text);
    }

    @Test
    void whatDoesNotHoldInItsOwnConfigurationIsToldAndThatOfOthersIsNot() throws IOException {
        String place = "conf/io.trinity.plugin-resize.cfg";
        command.configurations =
                new FakeConfigurations(
                        place,
                        List.of(),
                        List.of(
                                place + ":3: key 'memroyBytes' is unknown",
                                "conf/io.trinity.plugin-resize.cfg.bak:1: another's",
                                "conf/io.trinity.files.cfg:1: another's"));
        String text = command.why("resize");
        assertTrue(
                text.contains("    CONFIG_INVALID: " + place + ":3: key 'memroyBytes' is unknown"),
                text);
        assertTrue(!text.contains("another's"), text);
        assertEquals(1, ((List<?>) object(command.why("resize", "--json")).get("problems")).size());
    }

    @Test
    void whatOnlyThePolicyCanFindIsToldTooAndNothingTwice() {
        String place = "conf/io.trinity.plugin-resize.cfg";
        command.configurations =
                new FakeConfigurations(
                        place, List.of(), List.of(place + ":2: cpuMillis: '0' is not valid"));
        FakeGrants grants = new FakeGrants();
        grants.wrong.add(place + ": scope.network: 'x' does not end in a port");
        grants.wrong.add(place + ": cpuMillis=0 is not a whole number");
        command.grants = grants;
        String text = command.why("resize");
        assertTrue(
                text.contains(
                        "    CONFIG_INVALID: conf/io.trinity.plugin-resize.cfg: scope.network:"
                                + " 'x'"),
                text);
        assertEquals(2, text.split("CONFIG_INVALID", -1).length - 1, text);
    }

    @Test
    void whatIsNotKnownIsToldSo() {
        assertTrue(command.why("resize").endsWith("what it declares is not known\n"));
        fails(
                "NOT_FOUND: there is no plugin 'x'; there are: broken, resize",
                () -> command.why("x"));
        command.grants = null;
        fails(
                "there is no service Grants: bundle io.trinity.sandbox is not installed or not"
                        + " active; see 'lb io.trinity.sandbox'",
                () -> command.why("broken"));
    }
}
