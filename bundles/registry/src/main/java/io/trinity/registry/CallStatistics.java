package io.trinity.registry;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginUsage;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Finished calls of one plugin over all its generations. Thread-safe. */
final class CallStatistics {
    private static final double NANOS_PER_MICRO = 1000;

    /** Longer calls count as this long in the quantiles: no limit lets one last longer. */
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder[] failures = new LongAdder[ErrorCode.values().length];
    private final ConcurrentHistogram latency = new ConcurrentHistogram(LONGEST_NANOS, 2);

    CallStatistics() {
        Arrays.setAll(failures, i -> new LongAdder());
    }

    void ended(long wallNanos) {
        calls.increment();
        nanos.add(wallNanos);
        latency.recordValue(Math.min(LONGEST_NANOS, Math.max(0, wallNanos)));
    }

    void failed(ErrorCode code) {
        failures[code.ordinal()].increment();
    }

    long calls() {
        return calls.sum();
    }

    long failures() {
        return Arrays.stream(failures).mapToLong(LongAdder::sum).sum();
    }

    SortedMap<ErrorCode, Long> failuresByCode() {
        SortedMap<ErrorCode, Long> byCode = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            long count = failures[code.ordinal()].sum();
            if (count > 0) {
                byCode.put(code, count);
            }
        }
        return byCode;
    }

    long wallNanos() {
        return nanos.sum();
    }

    /** Mean wall time in microseconds; 0 before the first call. */
    double averageMicros() {
        long n = calls.sum();
        return n == 0 ? 0 : nanos.sum() / NANOS_PER_MICRO / n;
    }

    PluginUsage.Latency latency() {
        Histogram now = latency.copy();
        return new PluginUsage.Latency(
                now.getValueAtPercentile(50) / NANOS_PER_MICRO,
                now.getValueAtPercentile(90) / NANOS_PER_MICRO,
                now.getValueAtPercentile(99) / NANOS_PER_MICRO,
                now.getMaxValue() / NANOS_PER_MICRO);
    }
}
