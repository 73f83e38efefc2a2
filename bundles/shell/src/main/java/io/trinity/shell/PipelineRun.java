package io.trinity.shell;

import io.trinity.api.home.FileWords;
import io.trinity.api.home.Home;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.pipeline.RunReport;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code pipeline:run}. */
@Component(
        service = PipelineRun.class,
        immediate = true,
        property = {"osgi.command.scope=pipeline", "osgi.command.function=run"})
public final class PipelineRun {
    static final String USAGE = "pipeline:run NAME FILE [--json]";

    private final PipelineNames pipelines;
    private final GivenFiles files;

    @Activate
    public PipelineRun(@Reference PipelineNames pipelines, @Reference Home home) {
        this.pipelines = pipelines;
        this.files = new GivenFiles(home);
    }

    @Descriptor("runs a file through a pipeline and tells what each plugin did; usage: " + USAGE)
    public @Nullable String run(
            CommandSession session, @Descriptor("NAME FILE [--json]") String... arguments)
            throws Exception {
        return Answer.of(
                GoesOn.with(
                        session,
                        "the file goes through the pipeline, its result into the outbox;"
                                + " pipeline:status tells of it",
                        () -> run(session.currentDir(), arguments)));
    }

    String run(Path directory, String... arguments) throws InterruptedException {
        CommandLine line = CommandLine.parse(USAGE, arguments);
        Pipeline pipeline = pipelines.require(line.value(0));
        Path file = files.input(directory, line.value(1));
        RunReport report = report(pipeline, file);
        String answer =
                line.has("--json")
                        ? Json.write(PipelineText.fields(report))
                        : PipelineText.of(report);
        if (report.fault().isEmpty()) {
            return answer;
        }
        System.out.print(
                line.has("--json") ? Escaped.lines(answer) : Folded.lines(Escaped.lines(answer)));
        System.out.flush();
        throw CommandFailure.of(report.fault().get().code(), report.fault().get().message());
    }

    private static RunReport report(Pipeline pipeline, Path file) throws InterruptedException {
        try {
            return pipeline.run(file);
        } catch (PluginException e) {
            throw CommandFailure.of(e);
        } catch (IOException e) {
            boolean ofInput =
                    e instanceof FileSystemException f && file.toString().equals(f.getFile());
            throw CommandFailure.of(
                    ofInput ? ErrorCode.FILE_UNREADABLE : ErrorCode.STORE_FAILED,
                    "pipeline '%s' could not run %s: %s%s"
                            .formatted(
                                    pipeline.name(),
                                    file,
                                    ofInput ? FileWords.of(e) : FileWords.named(e),
                                    ofInput
                                            ? ""
                                            : "; make room on the disk and check who may write in"
                                                    + " its outbox and in data/"));
        }
    }
}
