package io.trinity.bench.kernels;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code ./tri plugin-bench --engine}: the kernels on each engine, as ratios to plain Java. */
public final class KernelMain {
    private static final List<String> ENGINES = List.of("trinity", "chicory-array", "chicory");

    private KernelMain() {}

    /**
     * Runs and prints.
     *
     * @param quick one fork of short rounds
     * @param only kernels, all where it is empty
     */
    public static void run(boolean quick, List<String> only, PrintStream out)
            throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(KernelBenchmark.class.getName())
                        .forks(quick ? 1 : 5)
                        .warmupIterations(quick ? 2 : 4)
                        .warmupTime(TimeValue.milliseconds(quick ? 300 : 700))
                        .measurementIterations(quick ? 2 : 4)
                        .measurementTime(TimeValue.milliseconds(quick ? 200 : 500))
                        .jvmArgs("-Xmx1g", "-XX:+UseG1GC")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true);
        if (!only.isEmpty()) {
            options = options.param("kernel", only.toArray(String[]::new));
        }
        print(new Runner(options.build()).run(), out);
    }

    /** The medians of forks, in microseconds, by kernel and engine. */
    private static void print(Collection<RunResult> results, PrintStream out) {
        Map<String, Map<String, double[]>> all = new LinkedHashMap<>();
        for (RunResult r : results) {
            double[] forks =
                    r.getBenchmarkResults().stream()
                            .mapToDouble(KernelMain::score)
                            .sorted()
                            .toArray();
            all.computeIfAbsent(r.getParams().getParam("kernel"), k -> new LinkedHashMap<>())
                    .put(r.getParams().getParam("engine"), forks);
        }
        out.println("| kernel | plain Java, µs | " + String.join(" | ", ENGINES) + " |");
        out.println("|---|---:|" + "---:|".repeat(ENGINES.size()));
        Map<String, Double> logs = new LinkedHashMap<>();
        int kernels = 0;
        for (Map.Entry<String, Map<String, double[]>> k : all.entrySet()) {
            double[] java = k.getValue().get("java");
            if (java == null) {
                throw new IllegalStateException("plain Java did not run " + k.getKey());
            }
            boolean counts = !k.getKey().equals("empty");
            kernels += counts ? 1 : 0;
            List<String> cells = new ArrayList<>(List.of(k.getKey(), time(java)));
            for (String engine : ENGINES) {
                double[] forks = k.getValue().getOrDefault(engine, new double[] {Double.NaN});
                double ratio = median(forks) / median(java);
                cells.add(
                        counts
                                ? String.format(Locale.ROOT, "%.2f (%s µs)", ratio, time(forks))
                                : time(forks) + " µs");
                if (counts) {
                    logs.merge(engine, Math.log(ratio), Double::sum);
                }
            }
            out.println("| " + String.join(" | ", cells) + " |");
        }
        List<String> means = new ArrayList<>();
        for (String engine : ENGINES) {
            means.add(
                    String.format(
                            Locale.ROOT,
                            "%.2f",
                            Math.exp(logs.getOrDefault(engine, Double.NaN) / kernels)));
        }
        out.println("| geometric mean | 1.00 | " + String.join(" | ", means) + " |");
    }

    private static double score(BenchmarkResult fork) {
        return fork.getPrimaryResult().getScore();
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static String time(double[] sorted) {
        String middle = String.format(Locale.ROOT, "%.4g", median(sorted));
        return sorted.length == 1
                ? middle
                : String.format(
                        Locale.ROOT,
                        "%s, %.4g to %.4g",
                        middle,
                        Arrays.stream(sorted).min().orElseThrow(),
                        Arrays.stream(sorted).max().orElseThrow());
    }
}
