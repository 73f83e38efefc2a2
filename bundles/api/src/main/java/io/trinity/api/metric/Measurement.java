package io.trinity.api.metric;

import java.util.List;

/** The value of a reading: {@code variant measurement} of the contract. */
public sealed interface Measurement {
    /** Total since the start; it only grows. */
    record Counter(double total) implements Measurement {}

    /** The value now. */
    record Gauge(double value) implements Measurement {}

    /**
     * A distribution.
     *
     * @param buckets upper bounds ascending, the last one infinite
     */
    record Histogram(long count, double sum, List<Bucket> buckets) implements Measurement {
        public Histogram {
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * One bucket.
     *
     * @param upperBound inclusive
     * @param count values up to it
     */
    record Bucket(double upperBound, long count) {}
}
