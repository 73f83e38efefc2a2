package io.trinity.api.plugin;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a plugin has used up since the host knows it, over all its generations. Taken while calls go
 * on: the numbers fit together up to those calls.
 *
 * @param name the plugin
 * @param calls that have ended
 * @param failuresByCode those of them that ended in an error, by its code
 * @param wallNanos sum of their wall times, waiting for the guest included
 * @param fuel counted instructions
 * @param cpuNanos CPU time, host functions included; of a call that is too short for the CPU clock
 *     its wall time
 * @param hostNanos wall time within host functions, waiting included
 * @param bytesIn written into guests
 * @param bytesOut read from guests
 * @param memoryBytes held now
 * @param peakMemoryBytes most that one generation held at a time
 * @param latency of calls
 * @param quarantines how often it was put into quarantine
 */
public record PluginUsage(
        String name,
        long calls,
        SortedMap<ErrorCode, Long> failuresByCode,
        long wallNanos,
        long fuel,
        long cpuNanos,
        long hostNanos,
        long bytesIn,
        long bytesOut,
        long memoryBytes,
        long peakMemoryBytes,
        Latency latency,
        long quarantines) {
    public PluginUsage {
        failuresByCode = Collections.unmodifiableSortedMap(new TreeMap<>(failuresByCode));
    }

    /** Calls that ended in an error. */
    public long failures() {
        return failuresByCode.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The codes with the most calls first, for people: {@code LIMIT_CPU 3, GUEST_TRAP 1}. */
    public String failuresText() {
        return failuresByCode.entrySet().stream()
                .sorted(Map.Entry.<ErrorCode, Long>comparingByValue().reversed())
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(java.util.stream.Collectors.joining(", "));
    }

    /**
     * Quantiles of wall times in microseconds, exact to one in a hundred; 0 before the first call.
     */
    public record Latency(double p50, double p90, double p99, double max) {}
}
