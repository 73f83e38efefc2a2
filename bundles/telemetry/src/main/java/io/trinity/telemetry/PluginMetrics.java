package io.trinity.telemetry;

import io.trinity.api.config.Places;
import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Sample;
import io.trinity.api.stream.Chunk.Attribute;
import io.trinity.telemetry.SeriesNames.Family;
import io.trinity.telemetry.SeriesNames.Reason;
import io.trinity.telemetry.SeriesNames.Unusable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * The series of one plugin, and how many readings were dropped. A series belongs to the newest
 * generation that wrote it: when one is committed, those that only older ones wrote are shown no
 * more and take nobody's place, and one that is written again goes on. Thread-safe.
 */
final class PluginMetrics {
    /** Each kind of mistake is told of once; this many kinds are. */
    private static final int MAX_TOLD = 16;

    /**
     * Text of all names and labels, once for each line of a series: what each collector and each
     * scrape has to write.
     */
    static final int MAX_TEXT_BYTES = 128 << 10;

    /** Those of the generation that serves, of the one before and of one that begins. */
    private static final int KEPT_GENERATIONS = 3;

    private final String plugin;
    private final Map<Series, Written> series = new LinkedHashMap<>();
    private final Map<String, Accumulator.Kind> kinds = new LinkedHashMap<>();

    /**
     * Whose each line of exporters is. Read by other plugins' readings too, which hold locks of
     * their own.
     */
    private final Map<String, Exported> exported = new ConcurrentHashMap<>();

    private final Set<String> told = new HashSet<>();
    private final Map<Reason, Long> dropped = new EnumMap<>(Reason.class);
    private long committed;

    PluginMetrics(String plugin) {
        this.plugin = plugin;
    }

    /** The series of one name, as exporters write them. */
    private record Exported(String name, Family family) {}

    private static final class Written {
        final Accumulator value;
        long by;

        Written(Accumulator value, long by) {
            this.value = value;
            this.by = by;
        }
    }

    /**
     * Takes a reading in, or drops and counts it.
     *
     * @param generation number of the generation whose it is
     * @param limit most series, asked for each new one; those that are there already stay
     * @param elsewhere the other plugins' series that have a line of that name in exporters
     * @return why it was dropped, the first time that it is for this reason; empty otherwise
     */
    synchronized String take(
            long generation,
            Accumulator.Kind kind,
            String name,
            double value,
            List<Attribute> labels,
            IntSupplier limit,
            Function<String, Optional<Family>> elsewhere) {
        try {
            put(generation, kind, SeriesNames.of(name, labels), value, limit, elsewhere);
            return "";
        } catch (Unusable e) {
            dropped.merge(e.reason(), 1L, Long::sum);
            boolean first = told.size() < MAX_TOLD && told.add(e.why());
            return first ? e.why() : "";
        }
    }

    /** A reading of it has a name of the host's, in some exporter's spelling. */
    synchronized void clashed() {
        dropped.merge(Reason.NAME, 1L, Long::sum);
    }

    private void put(
            long generation,
            Accumulator.Kind kind,
            Series which,
            double value,
            IntSupplier limit,
            Function<String, Optional<Family>> elsewhere)
            throws Unusable {
        Accumulator.Kind before = kinds.get(which.name());
        boolean otherKind = before != null && before != kind;
        if (before != null && otherKind && newestOf(which.name()) >= generation) {
            throw new Unusable(
                    Reason.KIND,
                    "metric '%s' is used by %s and by %s"
                            .formatted(which.name(), function(before), function(kind)));
        }
        Written there = series.get(which);
        if (there != null && !otherKind) {
            there.value.take(value);
            there.by = Math.max(there.by, generation);
            return;
        }
        requireRoom(generation, limit.getAsInt());
        requireText(which, kind);
        Family family = Family.of(which.name(), kind);
        Set<String> replaced = requireOwnLines(family, which.name(), generation);
        requireLinesOfNobody(family, which.name(), elsewhere);
        Accumulator made = kind.create();
        made.take(value);
        if (otherKind) {
            replaced.add(which.name());
        }
        series.keySet().removeIf(s -> replaced.contains(s.name()));
        kinds.keySet().removeAll(replaced);
        exported.values().removeIf(e -> replaced.contains(e.name()));
        series.put(which, new Written(made, generation));
        kinds.put(which.name(), kind);
        family.lines().forEach(l -> exported.put(l, new Exported(which.name(), family)));
    }

    /** Its own series of other names that have such lines: those of older generations only. */
    private Set<String> requireOwnLines(Family family, String name, long generation)
            throws Unusable {
        Set<String> older = new HashSet<>();
        for (String line : family.lines()) {
            Exported own = exported.get(line);
            if (own == null || own.name().equals(name)) {
                continue;
            }
            if (newestOf(own.name()) >= generation) {
                throw new Unusable(
                        Reason.KIND,
                        "metrics '%s' and '%s' are both exported as '%s'; rename one"
                                .formatted(own.name(), name, line));
            }
            older.add(own.name());
        }
        return older;
    }

