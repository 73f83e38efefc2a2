package io.trinity.registry;

import java.util.concurrent.atomic.LongAdder;

/** Finished calls of one plugin over all its generations. Thread-safe. */
final class CallStatistics {
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(long wallNanos, boolean failed) {
        calls.increment();
        nanos.add(wallNanos);
        if (failed) {
            failures.increment();
        }
    }

    long calls() {
        return calls.sum();
    }

    long failures() {
        return failures.sum();
    }

    /** Mean wall time in microseconds; 0 before the first call. */
    double averageMicros() {
        long n = calls.sum();
        return n == 0 ? 0 : nanos.sum() / 1000.0 / n;
    }
}
