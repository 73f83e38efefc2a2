package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Sample;
import java.util.List;
import java.util.regex.Pattern;

/** Whether a sample is one. Source: {@code plugin.wit}, interface types. */
final class SampleCheck {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    private SampleCheck() {}

    /**
     * That it is one.
     *
     * @throws IllegalArgumentException naming the sample whose name or buckets the contract does
     *     not allow; a plugin never sees it
     */
    static void requireSound(Sample sample) {
        if (!NAME.matcher(sample.name()).matches()) {
            throw new IllegalArgumentException(
                    "the sample's name '" + sample.name() + "' is not 1 to 64 of a-z 0-9 - . _");
        }
        if (sample.value() instanceof Measurement.Histogram histogram) {
            requireAscending(sample.name(), histogram.buckets());
        }
    }

    private static void requireAscending(String sample, List<Measurement.Bucket> buckets) {
        double before = Double.NEGATIVE_INFINITY;
        for (Measurement.Bucket bucket : buckets) {
            if (!(bucket.upperBound() > before)) {
                throw new IllegalArgumentException(
                        "sample '%s': bucket %s after %s; upper bounds ascend"
                                .formatted(sample, bucket.upperBound(), before));
            }
            before = bucket.upperBound();
        }
        if (before != Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "sample '%s': the last bucket's upper bound is %s and not infinite"
                            .formatted(sample, buckets.isEmpty() ? "missing" : before));
        }
    }
}
