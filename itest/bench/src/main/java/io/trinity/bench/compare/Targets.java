package io.trinity.bench.compare;

import io.trinity.bench.kernels.Engines;
import io.trinity.bench.kernels.Load;
import io.trinity.bench.kernels.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What the engine is to reach, held against what was measured. */
final class Targets {
    private final Measured measured;
    private final Ratios ratios;

    Targets(Measured measured) {
        this.measured = measured;
        this.ratios = new Ratios(measured);
    }

    /**
     * A target.
     *
     * @param bound what it is held against; the value itself decides, not its spread
     * @param atMost whether it must stay below, else above
     * @param found empty where it was not measured
     */
    record Target(String what, double bound, boolean atMost, Optional<Spread> found) {
        /** Empty where it was not measured. */
        Optional<Boolean> isReached() {
            return found.map(f -> atMost ? f.value() <= bound : f.value() >= bound);
        }

        /** By how much it is missed, in parts of the bound; 0 where it is reached. */
        double missedBy() {
            return found.map(f -> (atMost ? f.value() - bound : bound - f.value()) / bound)
                    .map(m -> Math.max(0, m))
                    .orElse(0.0);
        }

        /** {@code reached}, {@code missed by 4 %} or {@code not measured}. */
        String verdict() {
            return isReached()
                    .map(
                            reached ->
                                    reached
                                            ? "reached"
                                            : String.format(
                                                    Locale.ROOT,
                                                    "missed by %.0f %%",
                                                    Math.ceil(missedBy() * 100)))
                    .orElse("not measured");
        }
    }

    /** The kernels of the geometric means. */
    static List<String> meanOf() {
        return Subject.kernels().stream()
                .filter(s -> s != Subject.FLETCHER)
                .map(Subject::name)
                .toList();
    }

    List<Target> all() {
        List<Target> all = new ArrayList<>();
        all.add(kernels("kernels: time of plain Java", Engines.JAVA, 1.25));
        all.add(kernels("kernels: time of V8", Engines.V8, 1.35));
        all.add(
                kernels(
                        "kernels: time of stock Chicory, ByteArrayMemory",
                        Engines.CHICORY_ARRAY,
                        0.65));
        all.add(
                kernels(
                        "kernels: time of stock Chicory, its default memory",
                        Engines.CHICORY,
                        0.5));
        all.add(kernels("kernels: time without metering and stack", Engines.NO_CHECKS, 1.25));
        // Throughput is one over time.
        all.add(
                new Target(
                        "64 KiB in, xor, out: throughput of plain Java",
                        0.9,
                        false,
                        trip(Task.LARGE_TRIP, Engines.JAVA, Engines.TRINITY)));
        all.add(
                new Target(
                        "64 B in, xor, out: time of Extism's SDK",
                        0.2,
                        true,
                        trip(Task.SMALL_TRIP, Engines.TRINITY, Engines.EXTISM)));
        all.add(new Target("runaway: CPU ms past its limit, at worst", 5, true, runaway()));
        all.add(
                new Target(
                        "load from a bundle: times as fast as compiling",
                        5,
                        false,
                        ratios.of(
                                Task.Kind.LOAD,
                                List.of(Load.LARGE.name()),
                                Engines.TRINITY,
                                Engines.CACHED)));
        all.add(
                new Target(
                        "load of a module of 1 MB in a fresh process: time of stock Chicory",
                        1,
                        true,
                        ratios.of(
                                Task.Kind.LOAD,
                                List.of(Load.LARGE.name()),
                                Engines.TRINITY,
                                Engines.CHICORY_ARRAY)));
        all.add(new Target("an empty call: ns", 12, true, nanos(Subject.EMPTY, 1)));
        all.add(
                new Target(
                        "a call of the host's from within: ns",
                        10,
                        true,
                        nanos(Subject.CALLS, Subject.CALLS.argument())));
        return all;
    }

    private Optional<Spread> nanos(Subject subject, int each) {
        double[] micros =
                measured.scores(new Task(Task.Kind.FUNCTION, subject.name(), Engines.TRINITY));
        return micros.length == 0
                ? Optional.empty()
                : Optional.of(Spread.of(Arrays.stream(micros).map(m -> m * 1e3 / each).toArray()));
    }

    private Target kernels(String what, String base, double bound) {
        return new Target(
                what, bound, true, ratios.of(Task.Kind.FUNCTION, meanOf(), Engines.TRINITY, base));
    }

    private Optional<Spread> trip(String bytes, String engine, String base) {
        return ratios.of(Task.Kind.TRIP, List.of(bytes), engine, base);
    }

    /** The highest of all decides: one that gets far is one too many. */
    private Optional<Spread> runaway() {
        double[] millis = runaways(measured).map(micros -> micros / 1e3).toArray();
        if (millis.length == 0) {
            return Optional.empty();
        }
        Spread all = Spread.of(millis);
        return Optional.of(new Spread(all.high(), all.low(), all.high()));
    }

    /** Microseconds past the limit, of every guest that was stopped. */
    static DoubleStream runaways(Measured measured) {
        return IntStream.range(0, measured.forks(Task.RUNAWAY))
                .boxed()
                .flatMapToDouble(f -> Arrays.stream(measured.iterations(Task.RUNAWAY, f)));
    }
}
