package io.trinity.shell;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginUsage;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What plugins used up between two looks at them, the busiest first. */
final class TopTable {
    private static final double NANOS_PER_MICRO = 1000;

    private final List<Row> rows;
    private final long nanos;

    /** One plugin at one time. */
    record Look(PluginSnapshot plugin, PluginUsage usage) {}

    /** What was used between two looks: sums that never fall. */
    private record Row(@Nullable PluginUsage before, PluginSnapshot plugin, PluginUsage usage) {
        private long since(ToLongFunction<PluginUsage> sum) {
            return sum.applyAsLong(usage) - (before == null ? 0 : sum.applyAsLong(before));
        }

        long calls() {
            return since(PluginUsage::calls);
        }

        long wallNanos() {
            return since(PluginUsage::wallNanos);
        }

        double averageMicros() {
            return calls() == 0 ? 0 : wallNanos() / NANOS_PER_MICRO / calls();
        }
    }

    private TopTable(List<Row> rows) {
        this.rows = rows;
        this.nanos = rows.stream().mapToLong(Row::wallNanos).sum();
    }

    /**
     * Compares two looks.
     *
     * @param before the earlier one; empty for all since the host started
     */
    static TopTable between(List<Look> before, List<Look> now) {
        Map<String, Look> earlier =
                before.stream()
                        .collect(Collectors.toMap(l -> l.plugin().name(), Function.identity()));
        return new TopTable(
                now.stream()
                        .map(l -> row(earlier.get(l.plugin().name()), l))
                        .sorted(
                                Comparator.comparingLong(Row::wallNanos)
                                        .reversed()
                                        .thenComparing(r -> r.plugin().name()))
                        .toList());
    }

    private static Row row(@Nullable Look before, Look now) {
        // A plugin that went and came back counts from the beginning.
        PluginUsage earlier = before == null ? null : before.usage();
        boolean anew = earlier == null || earlier.calls() > now.usage().calls();
        return new Row(anew ? null : earlier, now.plugin(), now.usage());
    }

    /** The table. */
    @Override
    public String toString() {
        Table table =
                new Table(
                        "NAME",
                        "STATE",
                        ">TIME",
                        ">SHARE",
                        ">CALLS",
                        ">FAILED",
                        ">AVERAGE",
                        ">P99",
                        ">CPU",
                        ">HOST",
                        ">FUEL",
                        ">IN",
                        ">OUT",
                        ">MEMORY",
                        ">PEAK");
        for (Row r : rows) {
            table.row(
                    List.of(),
                    r.plugin.name(),
                    PluginText.state(r.plugin),
                    UsageText.nanos(r.wallNanos()),
                    nanos == 0 ? "-" : Math.round(100.0 * r.wallNanos() / nanos) + " %",
                    r.calls(),
                    r.since(PluginUsage::failures),
                    r.calls() == 0 ? "-" : Units.micros(r.averageMicros()),
                    r.usage.calls() == 0 ? "-" : Units.micros(r.usage.latency().p99()),
                    UsageText.nanos(r.since(PluginUsage::cpuNanos)),
                    UsageText.nanos(r.since(PluginUsage::hostNanos)),
                    UsageText.count(r.since(PluginUsage::fuel)),
                    Units.bytes(r.since(PluginUsage::bytesIn)),
                    Units.bytes(r.since(PluginUsage::bytesOut)),
                    Units.bytes(r.usage.memoryBytes()),
                    Units.bytes(r.usage.peakMemoryBytes()));
        }
        return table.toString();
    }

    /** The rows as fields of JSON; sums are those between the looks. */
    List<Map<String, @Nullable Object>> fields() {
        return rows.stream().map(TopTable::fields).toList();
    }

    private static Map<String, @Nullable Object> fields(Row r) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", r.plugin.name());
        fields.put("state", r.plugin.state().label());
        fields.putAll(UsageText.fields(r.usage));
        fields.put("timeMicros", Math.round(r.wallNanos() / NANOS_PER_MICRO));
        fields.remove("wallMicros");
        fields.put("calls", r.calls());
        fields.put("failures", r.since(PluginUsage::failures));
        fields.put("averageCallMicros", Math.round(r.averageMicros() * 10) / 10.0);
        fields.put("fuel", r.since(PluginUsage::fuel));
        fields.put("cpuMicros", Math.round(r.since(PluginUsage::cpuNanos) / NANOS_PER_MICRO));
        fields.put("hostMicros", Math.round(r.since(PluginUsage::hostNanos) / NANOS_PER_MICRO));
        fields.put("bytesIn", r.since(PluginUsage::bytesIn));
        fields.put("bytesOut", r.since(PluginUsage::bytesOut));
        return fields;
    }
}
