package io.trinity.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads policies one after the other, as Config Admin's changes come, and keeps what was told. */
final class PolicyOf {
    final List<String> told = new ArrayList<>();
    private EffectivePolicy last = EffectivePolicy.DEFAULT;

    EffectivePolicy read(
            Map<String, Object> limits,
            Map<String, Object> general,
            Map<String, Map<String, Object>> plugins) {
        told.clear();
        last = new PolicyReader(last, told::add).read(limits, general, plugins);
        return last;
    }

    EffectivePolicy limits(Map<String, Object> limits) {
        return read(limits, Map.of(), Map.of());
    }

    EffectivePolicy general(Map<String, Object> general) {
        return read(Map.of(), general, Map.of());
    }

    EffectivePolicy lidar(Map<String, Object> values) {
        return read(Map.of(), Map.of(), Map.of("lidar", values));
    }

    /** A policy of plugin 'lidar' with these grants. */
    static EffectivePolicy granting(boolean lowRisk, boolean bindToDigest, String... grants) {
        return new PolicyOf()
                .read(
                        Map.of(),
                        Map.of("grantLowRisk", lowRisk, "bindToDigest", bindToDigest),
                        Map.of("lidar", new TreeMap<>(Map.of("grants", grants))));
    }
}
