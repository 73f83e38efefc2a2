package io.trinity.hostile;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What something cost the host, in milliseconds.
 *
 * @param cpu of all threads of the process but the JIT's: of the guest, of who serves the command,
 *     of the collector, of disks and hooks
 * @param jit of the JIT's threads
 * @param wall as the client sees it
 */
record Cost(double cpu, double jit, double wall) {
    /** What remains without what a harmless one costs; nothing is below zero. */
    Cost without(Cost harmless) {
        return new Cost(
                Math.max(0, cpu - harmless.cpu),
                Math.max(0, jit - harmless.jit),
                Math.max(0, wall - harmless.wall));
    }

    /** The median of each. */
    static Cost median(List<Cost> costs) {
        return new Cost(
                Spread.of(costs, Cost::cpu).median(),
                Spread.of(costs, Cost::jit).median(),
                Spread.of(costs, Cost::wall).median());
    }

    /** Several readings of one thing. */
    record Spread(double least, double median, double most) {
        static Spread of(List<Cost> costs, ToDoubleFunction<Cost> reading) {
            double[] sorted = costs.stream().mapToDouble(reading).sorted().toArray();
            if (sorted.length == 0) {
                return new Spread(0, 0, 0);
            }
            double upper = sorted[sorted.length / 2];
            double lower = sorted[(sorted.length - 1) / 2];
            return new Spread(
                    sorted[0], (lower + upper) / 2, Arrays.stream(sorted).max().orElse(0));
        }

        @Override
        public String toString() {
            return median < 0.05 && most < 0.05
                    ? "0"
                    : "%.1f (%.1f–%.1f)".formatted(median, least, most);
        }
    }
}
