package io.trinity.telemetry;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Sample;
import io.trinity.api.stream.Chunk.Attribute;
import io.trinity.telemetry.SeriesNames.Unusable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/** The series of one plugin, and how many readings were dropped. Thread-safe. */
final class PluginMetrics {
    /** Each kind of mistake is told of once; this many kinds are. */
    private static final int MAX_TOLD = 16;

    private final String plugin;
    private final Map<Series, Accumulator> series = new LinkedHashMap<>();
    private final Map<String, Accumulator.Kind> kinds = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();
    private long dropped;

    PluginMetrics(String plugin) {
        this.plugin = plugin;
    }

    /**
     * Takes a reading in, or drops and counts it.
     *
     * @param limit most series, asked for each new one; those that are there already stay
     * @return why it was dropped, the first time that it is for this reason; empty otherwise
     */
    synchronized String take(
            Accumulator.Kind kind, String name, double value, List<?> labels, IntSupplier limit) {
        try {
            put(kind, SeriesNames.of(name, labels), value, limit);
            return "";
        } catch (Unusable e) {
            dropped++;
            boolean first = told.size() < MAX_TOLD && told.add(e.why());
            return first ? e.why() : "";
        }
    }

    private void put(Accumulator.Kind kind, Series which, double value, IntSupplier limit)
            throws Unusable {
        Accumulator.Kind before = kinds.get(which.name());
        if (before != null && before != kind) {
            throw new Unusable(
                    "metric '%s' is used by %s and by %s"
                            .formatted(which.name(), function(before), function(kind)));
        }
        Accumulator there = series.get(which);
        if (there != null) {
            there.take(value);
            return;
        }
        int maxSeries = limit.getAsInt();
        if (series.size() >= maxSeries) {
            throw new Unusable(
                    ("it has %d series, allowed are %d; raise maxSeries in conf/%s.cfg or"
                                    + " its own scope.metrics, or use fewer values of labels")
                            .formatted(series.size(), maxSeries, TelemetrySettings.PID));
        }
        Accumulator made = kind.create();
        made.take(value);
        series.put(which, made);
        kinds.put(which.name(), kind);
    }

    private static String function(Accumulator.Kind kind) {
        return "'" + kind.name().toLowerCase(java.util.Locale.ROOT) + "'";
    }

    /** All series as of now, labelled with the plugin, and the number of dropped readings. */
    synchronized List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        Attribute owner = new Attribute(SeriesNames.OWNER, plugin);
        for (Map.Entry<Series, Accumulator> s : series.entrySet()) {
            List<Attribute> labels = new ArrayList<>();
            labels.add(owner);
            labels.addAll(s.getKey().labels());
            samples.add(new Sample(s.getKey().name(), "", labels, s.getValue().reading()));
        }
        samples.add(
                new Sample(
                        "trinity.plugin.metrics.dropped",
                        "1",
                        List.of(owner),
                        new Measurement.Counter(dropped)));
        return samples;
    }
}
