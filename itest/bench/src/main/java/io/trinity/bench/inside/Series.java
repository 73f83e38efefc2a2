package io.trinity.bench.inside;

import java.util.Arrays;
import java.util.Locale;

/** Measured values of one thing, in the order of their size. */
record Series(double[] sorted) {
    static Series of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Series(sorted);
    }

    /** The value below which this part of them lies. */
    double quantile(double part) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(part * (sorted.length - 1)))];
    }

    double last() {
        return sorted[sorted.length - 1];
    }

    /**
     * A line for the table.
     *
     * @param what was measured; no bar
     * @param aim that it is held against, or empty
     */
    String row(String what, String unit, String aim) {
        return String.join(
                "|",
                what,
                unit,
                number(quantile(0.5)),
                number(sorted[0]) + " to " + number(last()),
                Integer.toString(sorted.length),
                aim);
    }

    /** Three digits that matter. */
    private static String number(double v) {
        double size = Math.abs(v);
        int behind = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + behind + "f", v);
    }
}
