package io.trinity.bench.compare;

/**
 * How long is measured.
 *
 * @param forks processes for each engine and subject
 * @param warm iterations that do not count
 * @param warmMillis the least of one of them
 * @param measured iterations that count
 * @param measuredMillis the least of one of them
 * @param runaways how often each kernel is stopped, in each fork
 */
record Pace(int forks, int warm, int warmMillis, int measured, int measuredMillis, int runaways) {
    /**
     * A call takes a fraction of a millisecond, so it has run some thousand times when it counts.
     */
    static final Pace FULL = new Pace(5, 4, 200, 4, 150, 3);

    static final Pace QUICK = new Pace(1, 2, 150, 2, 100, 1);
}
