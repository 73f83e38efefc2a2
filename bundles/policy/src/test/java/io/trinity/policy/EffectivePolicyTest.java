package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.Capability;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    /**
     * The whole truth table. Columns: risk; grantLowRisk; bindToDigest; then whether it is granted
     * with no grant, a grant by name, one for this digest, one for another digest.
     */
    @ParameterizedTest(name = "risk {0}, grantLowRisk={1}, bindToDigest={2}: {3} {4} {5} {6}")
    @CsvSource({
        "LOW,    true,  true,  yes, yes, yes, yes",
        "LOW,    true,  false, yes, yes, yes, yes",
        "LOW,    false, true,  no,  yes, yes, no",
        "LOW,    false, false, no,  yes, yes, no",
        "MEDIUM, true,  true,  no,  no,  yes, no",
        "MEDIUM, true,  false, no,  yes, yes, no",
        "MEDIUM, false, true,  no,  no,  yes, no",
        "MEDIUM, false, false, no,  yes, yes, no",
        "HIGH,   true,  true,  no,  no,  yes, no",
        "HIGH,   true,  false, no,  yes, yes, no",
        "HIGH,   false, true,  no,  no,  yes, no",
        "HIGH,   false, false, no,  yes, yes, no"
    })
    void grantedIsWhatTheTableSays(
            Capability.Risk risk,
            boolean low,
            boolean bind,
            String none,
            String byName,
            String thisDigest,
            String otherDigest) {
        for (Capability c : ofRisk(risk)) {
            String label = c.label();
            assertEquals(none, said(PolicyOf.granting(low, bind), c), label);
            assertEquals(byName, said(PolicyOf.granting(low, bind, label), c), label);
            assertEquals(
                    thisDigest, said(PolicyOf.granting(low, bind, label + "@" + DIGEST), c), label);
            assertEquals(
                    otherDigest, said(PolicyOf.granting(low, bind, label + "@" + OTHER), c), label);
        }
    }

    @ParameterizedTest
    @MethodSource("capabilities")
    void aGrantOfAnotherCapabilityOrToAnotherPluginGrantsNothing(Capability asked) {
        for (Capability other : Capability.values()) {
            if (other != asked) {
                EffectivePolicy p =
                        PolicyOf.granting(
                                false, false, other.label(), other.label() + "@" + DIGEST);
                assertFalse(p.granted("lidar", DIGEST, asked), other + " grants " + asked);
            }
        }
        EffectivePolicy p = PolicyOf.granting(false, false, asked.label());
        assertFalse(p.granted("radar", DIGEST, asked));
    }

    @ParameterizedTest
    @MethodSource("capabilities")
    void theLineThatIsShownGrantsWhatItSaysAndNoMore(Capability c) {
        for (boolean bind : new boolean[] {true, false}) {
            String line = PolicyOf.granting(false, bind).grantLine("lidar", DIGEST, c);
            assertTrue(line.endsWith(" in conf/io.trinity.plugin-lidar.cfg"), line);
            String grants = line.substring("grants=".length(), line.indexOf(' '));
            PolicyOf policies = new PolicyOf();
            EffectivePolicy p =
                    policies.read(
                            Map.of(),
                            Map.of("grantLowRisk", false, "bindToDigest", bind),
                            Map.of("lidar", Map.of("grants", grants)));
            assertTrue(p.granted("lidar", DIGEST, c), line);
            assertTrue(policies.told.isEmpty(), () -> "told: " + policies.told);
            assertEquals(
                    1, Arrays.stream(Capability.values()).filter(o -> grants(p, o)).count(), line);
        }
    }

    @ParameterizedTest
    @MethodSource("capabilities")
    void aDenialIsToBeTakenAwayFirst(Capability c) {
        String denied =
                new PolicyOf()
                        .read(
                                Map.of(),
                                Map.of("grantLowRisk", false, "bindToDigest", true),
                                Map.of("lidar", Map.of("deny", c.label())))
                        .grantLine("lidar", DIGEST, c);
        String grant = c.risk() == Capability.Risk.LOW ? c.label() : c.label() + "@" + DIGEST;
        assertEquals(
                "take %s out of deny, and set grants=%s, in conf/io.trinity.plugin-lidar.cfg"
                        .formatted(c.label(), grant),
                denied);
        String deniedAndGranted =
                new PolicyOf()
                        .read(
                                Map.of(),
                                Map.of("grantLowRisk", false, "bindToDigest", true),
                                Map.of("lidar", Map.of("deny", c.label(), "grants", grant)))
                        .grantLine("lidar", DIGEST, c);
        assertEquals(
                "take %s out of deny in conf/io.trinity.plugin-lidar.cfg".formatted(c.label()),
                deniedAndGranted);
    }

    static Stream<Capability> capabilities() {
        return Arrays.stream(Capability.values());
    }

    private static Iterable<Capability> ofRisk(Capability.Risk risk) {
        return capabilities().filter(c -> c.risk() == risk).toList();
    }

    private static boolean grants(EffectivePolicy p, Capability c) {
        return p.granted("lidar", DIGEST, c);
    }

    private static String said(EffectivePolicy p, Capability c) {
        return grants(p, c) ? "yes" : "no";
    }
}
