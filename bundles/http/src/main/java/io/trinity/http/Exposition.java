package io.trinity.http;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Counter;
import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.Measurement.Histogram;
import io.trinity.api.metric.Sample;
import io.trinity.api.metric.SamplePart;
import io.trinity.api.stream.Chunk.Attribute;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Samples as Prometheus and OpenMetrics want them: names with underscores and their unit, labels
 * escaped. Names and labels come from plugins too: what would clash with another one is left out
 * and counted in {@code trinity_metrics_left_out}, and so is what there is no room for, which
 * {@code trinity_plugin_metrics_left_out} tells by plugin. Confined to one thread.
 */
final class Exposition {
    /** Most lines of readings: a histogram has one for each bucket, and two. */
    static final int MAX_LINES = 50_000;

    /** Most bytes of an answer, but for a line for each plugin that has more. */
    static final int MAX_BYTES = 8 << 20;

    static final String LEFT_OUT = "trinity_metrics_left_out";

    private static final Map<String, String> UNITS = Map.of("s", "seconds", "By", "bytes");
    private static final ExpositionFormatWriter PROMETHEUS =
            PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();
    private static final ExpositionFormatWriter OPEN_METRICS =
            OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(false).build();

    /** One metric: what its points are, and those that there are by their labels. */
    private record Family(
            Class<? extends Measurement> kind, List<Labels> labels, List<Measurement> values) {}

    private final Map<String, Family> families = new TreeMap<>();
    private final Map<String, Set<Labels>> seen = new LinkedHashMap<>();
    private int leftOut;

    private Exposition() {}

    /**
     * Writes samples.
     *
     * @param accept what the client asked for; empty for anything
     */
    static Body of(List<Sample> samples, String accept) throws IOException {
        Exposition e = new Exposition();
        SamplePart part = SamplePart.of(samples, MAX_LINES, MAX_BYTES);
        part.samples().forEach(e::add);
        part.leftOut().values().forEach(count -> e.leftOut += count);
        ExpositionFormatWriter writer = writer(accept);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(bytes, e.snapshots());
        return new Body(200, writer.getContentType(), bytes.toByteArray());
    }

    /** The format that a client gets. */
    static String contentType(String accept) {
        return writer(accept).getContentType();
    }

    private static ExpositionFormatWriter writer(String accept) {
        return OPEN_METRICS.accepts(accept) ? OPEN_METRICS : PROMETHEUS;
    }

    /** An answer. */
    record Body(int status, String contentType, byte[] bytes) {}

    private void add(Sample s) {
        try {
            if (take(name(s), labels(s.labels()), s.value())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // The library has rules of its own for names; whose do not keep to them are left out.
        }
        leftOut++;
    }

    private boolean take(String name, Labels labels, Measurement value) {
        if (value instanceof Histogram && labels.contains("le")) {
            return false;
        }
        Family family =
                families.computeIfAbsent(
                        name,
                        n -> new Family(value.getClass(), new ArrayList<>(), new ArrayList<>()));
        if (family.kind() != value.getClass()
                || name.equals(LEFT_OUT)
                || !seen.computeIfAbsent(name, n -> new HashSet<>()).add(labels)) {
            return false;
        }
        family.labels().add(labels);
        family.values().add(value);
        return true;
    }

    /**
     * {@code trinity.plugin.memory} in bytes is {@code trinity_plugin_memory_bytes}; what names its
     * unit already keeps its name.
     */
    private static String name(Sample s) {
        String name = s.name().replace('.', '_').replace('-', '_');
        String unit = UNITS.getOrDefault(s.unit(), "");
        if (!unit.isEmpty() && !("_" + name + "_").contains("_" + unit + "_")) {
            name = name + "_" + unit;
        }
        return PrometheusNaming.sanitizeMetricName(
                Character.isDigit(name.charAt(0)) ? "_" + name : name);
    }

    /**
     * @throws IllegalArgumentException where two labels have one name, or one has none that is
     *     allowed
     */
    private static Labels labels(List<Attribute> attributes) {
        Map<String, String> all = new TreeMap<>();
        for (Attribute a : attributes) {
            String name =
                    PrometheusNaming.sanitizeLabelName(
                            a.name().replace('.', '_').replace('-', '_'));
            if (all.put(name, a.value()) != null) {
                throw new IllegalArgumentException("two labels are named " + name);
            }
        }
        return all.isEmpty()
                ? Labels.EMPTY
                : Labels.of(
                        all.keySet().toArray(String[]::new), all.values().toArray(String[]::new));
    }

    private MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        families.forEach(
                (name, family) -> {
                    try {
                        all.metricSnapshot(snapshot(name, family));
                    } catch (IllegalArgumentException e) {
                        // One family that the library does not take costs no other.
                        leftOut += family.values().size();
                    }
                });
        all.metricSnapshot(
                GaugeSnapshot.builder()
                        .name(LEFT_OUT)
                        .help(
                                "readings that are not shown: their names clash, or there are too"
                                        + " many")
                        .dataPoint(GaugeDataPointSnapshot.builder().value(leftOut).build())
                        .build());
        return all.build();
    }

    private static MetricSnapshot snapshot(String name, Family family) {
        if (family.kind() == Counter.class) {
            return counter(name, family);
        }
        return family.kind() == Gauge.class ? gauge(name, family) : histogram(name, family);
    }

    private static CounterSnapshot counter(String name, Family family) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name);
        for (int i = 0; i < family.values().size(); i++) {
            counter.dataPoint(
                    CounterDataPointSnapshot.builder()
                            .labels(family.labels().get(i))
                            .value(Math.max(0, ((Counter) family.values().get(i)).total()))
                            .build());
        }
        return counter.build();
    }

    private static GaugeSnapshot gauge(String name, Family family) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name);
        for (int i = 0; i < family.values().size(); i++) {
            gauge.dataPoint(
                    GaugeDataPointSnapshot.builder()
                            .labels(family.labels().get(i))
                            .value(((Gauge) family.values().get(i)).value())
                            .build());
        }
        return gauge.build();
    }

    private static HistogramSnapshot histogram(String name, Family family) {
        HistogramSnapshot.Builder histogram = HistogramSnapshot.builder().name(name);
        for (int i = 0; i < family.values().size(); i++) {
            Histogram h = (Histogram) family.values().get(i);
            ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
            long below = 0;
            for (Measurement.Bucket b : h.buckets()) {
                // Ours count values up to a bound; the library wants those between two.
                buckets.bucket(b.upperBound(), Math.max(0, b.count() - below));
                below = b.count();
            }
            histogram.dataPoint(
                    HistogramDataPointSnapshot.builder()
                            .labels(family.labels().get(i))
                            .classicHistogramBuckets(buckets.build())
                            .sum(h.sum())
                            .build());
        }
        return histogram.build();
    }
}
