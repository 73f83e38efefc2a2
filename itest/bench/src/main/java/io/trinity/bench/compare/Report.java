package io.trinity.bench.compare;

import io.trinity.bench.kernels.Engines;
import io.trinity.bench.kernels.Load;
import io.trinity.bench.kernels.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/** What was measured on one JDK, as tables of Markdown. */
final class Report {
    private static final Map<String, String> NAMES =
            Map.of(
                    Engines.JAVA, "plain Java",
                    Engines.TRINITY, "Trinity",
                    Engines.NO_CHECKS, "no checks",
                    Engines.CHICORY_ARRAY, "Chicory, ByteArrayMemory",
                    Engines.CHICORY, "Chicory, its default",
                    Engines.WASMTIME, "wasmtime",
                    Engines.EXTISM, "Extism",
                    Engines.V8, "V8",
                    Engines.CACHED, "Trinity, from a bundle");

    private final Measured measured;
    private final Ratios ratios;
    private final List<String> engines;
    private final StringBuilder out = new StringBuilder();

    /**
     * @param engines in the order of columns
     */
    Report(Measured measured, List<String> engines) {
        this.measured = measured;
        this.ratios = new Ratios(measured);
        this.engines = engines;
    }

    /** All tables, with a heading. */
    String text(String jdk) {
        line("### JDK " + jdk);
        List<Targets.Target> targets = new Targets(measured).all();
        if (targets.stream().anyMatch(t -> t.found().isPresent())) {
            targets(targets);
        }
        kernels();
        calls();
        loads();
        runaways();
        steadiness();
        return out.toString();
    }

    private void targets(List<Targets.Target> targets) {
        line("");
        row("target", "bound", "measured", "verdict");
        line("|---|---:|---:|---|");
        for (Targets.Target t : targets) {
            row(
                    t.what(),
                    (t.atMost() ? "at most " : "at least ") + Spread.plain(t.bound()),
                    t.found().map(f -> f.text(Spread::ratio)).orElse("–"),
                    t.verdict());
        }
    }

    private void kernels() {
        List<String> columns =
                measured(
                        Task.Kind.FUNCTION, Subject.kernels().stream().map(Subject::name).toList());
        if (columns.isEmpty()) {
            return;
        }
        head("kernel", columns);
        for (Subject s : Subject.kernels()) {
            cells(s.export(), columns, new Row(Task.Kind.FUNCTION, s.name(), 1, true));
        }
        List<String> means = new ArrayList<>(List.of("**geometric mean** without fletcher"));
        for (String engine : columns) {
            means.add(
                    ratios.of(Task.Kind.FUNCTION, Targets.meanOf(), engine, Engines.JAVA)
                            .map(m -> m.text(Spread::ratio))
                            .orElse("–"));
        }
        row(means.toArray(String[]::new));
    }

    private void calls() {
        List<String> columns = measured(Task.Kind.TRIP, List.of(Task.SMALL_TRIP, Task.LARGE_TRIP));
        if (columns.isEmpty()) {
            return;
        }
        head("call", columns);
        cells("empty", columns, new Row(Task.Kind.FUNCTION, Subject.EMPTY.name(), 1, false));
        cells("64 B in, xor, out", columns, new Row(Task.Kind.TRIP, Task.SMALL_TRIP, 1, false));
        cells("64 KiB in, xor, out", columns, new Row(Task.Kind.TRIP, Task.LARGE_TRIP, 1, true));
        int each = Subject.CALLS.argument();
        cells(
                "a call of the host's from within",
                columns,
                new Row(Task.Kind.FUNCTION, Subject.CALLS.name(), each, false));
    }

    private void loads() {
        List<String> columns =
                measured(Task.Kind.LOAD, List.of(Load.SMALL.name(), Load.LARGE.name()));
        if (columns.isEmpty()) {
            return;
        }
        head("load in a fresh process", columns);
        cells("a module of 3 kB", columns, new Row(Task.Kind.LOAD, Load.SMALL.name(), 1, false));
        cells("a module of 1 MB", columns, new Row(Task.Kind.LOAD, Load.LARGE.name(), 1, false));
    }

    private void runaways() {
        double[] micros = Targets.runaways(measured).toArray();
        if (micros.length > 0) {
            line("");
            line(
                    "Runaways: %s were stopped, with a busy thread for each processor; past their limit by %s of CPU time."
                            .formatted(micros.length, Spread.of(micros).text(Spread::time)));
        }
    }

    private void steadiness() {
        Steadiness all = Steadiness.of(measured, engines);
        if (all.forks() > 0) {
            line("");
            line(
                    "At rest: in %s of %s forks of kernels the second half of what was measured differs from the first by more than 5 %%%s."
                            .formatted(
                                    all.restless().size(),
                                    all.forks(),
                                    all.restless().isEmpty()
                                            ? ""
                                            : " (" + String.join(", ", all.restless()) + ")"));
        }
    }

    /** Those that some of the subjects were measured on, in order. */
    private List<String> measured(Task.Kind kind, List<String> subjects) {
        List<String> all = new ArrayList<>(engines);
        all.add(all.indexOf(Engines.TRINITY) + 1, Engines.CACHED);
        return all.stream()
                .filter(e -> subjects.stream().anyMatch(s -> measured.has(new Task(kind, s, e), 0)))
                .toList();
    }

    private void head(String what, List<String> columns) {
        line("");
        List<String> names = new ArrayList<>(List.of(what));
        columns.forEach(c -> names.add(NAMES.getOrDefault(c, c)));
        row(names.toArray(String[]::new));
        line("|---|" + "---:|".repeat(columns.size()));
    }

    /**
     * @param parts what the times are divided by
     * @param compared whether the ratio to plain Java stands before them
     */
    private record Row(Task.Kind kind, String subject, int parts, boolean compared) {}

    private void cells(String name, List<String> columns, Row r) {
        List<String> cells = new ArrayList<>(List.of(name));
        for (String engine : columns) {
            double[] scores = measured.scores(new Task(r.kind, r.subject, engine));
            DoubleFunction<String> time = micros -> Spread.time(micros / r.parts);
            Optional<Spread> ratio =
                    r.compared && !engine.equals(Engines.JAVA)
                            ? ratios.of(r.kind, List.of(r.subject), engine, Engines.JAVA)
                            : Optional.empty();
            String before = ratio.map(s -> Spread.ratio(s.value()) + ": ").orElse("");
            cells.add(scores.length == 0 ? "–" : before + Spread.of(scores).text(time));
        }
        if (IntStream.range(1, cells.size()).anyMatch(i -> !cells.get(i).equals("–"))) {
            row(cells.toArray(String[]::new));
        }
    }

    private void row(String... cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