    private static void requireLinesOfNobody(
            Family family, String name, Function<String, Optional<Family>> elsewhere)
            throws Unusable {
        for (String line : family.lines()) {
            Optional<Family> others = elsewhere.apply(line).filter(o -> !o.equals(family));
            if (others.isPresent()) {
                throw new Unusable(
                        Reason.KIND,
                        ("metric '%s' is written by %s and exported as '%s', and so is another"
                                        + " plugin's, by %s; rename it")
                                .formatted(
                                        name,
                                        function(family.kind()),
                                        line,
                                        function(others.get().kind())));
            }
        }
    }

    private long newestOf(String name) {
        return series.entrySet().stream()
                .filter(s -> s.getKey().name().equals(name))
                .mapToLong(s -> s.getValue().by)
                .max()
                .orElse(0);
    }

    private void requireRoom(long generation, int maxSeries) throws Unusable {
        boolean full = series.size() >= (long) KEPT_GENERATIONS * maxSeries;
        if (full || series.size() >= maxSeries && since(generation) >= maxSeries) {
            throw new Unusable(
                    Reason.SERIES,
                    ("it has %s series, allowed are %s; raise maxSeries in %s or"
                                    + " its own scope.metrics, or use fewer values of labels")
                            .formatted(
                                    Math.min(maxSeries, series.size()),
                                    maxSeries,
                                    Places.of(TelemetrySettings.PID)));
        }
    }

    private void requireText(Series which, Accumulator.Kind kind) throws Unusable {
        long bytes = kind.lines() * textBytes(which);
        for (Map.Entry<Series, Written> s : series.entrySet()) {
            bytes += s.getValue().value.kind().lines() * textBytes(s.getKey());
        }
        if (bytes > MAX_TEXT_BYTES) {
            throw new Unusable(
                    Reason.SERIES,
                    ("names and labels of its series have more than %s bytes, where those of a"
                                    + " histogram count %s times; use fewer or shorter ones")
                            .formatted(MAX_TEXT_BYTES, Accumulator.Kind.OBSERVE.lines()));
        }
    }

    private static long textBytes(Series s) {
        long bytes = s.name().length();
        for (Attribute a : s.labels()) {
            bytes += a.name().length() + a.value().length();
        }
        return bytes;
    }

    /** Its series that have a line of that name in exporters. */
    Optional<Family> exportedAs(String line) {
        return Optional.ofNullable(exported.get(line)).map(Exported::family);
    }

    /** How many series were written by that generation or a newer one. */
    private long since(long generation) {
        return series.values().stream().filter(w -> w.by >= generation).count();
    }

    private static String function(Accumulator.Kind kind) {
        return "'" + kind.name().toLowerCase(java.util.Locale.ROOT) + "'";
    }

    /**
     * Another generation serves: what only older ones wrote is shown no more, and dropped readings
     * are counted from 0. What even the one before it did not write is forgotten.
     *
     * @param generation that is committed; one that was told before changes nothing
     * @return what came of it, for people; empty for nothing
     */
    synchronized String serves(long generation) {
        if (generation <= committed) {
            return "";
        }
        long before = committed;
        committed = generation;
        if (before == 0) {
            // The first that was told: all that was dropped is its own.
            return "";
        }
        series.values().removeIf(w -> w.by < before);
        kinds.keySet().retainAll(series.keySet().stream().map(Series::name).toList());
        exported.values().removeIf(e -> !kinds.containsKey(e.name()));
        String lost = dropped.isEmpty() ? "" : "; readings that were dropped until now: " + dropped;
        dropped.clear();
        told.clear();
        long hidden = series.size() - since(generation);
        return hidden == 0 && lost.isEmpty()
                ? ""
                : "generation %s serves, %s series of older ones are shown no more%s"
                        .formatted(generation, hidden, lost);
    }

    /** All series as of now, labelled with the plugin, and the numbers of dropped readings. */
    synchronized List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        Attribute owner = new Attribute(SeriesNames.OWNER, plugin);
        for (Map.Entry<Series, Written> s : series.entrySet()) {
            if (s.getValue().by >= committed) {
                List<Attribute> labels = new ArrayList<>();
                labels.add(owner);
                labels.addAll(s.getKey().labels());
                samples.add(
                        new Sample(s.getKey().name(), "", labels, s.getValue().value.reading()));
            }
        }
        samples.add(
                new Sample(
                        "trinity.plugin.metrics.series",
                        "1",
                        List.of(owner),
                        new Measurement.Gauge(samples.size())));
        for (Reason reason : Reason.values()) {
            samples.add(
                    new Sample(
                            "trinity.plugin.metrics.dropped",
                            "1",
                            List.of(owner, new Attribute("reason", reason.toString())),
                            new Measurement.Counter(dropped.getOrDefault(reason, 0L))));
        }
        return samples;
    }
}
