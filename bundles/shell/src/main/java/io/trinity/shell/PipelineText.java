package io.trinity.shell;

import io.trinity.api.config.Places;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.pipeline.PipelineStatus.Counts;
import io.trinity.api.pipeline.PipelineStatus.LastFailure;
import io.trinity.api.pipeline.PipelineStatus.Missing;
import io.trinity.api.pipeline.PipelineStatus.Trouble;
import io.trinity.api.pipeline.PipelineStatus.Waiting;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.text.Escaped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Pipelines and what became of runs, for people and for programs. */
final class PipelineText {
    private PipelineText() {}

    /** A row for each, with the newest fault below. */
    static String table(List<PipelineStatus> pipelines) {
        if (pipelines.isEmpty()) {
            return "no pipelines; " + Places.of("io.trinity.pipeline~NAME") + " makes one\n";
        }
        Table table =
                new Table(
                        "NAME",
                        "STATE",
                        "STAGES",
                        "WORKING",
                        ">DONE",
                        ">FAILED",
                        ">CHUNKS",
                        ">WINDOWS",
                        ">QUEUED",
                        ">WAITING");
        for (PipelineStatus p : pipelines) {
            Counts counts = p.counts();
            Waiting waiting = p.waiting();
            table.row(
                    List.of(note(p)),
                    p.name(),
                    p.state().label(),
                    stages(p),
                    p.working().isEmpty() ? "-" : p.working(),
                    counts.done(),
                    counts.failed(),
                    counts.chunksOut(),
                    counts.windows(),
                    waiting.queued() + "/" + waiting.queueCapacity(),
                    waiting.inputs());
        }
        return table.toString();
    }

    private static String note(PipelineStatus p) {
        List<String> notes = new ArrayList<>();
        p.trouble()
                .map(t -> told(t))
                .or(
                        () ->
                                p.lastFailure()
                                        .filter(l -> !l.recovered())
                                        .map(l -> "last fault, " + told(l)))
                .ifPresent(notes::add);
        int left = p.waiting().left().files();
        if (left > 0) {
            notes.add(
                    files(left) + " left in the inbox; pipeline:status " + p.name() + " says why");
        }
        return String.join("; ", notes);
    }

    private static String files(int count) {
        return count == 1 ? "1 file is" : count + " files are";
    }

    /** {@code 2026-07-01T12:00:00Z: a.txt: GUEST_TRAP: …}. */
    private static String told(LastFailure l) {
        return "%s: %s: %s: %s"
                .formatted(Units.time(l.at()), l.file(), l.fault().code(), l.fault().message());
    }

    /** {@code STORE_FAILED for 3 min 5 s: …}. */
    static String told(Trouble t) {
        return "%s for %s: %s"
                .formatted(
                        t.code(),
                        Units.duration(Duration.ofMillis(t.lastingMillis())),
                        t.message());
    }

    /** A line for each fact of one. */
    static String of(PipelineStatus p) {
        Counts counts = p.counts();
        Waiting waiting = p.waiting();
        Lines lines = new Lines();
        lines.add("name", p.name());
        lines.add("state", p.state().label());
        p.trouble()
                .ifPresent(
                        t ->
                                lines.add(
                                        "trouble",
                                        told(t) + " (since " + Units.time(t.since()) + ")"));
        p.lastFailure().ifPresent(l -> lines.add("last fault", told(l)));
        lines.add("stages", stages(p));
        lines.all("missing", p.missing().stream().map(PipelineText::told).toList());
        lines.add("working on", p.working().isEmpty() ? "-" : p.working());
        lines.add(
                "files",
                "%s done%s, %s failed"
                        .formatted(
                                counts.done(),
                                counts.partial() == 0
                                        ? ""
                                        : " (" + counts.partial() + " of them partial)",
                                counts.failed()));
        lines.add("in", counts.chunksIn() + " chunks, " + Units.bytes(counts.bytesIn()));
        lines.add("out", counts.chunksOut() + " chunks, " + Units.bytes(counts.bytesOut()));
        lines.add("windows", Long.toString(counts.windows()));
        lines.add(
                "queued", waiting.queued() + " of at most " + waiting.queueCapacity() + " chunks");
        lines.add("waiting", told(waiting));
        lines.all("left", left(waiting.left()));
        lines.add("inbox", p.inbox());
        lines.add("outbox", p.outbox());
        return lines.toString();
    }

    private static String told(Waiting waiting) {
        return waiting.inputs()
                + (waiting.inputs() == 1 ? " input" : " inputs")
                + (waiting.inputs() == 0
                        ? ""
                        : ", the oldest for "
                                + Units.duration(Duration.ofMillis(waiting.oldestMillis())));
    }

    private static List<String> left(PipelineStatus.Left left) {
        List<String> all = new ArrayList<>();
        left.first().forEach((file, why) -> all.add(file + ": " + why));
        if (left.files() > all.size()) {
            all.add("and " + (left.files() - all.size()) + " more");
        }
        return all;
    }

