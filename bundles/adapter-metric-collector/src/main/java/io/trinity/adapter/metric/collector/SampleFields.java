package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Sample;
import io.trinity.api.stream.Chunk;
import io.trinity.canonical.abi.VariantValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Samples as WIT values, checked. Source: {@code plugin.wit}, interface types. */
final class SampleFields {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final int COUNTER = 0;
    private static final int GAUGE = 1;
    private static final int HISTOGRAM = 2;

    private SampleFields() {}

    /**
     * The WIT values of samples.
     *
     * @throws IllegalArgumentException naming the sample whose name or buckets the contract does
     *     not allow; a plugin never sees it
     */
    static List<Object> ofAll(List<Sample> samples) {
        List<Object> values = new ArrayList<>(samples.size());
        for (Sample s : samples) {
            if (!NAME.matcher(s.name()).matches()) {
                throw new IllegalArgumentException(
                        "the sample's name '" + s.name() + "' is not 1 to 64 of a-z 0-9 - . _");
            }
            values.add(new Object[] {s.name(), s.unit(), pairs(s.labels()), measurement(s)});
        }
        return values;
    }

    private static List<Object> pairs(List<Chunk.Attribute> labels) {
        List<Object> pairs = new ArrayList<>(labels.size());
        for (Chunk.Attribute label : labels) {
            pairs.add(new Object[] {label.name(), label.value()});
        }
        return pairs;
    }

    private static VariantValue measurement(Sample sample) {
        if (sample.value() instanceof Measurement.Counter counter) {
            return new VariantValue(COUNTER, counter.total());
        }
        if (sample.value() instanceof Measurement.Gauge gauge) {
            return new VariantValue(GAUGE, gauge.value());
        }
        Measurement.Histogram histogram = (Measurement.Histogram) sample.value();
        return new VariantValue(
                HISTOGRAM,
                new Object[] {
                    histogram.count(), histogram.sum(), buckets(sample.name(), histogram.buckets())
                });
    }

    private static List<Object> buckets(String sample, List<Measurement.Bucket> buckets) {
        List<Object> values = new ArrayList<>(buckets.size());
        double before = Double.NEGATIVE_INFINITY;
        for (Measurement.Bucket bucket : buckets) {
            if (!(bucket.upperBound() > before)) {
                throw new IllegalArgumentException(
                        "sample '%s': bucket %s after %s; upper bounds ascend"
                                .formatted(sample, bucket.upperBound(), before));
            }
            before = bucket.upperBound();
            values.add(new Object[] {bucket.upperBound(), bucket.count()});
        }
        if (before != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "sample '%s': the last bucket's upper bound is %s and not infinite"
                            .formatted(sample, buckets.isEmpty() ? "missing" : before));
        }
        return values;
    }
}
