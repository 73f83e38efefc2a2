package io.trinity.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether the process is worth keeping: its threads neither wait for each other in a circle nor are
 * gone. Whether it does its work well is {@link Readiness}'s. Pure.
 *
 * @param reasons why it is not; empty where it is
 */
record Liveness(List<String> reasons) {
    Liveness {
        reasons = List.copyOf(reasons);
    }

    /**
     * Decides.
     *
     * @param deadlocked names of threads that wait for each other
     * @param needed names of threads that must be there
     * @param present names of all threads
     */
    static Liveness of(List<String> deadlocked, Set<String> needed, Set<String> present) {
        List<String> reasons = new ArrayList<>();
        if (!deadlocked.isEmpty()) {
            reasons.add("threads wait for each other: " + String.join(", ", deadlocked));
        }
        needed.stream()
                .filter(name -> !present.contains(name))
                .sorted()
                .forEach(name -> reasons.add("thread " + name + " is gone"));
        return new Liveness(reasons);
    }

    boolean isLive() {
        return reasons.isEmpty();
    }

    /** For JSON. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", isLive() ? "live" : "dead");
        fields.put("reasons", reasons);
        return fields;
    }
}
