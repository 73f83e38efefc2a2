package io.trinity.shell;

import io.trinity.api.home.FileWords;
import io.trinity.api.pipeline.FailedInput;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.text.Escaped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code pipeline:failed} and {@code pipeline:retry}. */
@Component(
        service = PipelineFailed.class,
        immediate = true,
        property = {
            "osgi.command.scope=pipeline",
            "osgi.command.function=failed",
            "osgi.command.function=retry"
        })
public final class PipelineFailed {
    static final String FAILED_USAGE = "pipeline:failed [NAME] [--json]";
    static final String RETRY_USAGE = "pipeline:retry NAME [FILE] [--all] [--json]";

    private final PipelineNames pipelines;

    @Activate
    public PipelineFailed(@Reference PipelineNames pipelines) {
        this.pipelines = pipelines;
    }

    @Descriptor("the files that failed and are kept, and why; usage: " + FAILED_USAGE)
    public @Nullable String failed(@Descriptor("[NAME] [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(FAILED_USAGE, arguments);
        List<Pipeline> of =
                line.optional(0).isPresent()
                        ? List.of(pipelines.require(line.value(0)))
                        : pipelines.all();
        Table table = new Table("PIPELINE", "FILE", ">BYTES", "WHEN", "ID");
        List<Object> json = new ArrayList<>();
        for (Pipeline p : of) {
            for (FailedInput f : kept(p)) {
                String why = f.fault().code() + ": " + f.fault().message();
                String file = f.file().isEmpty() ? "(gone)" : f.file();
                table.row(
                        List.of(why),
                        p.name(),
                        file,
                        Units.bytes(f.bytes()),
                        Units.time(f.at()),
                        f.id());
                json.add(fields(p.name(), f));
            }
        }
        if (line.has("--json")) {
            return Answer.of(Json.write(json));
        }
        return Answer.of(json.isEmpty() ? "no file that failed is kept\n" : table.toString());
    }

    private static Map<String, Object> fields(String pipeline, FailedInput f) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pipeline", pipeline);
        fields.put("id", f.id());
        fields.put("file", f.file());
        fields.put("bytes", f.bytes());
        fields.put("at", f.at().toString());
        fields.put("code", f.fault().code().name());
        fields.put("message", f.fault().message());
        return fields;
    }

    @Descriptor(
            "takes a file that failed as if it were new: by name or id, or all; usage: "
                    + RETRY_USAGE)
    public @Nullable String retry(@Descriptor("NAME [FILE] [--all] [--json]") String... arguments)
            throws InterruptedException {
        CommandLine line = CommandLine.parse(RETRY_USAGE, arguments);
        Pipeline pipeline = pipelines.require(line.value(0));
        boolean all = line.has("--all");
        if (all == line.optional(1).isPresent()) {
            throw CommandFailure.usage("one file, or --all; usage: " + RETRY_USAGE);
        }
        List<String> taken = new ArrayList<>();
        if (all) {
            for (FailedInput f : kept(pipeline)) {
                if (!f.file().isEmpty()) {
                    taken.add(retry(pipeline, f.id()));
                }
            }
        } else {
            taken.add(retry(pipeline, line.value(1)));
        }
        if (line.has("--json")) {
            return Answer.of(Json.write(Map.of("pipeline", pipeline.name(), "taken", taken)));
        }
        return Answer.of(
                taken.isEmpty()
                        ? "no file that failed is kept\n"
                        : String.join(
                                "",
                                taken.stream()
                                        .map(f -> "taken again: " + Escaped.line(f) + "\n")
                                        .toList()));
    }

    private static String retry(Pipeline pipeline, String nameOrId) throws InterruptedException {
        try {
            return pipeline.retry(nameOrId)
                    .map(file -> Escaped.line(file))
                    .orElseThrow(
                            () ->
                                    CommandFailure.of(
                                            ErrorCode.NOT_FOUND,
                                            "pipeline '%s' keeps no failed file '%s'; see pipeline:failed %s"
                                                    .formatted(
                                                            pipeline.name(),
                                                            nameOrId,
                                                            pipeline.name())));
        } catch (IOException e) {
            throw CommandFailure.of(
                    ErrorCode.STORE_FAILED,
                    "'%s' cannot be taken again and is where it was: %s"
                            .formatted(nameOrId, FileWords.named(e)));
        } catch (IllegalStateException e) {
            throw CommandFailure.of(ErrorCode.ILLEGAL_TRANSITION, String.valueOf(e.getMessage()));
        }
    }

    private static List<FailedInput> kept(Pipeline pipeline) {
        try {
            return pipeline.failed();
        } catch (IOException e) {
            throw CommandFailure.of(
                    ErrorCode.STORE_FAILED,
                    "what failed in pipeline '%s' cannot be looked at: %s"
                            .formatted(pipeline.name(), FileWords.named(e)));
        }
    }
}
