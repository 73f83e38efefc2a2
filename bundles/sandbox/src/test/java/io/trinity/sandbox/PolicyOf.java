package io.trinity.sandbox;

import io.trinity.api.policy.Policy;
import io.trinity.policy.EffectivePolicy;
import io.trinity.policy.PolicyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads policies one after the other, as Config Admin's changes come, and keeps what was told. */
final class PolicyOf {
    static final Policy DEFAULT = EffectivePolicy.DEFAULT;

    final List<String> told = new ArrayList<>();
    private EffectivePolicy last = EffectivePolicy.DEFAULT;

    Policy read(
            Map<String, Object> limits,
            Map<String, Object> general,
            Map<String, Map<String, Object>> plugins) {
        told.clear();
        last = new PolicyReader(last, told::add).read(limits, general, plugins);
        return last;
    }

    Policy limits(Map<String, Object> limits) {
        return read(limits, Map.of(), Map.of());
    }

    Policy general(Map<String, Object> general) {
        return read(Map.of(), general, Map.of());
    }

    Policy lidar(Map<String, Object> values) {
        return read(Map.of(), Map.of(), Map.of("lidar", values));
    }

    /** A policy of plugin 'lidar' with these grants. */
    static Policy granting(boolean lowRisk, boolean bindToDigest, String... grants) {
        return new PolicyOf()
                .read(
                        Map.of(),
                        Map.of("grantLowRisk", lowRisk, "bindToDigest", bindToDigest),
                        Map.of("lidar", new TreeMap<>(Map.of("grants", grants))));
    }
}
