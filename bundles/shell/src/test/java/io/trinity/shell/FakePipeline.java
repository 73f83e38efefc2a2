package io.trinity.shell;

import io.trinity.api.pipeline.FailedInput;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.pipeline.PipelineState;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.stream.Chunk;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything goes through but for bad.txt and gone.txt. */
record FakePipeline(
        String name,
        String stages,
        String working,
        Optional<Fault> fault,
        Optional<PipelineStatus.Trouble> trouble)
        implements Pipeline {
    private static final Instant FAILED_AT = Instant.parse("2026-07-01T12:00:00.418386121Z");

    FakePipeline(String name, String stages, String working, Optional<Fault> fault) {
        this(name, stages, working, fault, Optional.empty());
    }

    @Override
    public PipelineStatus status() {
        return new PipelineStatus(
                name,
                working.isEmpty() ? PipelineState.IDLE : PipelineState.WORKING,
                "/h/inbox",
                "/h/outbox",
                stages.isEmpty() ? List.of() : List.of(stages.split(", ")),
                List.of(),
                working,
                new PipelineStatus.Counts(5, 0, 1, 100, 90, 2048, 1024, 3),
                new PipelineStatus.Waiting(
                        2,
                        64,
                        trouble.isPresent() ? 3 : 0,
                        trouble.isPresent() ? 65_000 : 0,
                        trouble.isPresent()
                                ? new PipelineStatus.Left(21, Map.of("secret", "it is a link"))
                                : PipelineStatus.Left.NONE),
                trouble,
                fault.map(f -> new PipelineStatus.LastFailure("a.txt", f, FAILED_AT, false)));
    }

    @Override
    public RunReport run(Path file) throws IOException {
        String source = file.getFileName().toString();
        if (source.equals("gone.txt")) {
            throw new NoSuchFileException(file.toString());
        }
        if (source.equals("full.txt")) {
            throw new IOException("No space left on device");
        }
        boolean bad = source.equals("bad.txt");
        return new RunReport(
                name,
                source,
                bad ? "" : source,
                2,
                5,
                1,
                3,
                0,
                1200,
                bad ? Optional.of(PipelineCommandsTest.TRAP) : Optional.empty(),
                List.of(
                        new RunReport.TraceEntry("a", "stage", 2, 0, 2, 2, 4000, "ok 2"),
                        new RunReport.TraceEntry("guard", "post_chunk", 1, 0, 2, 1, 5, "drop 1")));
    }

    @Override
    public List<FailedInput> failed() {
        return fault.isEmpty()
                ? List.of()
                : List.of(
                        new FailedInput(
                                "0000019c00000001",
                                // What strangers named, where they named the stages too.
                                Escaped.isPlain(stages) ? "a.txt" : stages,
                                2048,
                                Instant.parse("2026-11-29T08:00:00.123456789Z"),
                                fault.get()),
                        new FailedInput(
                                "0000019c00000002",
                                "",
                                0,
                                Instant.parse("2026-11-29T08:00:01Z"),
                                fault.get()));
    }

    @Override
    public Optional<String> retry(String nameOrId) throws IOException {
        if (nameOrId.equals("stuck.txt")) {
            throw new IOException("no space");
        }
        return failed().stream()
                .filter(f -> f.id().equals(nameOrId) || f.file().equals(nameOrId))
                .map(FailedInput::file)
                .findFirst();
    }

    @Override
    public Feed open(String stream, Consumer<List<Chunk>> results) {
        throw new UnsupportedOperationException("no command opens streams");
    }
}