    /** A trouble as fields of JSON. */
    static Map<String, @Nullable Object> fields(Trouble t) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", t.code().name());
        fields.put("message", t.message());
        fields.put("since", t.since().toString());
        fields.put("lastingMillis", t.lastingMillis());
        return fields;
    }

    /** The same as fields of JSON. */
    static Map<String, @Nullable Object> fields(PipelineStatus p) {
        Counts counts = p.counts();
        Waiting waiting = p.waiting();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", p.name());
        fields.put("state", p.state().label());
        fields.put("inbox", p.inbox());
        fields.put("outbox", p.outbox());
        fields.put("stages", p.stages());
        fields.put("working", p.working().isEmpty() ? null : p.working());
        fields.put(
                "missing",
                p.missing().stream()
                        .map(m -> Map.of("plugin", m.plugin(), "place", m.place(), "why", m.why()))
                        .toList());
        fields.put("done", counts.done());
        fields.put("partial", counts.partial());
        fields.put("failed", counts.failed());
        fields.put("chunksIn", counts.chunksIn());
        fields.put("chunksOut", counts.chunksOut());
        fields.put("bytesIn", counts.bytesIn());
        fields.put("bytesOut", counts.bytesOut());
        fields.put("windows", counts.windows());
        fields.put("queued", waiting.queued());
        fields.put("queueCapacity", waiting.queueCapacity());
        fields.put("inputsWaiting", waiting.inputs());
        fields.put("oldestWaitingMillis", waiting.oldestMillis());
        fields.put(
                "left", Map.of("files", waiting.left().files(), "first", waiting.left().first()));
        fields.put("trouble", p.trouble().map(PipelineText::fields).orElse(null));
        fields.put("lastFault", p.lastFailure().map(PipelineText::fields).orElse(null));
        return fields;
    }

    private static Map<String, @Nullable Object> fields(LastFailure l) {
        Map<String, @Nullable Object> fields = Json.fault(l.fault());
        fields.put("file", l.file());
        fields.put("at", l.at().toString());
        return fields;
    }

    /** What became of a run, and what each plugin did. */
    static String of(RunReport r) {
        Table table =
                new Table(
                        "PLUGIN", "PLACE", ">CALLS", ">FAILED", ">IN", ">OUT", ">TIME", "OUTCOMES");
        for (TraceEntry t : r.trace()) {
            table.row(
                    List.of(),
                    t.plugin(),
                    t.place(),
                    t.calls(),
                    t.failures(),
                    t.chunksIn(),
                    t.chunksOut(),
                    Units.micros(t.micros()),
                    t.outcomes());
        }
        return Escaped.line(r.source())
                + switch (r.status()) {
                    case OK -> " went through ";
                    case PARTIAL ->
                            " went, without all of it (" + Escaped.line(skipped(r)) + "), through ";
                    case FAILED -> " did not go through ";
                }
                + r.pipeline()
                + " in "
                + Units.micros(r.millis() * 1000.0)
                + ": "
                + r.chunksIn()
                + " chunks ("
                + Units.bytes(r.bytesIn())
                + ") in, "
                + r.chunksOut()
                + " ("
                + Units.bytes(r.bytesOut())
                + ") out, "
                + r.windows()
                + " windows"
                + (r.output().isEmpty() ? "" : "; outbox: " + Escaped.line(r.output()))
                + "\n"
                + (r.trace().isEmpty() ? "no plugin was called\n" : table);
    }

    /** What did not do its part: {@code stage mask: STAGE_MISSING 3}. */
    private static String skipped(RunReport r) {
        return r.skipped().stream()
                .map(t -> t.place() + " " + t.plugin() + ": " + t.outcomes())
                .collect(Collectors.joining("; "));
    }

    private static String told(Missing m) {
        return m.place() + " " + m.plugin() + ": " + m.why();
    }

    /** The same as fields of JSON. */
    static Map<String, @Nullable Object> fields(RunReport r) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("pipeline", r.pipeline());
        fields.put("source", r.source());
        fields.put("output", r.output().isEmpty() ? null : r.output());
        fields.put("chunksIn", r.chunksIn());
        fields.put("bytesIn", r.bytesIn());
        fields.put("chunksOut", r.chunksOut());
        fields.put("bytesOut", r.bytesOut());
        fields.put("windows", r.windows());
        fields.put("millis", r.millis());
        fields.put("status", r.status().label());
        fields.put("skipped", r.skipped().stream().map(PipelineText::fields).toList());
        fields.put("error", r.fault().map(Json::fault).orElse(null));
        fields.put("trace", r.trace().stream().map(PipelineText::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(TraceEntry t) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("plugin", t.plugin());
        fields.put("place", t.place());
        fields.put("calls", t.calls());
        fields.put("failures", t.failures());
        fields.put("chunksIn", t.chunksIn());
        fields.put("chunksOut", t.chunksOut());
        fields.put("micros", t.micros());
        fields.put("outcomes", t.outcomes());
        return fields;
    }

    private static String stages(PipelineStatus p) {
        return p.stages().isEmpty() ? "-" : String.join(", ", p.stages());
    }
}
