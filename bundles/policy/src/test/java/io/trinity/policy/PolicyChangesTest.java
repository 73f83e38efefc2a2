package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyChangesTest {
    private static final String A = "a".repeat(64);
    private static final String B = "b".repeat(64);

    private static EffectivePolicy policy(Map<String, Object> general, Map<String, Object> maps) {
        return new PolicyReader(EffectivePolicy.DEFAULT, p -> {})
                .read(Map.of(), general, Map.of("maps", maps));
    }

    private static List<String> between(EffectivePolicy before, EffectivePolicy after) {
        return Stream.concat(
                        PolicyChanges.general(before, after).stream(),
                        PolicyChanges.of("maps", before, after).stream())
                .map(Object::toString)
                .toList();
    }

    @Test
    void eachGrantDenialAndScopeThatComesOrGoesIsALine() {
        EffectivePolicy first =
                policy(
                        Map.of(),
                        Map.of(
                                "grants", "network@" + A,
                                "scope.network", "127.0.0.1:9",
                                "deny", "metrics"));
        assertEquals(
                List.of(
                        "event=grant plugin=maps capability=network digest=" + A + " by=host",
                        "event=scope plugin=maps capability=network was=nothing"
                                + " now=[127.0.0.1:9] by=host",
                        "event=deny plugin=maps capability=metrics by=host"),
                sorted(between(EffectivePolicy.DEFAULT, first)));
        EffectivePolicy second = policy(Map.of(), Map.of("grants", "network@" + B));
        assertEquals(
                List.of(
                        "event=grant plugin=maps capability=network digest=" + B + " by=host",
                        "event=revoke plugin=maps capability=network digest=" + A + " by=host",
                        "event=scope plugin=maps capability=network was=[127.0.0.1:9]"
                                + " now=nothing by=host",
                        "event=deny.lifted plugin=maps capability=metrics by=host"),
                sorted(between(first, second)));
        assertEquals(List.of(), between(second, second));
    }

    private static List<String> sorted(List<String> lines) {
        List<String> order = List.of("grant", "revoke", "scope", "deny", "deny.lifted");
        return lines.stream()
                .sorted(
                        java.util.Comparator.comparingInt(
                                l -> order.indexOf(l.split(" ")[0].substring("event=".length()))))
                .toList();
    }

    @Test
    void whatHoldsForAllPluginsIsToldWithOldAndNewValue() {
        assertEquals(
                List.of("event=policy key=bindToDigest was=true now=false by=host"),
                between(
                        EffectivePolicy.DEFAULT,
                        policy(Map.of("bindToDigest", "false"), Map.of())));
    }

    @Test
    void aGrantThatHasNoEffectSaysSo() {
        assertEquals(
                List.of(
                        "event=grant plugin=maps capability=network digest=any"
                                + " effect=\"none, bindToDigest is true\" by=host"),
                between(EffectivePolicy.DEFAULT, policy(Map.of(), Map.of("grants", "network"))));
    }

    @Test
    void aSettingIsNamedWithoutItsValue() {
        assertEquals(
                List.of("event=settings plugin=maps keys=[token] by=host"),
                between(
                        EffectivePolicy.DEFAULT,
                        policy(Map.of(), Map.of("config.token", "secret"))));
    }

    @Test
    void limitsOfOnePluginAreTold() {
        assertEquals(
                List.of("event=limit plugin=maps key=memoryBytes was=16777216 now=65536 by=host"),
                between(EffectivePolicy.DEFAULT, policy(Map.of(), Map.of("memoryBytes", "65536"))));
    }
}
