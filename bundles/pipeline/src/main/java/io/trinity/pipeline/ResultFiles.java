package io.trinity.pipeline;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.home.DurableFile;
import io.trinity.api.hook.Part;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.stream.Chunk;
import io.trinity.api.text.Sha256;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two results of one stream: its transformed bytes, and a line of JSON per chunk with a summary
 * as the last line. Written under hidden names, synced, and renamed when complete; the lines come
 * last, so that whoever sees them sees the bytes too.
 */
final class ResultFiles implements StreamRun.Sink, Closeable {
    /** Of a vector, in its line. */
    private static final int DIGEST_DIGITS = 16;

    private static final String PART = ".part";

    /**
     * Under which name results are put down.
     *
     * @param outbox where
     * @param names shared by all that put results there
     * @param owner for whom a name that is chosen stays reserved
     * @param replace whether what has the name is replaced; else another name is chosen
     * @param chosen the name that an earlier try had chosen; its files are replaced
     * @param note told of the name before anything is put down under it
     * @param input whose mode bounds that of the results
     */
    record Names(
            Path outbox,
            OutboxNames names,
            Object owner,
            boolean replace,
            Optional<String> chosen,
            OutboxNames.Use note,
            Path input) {}

    private final Names names;
    private final String inputName;
    private final String pipeline;
    private boolean failed;
    private final Path bytesPart;
    private final Path linesPart;
    private final OutputStream bytes;
    private final OutputStream lines;
    private String contentType = "";
    private String name = "";
    private long chunks;
    private long bytesWritten;
    private long linesWritten;

