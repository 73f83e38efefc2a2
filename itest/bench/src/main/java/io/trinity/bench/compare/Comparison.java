package io.trinity.bench.compare;

import io.trinity.bench.kernels.Engines;
import io.trinity.bench.kernels.Modules;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.openjdk.jmh.runner.RunnerException;

/** Measures what was asked for and prints it, one JDK after the other. */
public final class Comparison {
    private final Options options;
    private final Pace pace;
    private final Optional<Node> node;
    private final List<String> engines;
    private final List<Jdk> jdks = new ArrayList<>();
    private final Results results;
    private final Path work;
    private final PrintStream progress;

    /**
     * Looks at what there is; measures nothing.
     *
     * @param work an empty folder
     * @param progress told of each fork
     * @throws IllegalArgumentException with a sentence for the user, if a JDK is not there or the
     *     results are of something else
     */
    public Comparison(Options options, Path work, PrintStream progress)
            throws IOException, InterruptedException {
        this.options = options;
        this.work = work;
        this.pace = options.quick() ? Pace.QUICK : Pace.FULL;
        for (String folder : options.jdks()) {
            jdks.add(Jdk.in(folder));
        }
        if (jdks.isEmpty()) {
            jdks.add(Jdk.own());
        }
        this.results =
                Results.open(
                        options.results().orElse(work.resolve("results")),
                        Identity.of() + " " + pace);
        this.node = Node.find();
        this.engines = new ArrayList<>(Engines.OWN);
        if (options.others()) {
            engines.addAll(Engines.others());
        }
        node.ifPresent(n -> engines.add(Engines.V8));
        this.progress = progress;
    }

    /**
     * Runs what is not in the results yet.
     *
     * @param large gives a module of a megabyte
     * @return the report
     */
    public String run(Supplier<byte[]> large)
            throws IOException, InterruptedException, RunnerException {
        Modules.write(work, large.get());
        StringBuilder report = new StringBuilder(introduction(Host.load()));
        for (Jdk jdk : jdks) {
            measure(jdk, new Forks(work, pace));
            report.append('\n');
            report.append(new Report(results.of(jdk.version()), engines).text(jdk.version()));
        }
        return report.toString();
    }

    private String introduction(double load) {
        List<String> absent = new ArrayList<>();
        if (node.isEmpty()) {
            absent.add("V8 (no node 18 or later on the PATH)");
        }
        for (String e : List.of(Engines.WASMTIME, Engines.EXTISM)) {
            if (!engines.contains(e)) {
                absent.add(e + (options.others() ? " (not built)" : " (no --others)"));
            }
        }
        return String.format(
                Locale.ROOT,
                "%s; load %.1f at the begin. G1, heap of 1 GiB, %s of each%s%s.%n",
                Host.text(),
                load,
                pace.forks() == 1 ? "one fork" : pace.forks() + " forks",
                node.map(n -> "; node " + n.version()).orElse(""),
                absent.isEmpty() ? "" : "; left out: " + String.join(", ", absent));
    }

    private void measure(Jdk jdk, Forks forks)
            throws IOException, InterruptedException, RunnerException {
        List<Task> round = Task.round(engines, options.kernels());
        Measured measured = results.of(jdk.version());
        long begin = System.nanoTime();
        for (int fork = 0; fork < pace.forks(); fork++) {
            for (int i = 0; i < round.size(); i++) {
                Task task = round.get(i);
                if (measured.has(task, fork)) {
                    continue;
                }
                double[] values = forks.run(jdk, task);
                results.add(jdk.version(), task, fork, values);
                progress.printf(
                        Locale.ROOT,
                        "%4d s, JDK %s, fork %s of %s, %s of %s: %s %s %s %s%n",
                        (System.nanoTime() - begin) / 1_000_000_000,
                        jdk.version(),
                        fork + 1,
                        pace.forks(),
                        i + 1,
                        round.size(),
                        task.kind(),
                        task.subject(),
                        task.engine(),
                        Spread.time(Arrays.stream(values).average().orElse(0)));
            }
        }
    }
}
