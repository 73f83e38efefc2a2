package io.trinity.bench.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** A value with the lowest and the highest of those that it stands for. */
record Spread(double value, double low, double high) {
    /**
     * The median of some values; where two are in the middle, the higher of them.
     *
     * @throws IllegalArgumentException if there are none
     */
    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("of nothing there is no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    /** {@code 1.19 (1.17 to 1.22)}. */
    String text(DoubleFunction<String> number) {
        return "%s (%s to %s)"
                .formatted(number.apply(value), number.apply(low), number.apply(high));
    }

    static String plain(double v) {
        return v == Math.rint(v) ? Long.toString((long) v) : Double.toString(v);
    }

    static String ratio(double v) {
        String digits = v < 0.01 ? "%.5f" : v < 100 ? "%.2f" : "%,.0f";
        return String.format(Locale.ROOT, digits, v);
    }

    /** Microseconds in a unit that suits them, with three digits that matter. */
    static String time(double micros) {
        double size = Math.abs(micros);
        return size < 1
                ? digits(micros * 1e3) + " ns"
                : size < 1e3 ? digits(micros) + " µs" : digits(micros / 1e3) + " ms";
    }

    private static String digits(double v) {
        double size = Math.abs(v);
        int behind = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + behind + "f", v);
    }
}
