package io.trinity.pipeline;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.hook.Part;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.pipeline.RunReport.TraceEntry;
import io.trinity.api.stream.Chunk;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two results of one stream: its transformed bytes, and a line of JSON per chunk with a summary
 * as the last line. Written under hidden names, synced, and renamed when complete; the lines come
 * last, so that whoever sees them sees the bytes too.
 */
final class ResultFiles implements Closeable {
    private final Path outbox;
    private final String inputName;
    private final String pipeline;
    private boolean failed;
    private final Path bytesPart;
    private final Path linesPart;
    private final OutputStream bytes;
    private final OutputStream lines;
    private String contentType = "";
    private long chunks;
    private long bytesWritten;

    ResultFiles(Path outbox, String inputName, String pipeline) throws IOException {
        this.outbox = outbox;
        this.inputName = inputName;
        this.pipeline = pipeline;
        Files.createDirectories(outbox);
        // Not named after the input: its name may be as long as a name can be.
        bytesPart = outbox.resolve("." + pipeline + ".bytes.part");
        linesPart = outbox.resolve("." + pipeline + ".lines.part");
        bytes = new BufferedOutputStream(Files.newOutputStream(bytesPart));
        lines = new BufferedOutputStream(Files.newOutputStream(linesPart));
    }

    void add(Chunk c) throws IOException {
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
        lines.write(JSON.std.asString(line).getBytes(StandardCharsets.UTF_8));
        lines.write('\n');
    }

    /** A window as one line, its vector as a digest: 10,000 numbers are for nobody to read. */
    void add(FusedWindow w) throws IOException {
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
        line.put("vector", digest(w.window().fused().trits()));
        Map<String, Object> notes = new LinkedHashMap<>();
        w.window().notes().forEach(n -> notes.put(n.name(), n.value()));
        line.put("notes", notes);
        write(line);
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Name of the published bytes; empty where there are none. */
    String output() {
        return failed ? "" : outputName();
    }

    /** Publishes the results of a run that has ended. */
    void publish(StreamRun run) throws IOException {
        Optional<StageRun.Failure> failure = run.failure();
        failed = failure.isPresent();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("file", inputName);
        summary.put("pipeline", pipeline);
        summary.put("status", run.status().label());
        if (failure.isPresent()) {
            summary.put("error", error(failure.get()));
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
        write(summary);
        bytes.close();
        lines.close();
        sync(linesPart);
        if (failure.isPresent()) {
            Files.deleteIfExists(bytesPart);
        } else {
            sync(bytesPart);
            move(bytesPart, outbox.resolve(outputName()));
        }
        move(linesPart, outbox.resolve(MediaTypes.shortened(inputName) + ".jsonl"));
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
        return MediaTypes.resultName(MediaTypes.shortened(inputName), contentType);
    }

    private static Map<String, Object> error(StageRun.Failure f) {
        Map<String, Object> e = new LinkedHashMap<>();
        e.put("plugin", f.plugin());
        e.put("code", f.code().name());
        e.put("message", f.message());
        return e;
    }

    private static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves nothing half-written behind. */
    @Override
    public void close() throws IOException {
        try {
            bytes.close();
            lines.close();
        } finally {
            Files.deleteIfExists(bytesPart);
            Files.deleteIfExists(linesPart);
        }
    }
}
