package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.config.Configurations.Change;
import io.trinity.api.plugin.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GrantKeysTest {
    private static Function<String, List<String>> now(String... keysAndValues) {
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return k ->
                java.util.Arrays.stream(values.getOrDefault(k, "").split(","))
                        .map(String::trim)
                        .filter(i -> !i.isEmpty())
                        .toList();
    }

    @Test
    void aGrantIsAddedOnceAndADenialTakenBack() {
        assertEquals(
                List.of(
                        new Change("grants", List.of("metrics", "network@aa", "network@bb")),
                        new Change("deny", List.of("stream_io")),
                        new Change("scope.network", List.of("a:1", "b:2"))),
                GrantKeys.grant(
                        now("grants", "metrics, network@aa", "deny", "network,stream_io"),
                        Capability.NETWORK,
                        "network@bb",
                        true,
                        List.of("a:1", "b:2")));
        assertEquals(
                List.of(new Change("grants", List.of("network@aa")), new Change("deny", List.of())),
                GrantKeys.grant(
                        now("grants", "network@aa"),
                        Capability.NETWORK,
                        "network@aa",
                        true,
                        List.of()));
    }

    @Test
    void revokingTakesAllVersionsAndDeniesWhatIsGrantedOnDeclaration() {
        assertEquals(
                List.of(new Change("grants", List.of("networks@cc"))),
                GrantKeys.revoke(
                        now("grants", "network@aa,network,network@bb,networks@cc"),
                        Capability.NETWORK,
                        false));
        assertEquals(
                List.of(
                        new Change("grants", List.of()),
                        new Change("deny", List.of("network", "vsa_ops"))),
                GrantKeys.revoke(now("deny", "network"), Capability.VSA_OPS, true));
    }

    @Test
    void aDenialIsAboveEveryGrant() {
        List<String> problems = new ArrayList<>();
        EffectivePolicy p =
                new PolicyReader(EffectivePolicy.DEFAULT, problems::add)
                        .read(
                                Map.of(),
                                Map.of("bindToDigest", "false"),
                                Map.of(
                                        "a",
                                        Map.of(
                                                "grants",
                                                "network,vsa_ops",
                                                "deny",
                                                "network,vsa_ops,nonsense")));
        assertFalse(p.granted("a", "d", Capability.NETWORK));
        assertFalse(p.granted("a", "d", Capability.VSA_OPS));
        assertTrue(p.granted("b", "d", Capability.VSA_OPS));
        assertTrue(p.granted("a", "d", Capability.METRICS));
        assertEquals(1, problems.size());
    }

    @Test
    void scopesAreCheckedAndAnInvalidOneNeverWidensAGrant() {
        List<String> problems = new ArrayList<>();
        EffectivePolicy p = scoped(EffectivePolicy.DEFAULT, "events,other", problems);
        assertEquals(List.of("events", "other"), p.scope("a", Capability.STREAM_IO));
        EffectivePolicy kept = scoped(p, "events,NO!", problems);
        assertEquals(List.of("events", "other"), kept.scope("a", Capability.STREAM_IO));
        EffectivePolicy none = scoped(EffectivePolicy.DEFAULT, "NO!", problems);
        assertEquals(Scopes.NOTHING, none.scope("a", Capability.STREAM_IO));
        assertEquals(2, problems.size());
        assertEquals(
                List.of(),
                scoped(EffectivePolicy.DEFAULT, "", problems).scope("a", Capability.STREAM_IO));
    }

    private static EffectivePolicy scoped(
            EffectivePolicy last, String streams, List<String> problems) {
        return new PolicyReader(last, problems::add)
                .read(Map.of(), Map.of(), Map.of("a", Map.of("scope.stream_io", streams)));
    }

    @Test
    void eachCapabilityHasAFormOfScope() {
        Map<Capability, List<String>> good =
                Map.of(
                        Capability.STREAM_IO, List.of("events"),
                        Capability.FILE_READ, List.of("maps", "/data/x"),
                        Capability.FILE_WRITE, List.of("out"),
                        Capability.NETWORK,
                                List.of(
                                        "example.org:443",
                                        "[::1]:80",
                                        "[0:0:0:0:0:FFFF:10.0.0.1]:80",
                                        "[FD00::0001]:80",
                                        "inside:redis:6379",
                                        "inside:80"),
                        Capability.GPU_COMPUTE, List.of("pocl 0"),
                        Capability.AGENT_SPAWN, List.of("4"),
                        Capability.METRICS, List.of("100"));
        Map<Capability, List<String>> bad =
                Map.of(
                        Capability.STREAM_IO, List.of("a b"),
                        Capability.FILE_READ, List.of("a/../../etc"),
                        Capability.FILE_WRITE, List.of(" "),
                        Capability.NETWORK,
                                List.of(
                                        "example.org",
                                        "a:0",
                                        "a:70000",
                                        "u@a:1",
                                        "::1:80",
                                        "[fe80::1%eth0]:80",
                                        "[1::2::3]:80",
                                        "inside:10.0.0.1:80",
                                        "inside:[::1]:80"),
                        Capability.GPU_COMPUTE, List.of("a/b"),
                        Capability.AGENT_SPAWN, List.of("many"),
                        Capability.METRICS, List.of("-1"),
                        Capability.VSA_OPS, List.of("x"));
        good.forEach((c, items) -> assertTrue(Scopes.problem(c, items).isEmpty(), c.label()));
        bad.forEach(
                (c, items) ->
                        items.forEach(
                                i ->
                                        assertTrue(
                                                Scopes.problem(c, List.of(i)).isPresent(),
                                                c.label() + " " + i)));
        assertTrue(Scopes.problem(Capability.METRICS, List.of("1", "2")).isPresent());
    }
}
