package io.trinity.telemetry;

import io.trinity.api.metric.Measurement;
import io.trinity.api.metric.Measurement.Bucket;
import io.trinity.telemetry.SeriesNames.Reason;
import io.trinity.telemetry.SeriesNames.Unusable;
import java.util.ArrayList;
import java.util.List;

/** What one series has come to. Not thread-safe. */
abstract class Accumulator {
    /** The functions of interface {@code metrics}, each of which makes one kind of series. */
    enum Kind {
        ADD,
        SET,
        OBSERVE;

        /** Lines that exporters make of one series: of a histogram its buckets, sum and count. */
        int lines() {
            return this == OBSERVE ? Spread.BOUNDS.length + 2 : 1;
        }

        Accumulator create() {
            return switch (this) {
                case ADD -> new Total();
                case SET -> new Present();
                case OBSERVE -> new Spread();
            };
        }
    }

    private final Kind kind;

    private Accumulator(Kind kind) {
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /**
     * Takes a value in.
     *
     * @throws Unusable when it is no value of this kind; nothing is changed then
     */
    abstract void take(double value) throws Unusable;

    abstract Measurement reading();

    private static final class Total extends Accumulator {
        private double total;

        Total() {
            super(Kind.ADD);
        }

        @Override
        void take(double delta) throws Unusable {
            if (delta < 0 || !Double.isFinite(total + delta)) {
                throw new Unusable(Reason.VALUE, "a counter cannot go on by " + delta);
            }
            total += delta;
        }

        @Override
        Measurement reading() {
            return new Measurement.Counter(total);
        }
    }

    private static final class Present extends Accumulator {
        private double value;

        Present() {
            super(Kind.SET);
        }

        @Override
        void take(double now) throws Unusable {
            if (!Double.isFinite(now)) {
                throw new Unusable(Reason.VALUE, "a gauge cannot be " + now);
            }
            value = now;
        }

        @Override
        Measurement reading() {
            return new Measurement.Gauge(value);
        }
    }

    private static final class Spread extends Accumulator {
        /** As Prometheus has them by default; made for seconds. */
        private static final double[] BOUNDS = {
            0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
        };

        private final long[] counts = new long[BOUNDS.length];
        private double sum;

        Spread() {
            super(Kind.OBSERVE);
        }

        @Override
        void take(double value) throws Unusable {
            if (!Double.isFinite(value) || !Double.isFinite(sum + value)) {
                throw new Unusable(Reason.VALUE, "a histogram cannot take " + value);
            }
            sum += value;
            int bucket = 0;
            while (value > BOUNDS[bucket]) {
                bucket++;
            }
            counts[bucket]++;
        }

        @Override
        Measurement reading() {
            List<Bucket> buckets = new ArrayList<>();
            long upTo = 0;
            for (int i = 0; i < BOUNDS.length; i++) {
                upTo += counts[i];
                buckets.add(new Bucket(BOUNDS[i], upTo));
            }
            return new Measurement.Histogram(upTo, sum, buckets);
        }
    }
}