    ResultFiles(String inputName, String pipeline, Names names) throws IOException {
        this.names = names;
        this.inputName = inputName;
        this.pipeline = pipeline;
        Files.createDirectories(names.outbox);
        // Not named after the input: its name may be as long as a name can be.
        bytesPart = part(names.outbox, "." + pipeline + ".bytes");
        linesPart = part(names.outbox, "." + pipeline + ".lines");
        bytes = open(bytesPart, names.input);
        try {
            lines = open(linesPart, names.input);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** A name that nobody holds: what a crash left is deleted, what cannot be is gone round. */
    private static Path part(Path outbox, String stem) throws IOException {
        for (int n = 1; ; n++) {
            Path part = outbox.resolve(stem + (n == 1 ? "" : "~" + n) + PART);
            try {
                Files.deleteIfExists(part);
                return part;
            } catch (DirectoryNotEmptyException e) {
                // The next.
            }
        }
    }

    /** Never what somebody put there: a link would lead elsewhere. */
    private static OutputStream open(Path part, Path input) throws IOException {
        OutputStream out =
                Files.newOutputStream(
                        part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            // Before anything is written.
            InputMode.limit(part, input);
        } catch (IOException e) {
            out.close();
            throw e;
        }
        return new BufferedOutputStream(out);
    }

    @Override
    public void chunks(List<Chunk> made) throws IOException {
        for (Chunk c : made) {
            add(c);
        }
    }

    private void add(Chunk c) throws IOException {
        if (contentType.isEmpty()) {
            contentType = c.contentType();
        }
        bytes.write(c.payload());
        bytesWritten += c.payload().length;
        chunks++;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("stream", c.stream());
        line.put("sequence", c.sequence());
        line.put("modality", c.modality());
        line.put("contentType", c.contentType());
        line.put("bytes", c.payload().length);
        line.put("eventTimeNanos", c.eventTimeNanos());
        Map<String, Object> attributes = new LinkedHashMap<>();
        c.attributes().forEach(a -> attributes.put(a.name(), a.value()));
        line.put("attributes", attributes);
        line.put("last", c.last());
        write(line);
    }

    private void write(Map<String, Object> line) throws IOException {
        byte[] text = JSON.std.asString(line).getBytes(StandardCharsets.UTF_8);
        lines.write(text);
        lines.write('\n');
        linesWritten += text.length + 1;
    }

    @Override
    public long written() {
        return bytesWritten + linesWritten;
    }

    /** A window as one line, its vector as a digest: 10,000 numbers are for nobody to read. */
    @Override
    public void window(FusedWindow w) throws IOException {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("window", w.window().key());
        line.put("startNanos", w.window().startNanos());
        line.put("endNanos", w.window().endNanos());
        line.put("label", w.window().label());
        line.put("confidence", w.window().confidence());
        List<Object> parts = new ArrayList<>();
        for (Part p : w.parts()) {
            Map<String, Object> part = new LinkedHashMap<>();
            part.put("modality", p.modality());
            part.put("chunks", p.chunks());
            part.put("weight", p.weight());
            parts.add(part);
        }
        line.put("parts", parts);
        line.put("vector", Sha256.hex(w.window().fused().trits()).substring(0, DIGEST_DIGITS));
        Map<String, Object> notes = new LinkedHashMap<>();
        w.window().notes().forEach(n -> notes.put(n.name(), n.value()));
        line.put("notes", notes);
        write(line);
    }

    /** Name of the published bytes; empty where there are none. */
    String output() {
        return failed ? "" : outputName();
    }

    /** The name that was chosen; that of the bytes may have one more ending. */
    String name() {
        return name;
    }

    /** Publishes the results of a run that has ended. */
    void publish(StreamRun run) throws IOException {
        failed = run.failure().isPresent();
        bytes.close();
        String wanted = MediaTypes.shortened(inputName);
        OutboxNames.Use put = chosen -> publish(run, chosen);
        if (names.chosen.isPresent()) {
            names.names.alone(names.chosen.get(), put);
        } else if (names.replace) {
            names.names.alone(wanted, put);
        } else {
            names.names.free(wanted, failed ? "" : contentType, names.owner, put);
        }
    }

    private void publish(StreamRun run, String chosen) throws IOException {
        name = chosen;
        names.note.with(chosen);
        write(summary(run));
        lines.close();
        DurableFile.sync(linesPart);
        if (failed) {
            Files.deleteIfExists(bytesPart);
        } else {
            DurableFile.sync(bytesPart);
            move(bytesPart, names.outbox.resolve(outputName()));
        }
        move(linesPart, names.outbox.resolve(MediaTypes.linesName(name)));
        DurableFile.syncFolder(names.outbox);
    }

    private Map<String, Object> summary(StreamRun run) {
        Optional<StageRun.Failure> failure = run.failure();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("file", inputName);
        summary.put("pipeline", pipeline);
        summary.put("status", run.status().label());
        if (failure.isPresent()) {
            Map<String, Object> error = error(failure.get());
            if (run.chunksIn() > 0) {
                error.put("chunk", run.chunksIn() - 1);
            }
            summary.put("error", error);
        } else {
            summary.put("output", outputName());
        }
        List<TraceEntry> skipped = RunReport.skipped(run.trace());
        if (!skipped.isEmpty()) {
            summary.put("skipped", skipped.stream().map(ResultFiles::traced).toList());
        }
        summary.put("chunksIn", run.chunksIn());
        summary.put("bytesIn", run.bytesIn());
        summary.put("chunksOut", chunks);
        summary.put("bytesOut", bytesWritten);
        summary.put("windows", run.windows());
        List<Object> stages = new ArrayList<>();
        for (StageRun s : run.stages()) {
            Map<String, Object> t = new LinkedHashMap<>();
            t.put("plugin", s.plugin());
            t.put("calls", s.calls());
            t.put("failures", s.failures());
            t.put("chunksIn", s.chunksIn());
            t.put("chunksOut", s.chunksOut());
            t.put("micros", s.micros());
            s.lastFailure().ifPresent(f -> t.put("lastError", error(f)));
            stages.add(t);
        }
        summary.put("stages", stages);
        summary.put("trace", run.trace().stream().map(ResultFiles::traced).toList());
        return summary;
    }

    private static Map<String, Object> traced(TraceEntry e) {
        Map<String, Object> t = new LinkedHashMap<>();
        t.put("plugin", e.plugin());
        t.put("place", e.place());
        t.put("calls", e.calls());
        t.put("failures", e.failures());
        t.put("chunksIn", e.chunksIn());
        t.put("chunksOut", e.chunksOut());
        t.put("micros", e.micros());
        t.put("outcomes", e.outcomes());
        return t;
    }

    private String outputName() {
        return MediaTypes.resultName(name, contentType);
    }

    private static Map<String, Object> error(StageRun.Failure f) {
        Map<String, Object> e = new LinkedHashMap<>();
        e.put("plugin", f.plugin());
        e.put("code", f.code().name());
        e.put("message", f.message());
        return e;
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves nothing half-written behind, also where an earlier life was cut off. */
    @Override
    public void close() throws IOException {
        try (OutputStream first = bytes;
                OutputStream second = lines) {
            // Both are closed, whatever closing the one throws.
        } finally {
            Files.deleteIfExists(bytesPart);
            Files.deleteIfExists(linesPart);
        }
    }
}
