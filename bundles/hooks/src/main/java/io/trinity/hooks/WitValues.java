package io.trinity.hooks;

import io.trinity.api.hook.Incident;
import io.trinity.api.hook.Part;
import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Bucket;
import io.trinity.api.metric.Measurement.Counter;
import io.trinity.api.metric.Measurement.Gauge;
import io.trinity.api.metric.Measurement.Histogram;
import io.trinity.api.metric.Sample;
import io.trinity.api.stream.Chunk.Attribute;
import io.trinity.api.stream.Window;
import io.trinity.canonical.abi.VariantValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What hooks are told, as WIT values; records are their fields in the contract's order. */
final class WitValues {
    private static final int COUNTER = 0;
    private static final int GAUGE = 1;
    private static final int HISTOGRAM = 2;

    private WitValues() {}

    static List<Object> parts(List<Part> parts, double[] weights) {
        List<Object> values = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            Part p = parts.get(i);
            values.add(new Object[] {p.modality(), (long) p.chunks(), weights[i], p.bundle()});
        }
        return values;
    }

    static List<Object> windows(List<Window> windows) {
        return all(
                windows,
                w ->
                        new Object[] {
                            w.key(),
                            w.startNanos(),
                            w.endNanos(),
                            w.label(),
                            w.confidence(),
                            w.fused(),
                            pairs(w.notes())
                        });
    }

    static List<Object> incidents(List<Incident> incidents) {
        return all(incidents, i -> new Object[] {i.code(), i.message(), i.plugin(), i.stream()});
    }

    static List<Object> samples(List<Sample> samples) {
        return all(
                samples,
                s -> new Object[] {s.name(), s.unit(), pairs(s.labels()), measurement(s.value())});
    }

    private static VariantValue measurement(Measurement m) {
        if (m instanceof Counter c) {
            return new VariantValue(COUNTER, c.total());
        }
        if (m instanceof Gauge g) {
            return new VariantValue(GAUGE, g.value());
        }
        Histogram h = (Histogram) m;
        return new VariantValue(
                HISTOGRAM, new Object[] {h.count(), h.sum(), all(h.buckets(), WitValues::bucket)});
    }

    private static Object bucket(Bucket b) {
        return new Object[] {b.upperBound(), b.count()};
    }

    private static List<Object> pairs(List<Attribute> pairs) {
        return all(pairs, p -> new Object[] {p.name(), p.value()});
    }

    private static <T> List<Object> all(List<T> items, Function<T, Object> value) {
        List<Object> values = new ArrayList<>(items.size());
        items.forEach(i -> values.add(value.apply(i)));
        return values;
    }
}
