package io.trinity.hostile;

import io.trinity.hostile.Attack.Stage;
import io.trinity.hostile.Finding.Beyond;
import io.trinity.hostile.Finding.Harmless;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What became of the attacks, as a table for people. */
final class Report {
    private static final double MIB = 1 << 20;

    private final Map<Attack, Finding> findings;
    private final Harmless harmless;

    Report(Map<Attack, Finding> findings, Harmless harmless) {
        this.findings = findings;
        this.harmless = harmless;
    }

    private record Row(Attack attack, Finding finding, Beyond beyond) {}

    private List<Row> rows() {
        return findings.entrySet().stream()
                .map(
                        e ->
                                new Row(
                                        e.getKey(),
                                        e.getValue(),
                                        e.getValue().beyond(e.getKey(), harmless)))
                .toList();
    }

    /** All columns, as Markdown. */
    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# Hostile modules\n\n");
        text.append(legend()).append('\n');
        text.append(
                "| attack | what it attacks | expected | got | stopped at | ms | CPU limit | CPU"
                        + " beyond | JIT | wall limit | wall beyond | heap beyond, MiB |\n");
        text.append("|---|---|---|---|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (Row row : rows()) {
            text.append(
                    "| %s | %s | %s, %s | %s | %s | %d | %s | %s | %s | %s | %s | %.2f |%n"
                            .formatted(
                                    row.attack.name(),
                                    row.attack.what().replace("|", "\\|"),
                                    String.join(" or ", row.attack.expected()),
                                    lower(row.attack.stage()),
                                    row.finding.outcome().code(),
                                    lower(row.finding.outcome().stage()),
                                    row.finding.outcome().millis(),
                                    limit(row.finding.cpuLimit(row.attack)),
                                    runs(row, row.beyond.cpu()),
                                    runs(row, row.beyond.jit()),
                                    limit(row.finding.wallLimit(row.attack)),
                                    runs(row, row.beyond.wall()),
                                    row.finding.heapBeyond() / MIB));
        }
        text.append('\n').append(worst());
        Files.writeString(file, text);
    }

    /** The columns that are measured, for a terminal. */
    String table() {
        StringBuilder text = new StringBuilder();
        text.append("Hostile modules. ").append(legend());
        String form = "%-34s %-22s %22s %22s %22s %8s%n";
        text.append(
                form.formatted("attack", "got", "CPU beyond", "JIT", "wall beyond", "heap MiB"));
        for (Row row : rows()) {
            text.append(
                    form.formatted(
                            row.attack.name(),
                            row.finding.outcome().code(),
                            runs(row, row.beyond.cpu()),
                            runs(row, row.beyond.jit()),
                            runs(row, row.beyond.wall()),
                            "%.2f".formatted(row.finding.heapBeyond() / MIB)));
        }
        return text.append(worst()).toString();
    }

    private String legend() {
        return """
        "ms" is from the file in place, or from the first call, to the answer. "CPU beyond" are
        milliseconds of all threads of the host's process but the JIT's beyond the limit of the call, or of
        the initialisation that it was stopped in; "JIT" are those of the JIT; "wall beyond" is what the client
        waits longer than the limit. Each is a median (least-most), without what a plugin costs that does
        nothing: %.1f ms of CPU and %.1f ms for a call, %.1f ms and %.1f ms for a load. "Heap beyond" is what the
        heap holds more after a collection, while the module is loaded, than its ledger says.
        """
                .formatted(
                        harmless.call().cpu(),
                        harmless.call().wall(),
                        harmless.load().cpu(),
                        harmless.load().wall());
    }

    private String worst() {
        return "Most CPU beyond: "
                + worst(r -> r.beyond.cpu().median(), "ms")
                + "Most wall beyond: "
                + worst(r -> r.beyond.wall().median(), "ms")
                + "Most heap beyond: "
                + worst(r -> Math.abs(r.finding.heapBeyond()) / MIB, "MiB");
    }

    private String worst(ToDoubleFunction<Row> reading, String unit) {
        return rows().stream()
                        .sorted(Comparator.comparingDouble(reading).reversed())
                        .limit(5)
                        .map(
                                r ->
                                        "%s %.1f %s"
                                                .formatted(
                                                        r.attack.name(),
                                                        reading.applyAsDouble(r),
                                                        unit))
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    /** Nothing of it runs before it is initialised. */
    private static String runs(Row row, Object reading) {
        Stage stage = row.finding.outcome().stage();
        return stage == Stage.CALL || stage == Stage.INSTANTIATION ? reading.toString() : "-";
    }

    private static String limit(double millis) {
        return millis == 0 ? "-" : Long.toString(Math.round(millis));
    }

    private static String lower(Enum<?> stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
