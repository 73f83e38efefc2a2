package io.trinity.shell;

import io.trinity.api.plugin.PluginSnapshot;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What plugins did between two looks at them, the busiest first. */
final class TopTable {
    private final List<Row> rows;
    private final double micros;

    private record Row(PluginSnapshot plugin, long calls, long failures, double micros) {
        double averageMicros() {
            return calls == 0 ? 0 : micros / calls;
        }
    }

    private TopTable(List<Row> rows) {
        this.rows = rows;
        this.micros = rows.stream().mapToDouble(Row::micros).sum();
    }

    /**
     * Compares two looks.
     *
     * @param before the earlier one; empty for all since the host started
     */
    static TopTable between(List<PluginSnapshot> before, List<PluginSnapshot> now) {
        Map<String, PluginSnapshot> earlier =
                before.stream()
                        .collect(Collectors.toMap(PluginSnapshot::name, Function.identity()));
        return new TopTable(
                now.stream()
                        .map(p -> row(earlier.get(p.name()), p))
                        .sorted(
                                Comparator.comparingDouble(Row::micros)
                                        .reversed()
                                        .thenComparing(r -> r.plugin.name()))
                        .toList());
    }

    private static Row row(@Nullable PluginSnapshot before, PluginSnapshot now) {
        // A plugin that went and came back counts from the beginning.
        if (before == null || before.calls() > now.calls()) {
            return new Row(now, now.calls(), now.failures(), total(now));
        }
        return new Row(
                now,
                now.calls() - before.calls(),
                Math.max(0, now.failures() - before.failures()),
                Math.max(0, total(now) - total(before)));
    }

    private static double total(PluginSnapshot p) {
        return p.calls() * p.averageCallMicros();
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
                        ">MEMORY");
        for (Row r : rows) {
            table.row(
                    "",
                    r.plugin.name(),
                    PluginText.state(r.plugin),
                    Units.micros(r.micros),
                    micros == 0 ? "-" : Math.round(100 * r.micros / micros) + " %",
                    r.calls,
                    r.failures,
                    r.calls == 0 ? "-" : Units.micros(r.averageMicros()),
                    Units.bytes(r.plugin.memoryBytes()));
        }
        return table.toString();
    }

    /** The rows as fields of JSON. */
    List<Map<String, Object>> fields() {
        return rows.stream().map(TopTable::fields).toList();
    }

    private static Map<String, Object> fields(Row r) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", r.plugin.name());
        fields.put("state", r.plugin.state().label());
        fields.put("timeMicros", Math.round(r.micros));
        fields.put("calls", r.calls);
        fields.put("failures", r.failures);
        fields.put("averageCallMicros", Math.round(r.averageMicros() * 10) / 10.0);
        fields.put("memoryBytes", r.plugin.memoryBytes());
        return fields;
    }
}
