package io.trinity.shell;

import io.trinity.api.plugin.PluginUsage;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a plugin has used up, for people and for programs. */
final class UsageText {
    private static final double NANOS_PER_MICRO = 1000;

    private UsageText() {}

    static String nanos(long nanos) {
        return Units.micros(nanos / NANOS_PER_MICRO);
    }

    /** {@code 950}, {@code 12.3 k}, {@code 4.5 M}, {@code 6.7 G}. */
    static String count(long count) {
        if (count < 1_000) {
            return Long.toString(count);
        }
        double value = count;
        for (String unit : new String[] {"k", "M"}) {
            value /= 1_000;
            if (value < 1_000) {
                return String.format(Locale.ROOT, "%.1f %s", value, unit);
            }
        }
        return String.format(Locale.ROOT, "%.1f G", value / 1_000);
    }

    /** {@code p50 2.0 us, p90 3.1 us, p99 10.2 us, max 1.4 ms}. */
    static String latency(PluginUsage.Latency l) {
        return "p50 %s, p90 %s, p99 %s, max %s"
                .formatted(
                        Units.micros(l.p50()),
                        Units.micros(l.p90()),
                        Units.micros(l.p99()),
                        Units.micros(l.max()));
    }

    /** {@code fuel 1.2 M, CPU 30.1 ms, in host functions 2.0 ms, 1.0 MiB in, 2.0 MiB out}. */
    static String used(PluginUsage u) {
        return "fuel %s, CPU %s, in host functions %s, %s in, %s out"
                .formatted(
                        count(u.fuel()),
                        nanos(u.cpuNanos()),
                        nanos(u.hostNanos()),
                        Units.bytes(u.bytesIn()),
                        Units.bytes(u.bytesOut()));
    }

    /** The same as fields of JSON. */
    static Map<String, @Nullable Object> fields(PluginUsage u) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("calls", u.calls());
        fields.put("failures", u.failures());
        Map<String, Object> byCode = new LinkedHashMap<>();
        u.failuresByCode().forEach((code, n) -> byCode.put(code.name(), n));
        fields.put("failuresByCode", byCode);
        fields.put("quarantines", u.quarantines());
        fields.put("fuel", u.fuel());
        fields.put("wallMicros", Math.round(u.wallNanos() / NANOS_PER_MICRO));
        fields.put("cpuMicros", Math.round(u.cpuNanos() / NANOS_PER_MICRO));
        fields.put("hostMicros", Math.round(u.hostNanos() / NANOS_PER_MICRO));
        fields.put("bytesIn", u.bytesIn());
        fields.put("bytesOut", u.bytesOut());
        fields.put("memoryBytes", u.memoryBytes());
        fields.put("peakMemoryBytes", u.peakMemoryBytes());
        fields.put("p50Micros", u.latency().p50());
        fields.put("p90Micros", u.latency().p90());
        fields.put("p99Micros", u.latency().p99());
        fields.put("maxMicros", u.latency().max());
        return fields;
    }
}
