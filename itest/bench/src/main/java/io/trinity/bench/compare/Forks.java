package io.trinity.bench.compare;

import io.trinity.bench.kernels.Engines;
import io.trinity.bench.kernels.KernelBenchmark;
import io.trinity.bench.kernels.Load;
import io.trinity.bench.kernels.LoadBenchmark;
import io.trinity.bench.kernels.Modules;
import io.trinity.bench.kernels.Runaway;
import io.trinity.bench.kernels.Subject;
import io.trinity.bench.kernels.TripBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a task in a process of its own: JMH's, node's, or a program of ours.
 *
 * @param modules folder that {@link Modules#write} has filled
 */
record Forks(Path modules, Pace pace) {
    private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseG1GC");

    /** What was measured, in microseconds: each iteration, or each thing that was done once. */
    double[] run(Jdk jdk, Task task) throws IOException, InterruptedException, RunnerException {
        if (task.engine().equals(Engines.V8)) {
            return numbers(node(task));
        }
        return switch (task.kind()) {
            case FUNCTION -> jmh(jdk, KernelBenchmark.class, "subject", task);
            case TRIP -> jmh(jdk, TripBenchmark.class, "bytes", task);
            case LOAD -> jmh(jdk, LoadBenchmark.class, "module", task);
            case RUNAWAY -> numbers(runaway(jdk));
        };
    }

    private double[] jmh(Jdk jdk, Class<?> benchmark, String subject, Task task)
            throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("^" + benchmark.getName().replace(".", "\\.") + "\\.")
                        .param(subject, task.subject())
                        .param("engine", task.engine())
                        .jvm(jdk.java().toString())
                        .jvmArgs(jvm().toArray(String[]::new))
                        .forks(1)
                        .verbosity(VerboseMode.SILENT)
                        // What JMH and its forks print would stand in the report.
                        .output(modules.resolve("jmh.log").toString())
                        .shouldFailOnError(true);
        if (task.kind() == Task.Kind.LOAD) {
            options.warmupIterations(0).measurementIterations(1);
        } else {
            options.warmupIterations(pace.warm())
                    .warmupTime(TimeValue.milliseconds(pace.warmMillis()))
                    .measurementIterations(pace.measured())
                    .measurementTime(TimeValue.milliseconds(pace.measuredMillis()));
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        return results.stream()
                .flatMap(r -> r.getBenchmarkResults().stream())
                .flatMap(f -> f.getIterationResults().stream())
                .map(IterationResult::getPrimaryResult)
                .mapToDouble(r -> r.getScore())
                .toArray();
    }

    private List<String> jvm() {
        List<String> options = new ArrayList<>(JVM);
        options.add("-D" + Modules.FOLDER + "=" + modules);
        String extism = System.getProperty(Engines.EXTISM_FOLDER);
        if (extism != null) {
            options.add("-D" + Engines.EXTISM_FOLDER + "=" + extism);
        }
        return options;
    }

    private List<String> runaway(Jdk jdk) {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(jvm());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Runaway.class.getName(),
                        Integer.toString(pace.runaways())));
        return command;
    }

    private List<String> node(Task task) {
        List<String> command =
                new ArrayList<>(List.of("node", modules.resolve("v8.cjs").toString()));
        switch (task.kind()) {
            case FUNCTION -> {
                Subject s = Subject.valueOf(task.subject());
                command.add(modules.resolve(s.module()).toString());
                command.addAll(List.of("function", s.export(), Integer.toString(s.argument())));
            }
            case TRIP -> {
                command.add(modules.resolve("trips.wasm").toString());
                command.addAll(List.of("trip", "-", task.subject()));
            }
            case LOAD -> {
                Load load = Load.valueOf(task.subject());
                command.add(modules.resolve(load.file()).toString());
                command.addAll(List.of("load", load.export(), "0"));
            }
            case RUNAWAY -> throw new IllegalArgumentException(task.toString());
        }
        // One duration for both in the script; the shorter one would make the last round the
        // coldest.
        int rounds = pace.warm() * pace.warmMillis() / pace.measuredMillis();
        command.addAll(
                List.of(
                        Integer.toString(rounds),
                        Integer.toString(pace.measured()),
                        Integer.toString(pace.measuredMillis())));
        return command;
    }

    private static double[] numbers(List<String> command) throws IOException, InterruptedException {
        List<String> lines = Processes.lines(command);
        try {
            return lines.stream().mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException e) {
            throw new IOException(command + " printed " + lines, e);
        }
    }
}
