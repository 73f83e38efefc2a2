package io.trinity.shell;

import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.pipeline.PipelineStatus;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code pipeline:list} and {@code pipeline:status}. */
@Component(
        service = PipelineList.class,
        immediate = true,
        property = {
            "osgi.command.scope=pipeline",
            "osgi.command.function=list",
            "osgi.command.function=status"
        })
public final class PipelineList {
    static final String LIST_USAGE = "pipeline:list [--json]";
    static final String STATUS_USAGE = "pipeline:status [NAME] [--json]";

    private final PipelineNames pipelines;

    @Activate
    public PipelineList(@Reference PipelineNames pipelines) {
        this.pipelines = pipelines;
    }

    @Descriptor("all pipelines: state, stages, counts; usage: " + LIST_USAGE)
    public @Nullable String list(@Descriptor("[--json]") String... arguments) {
        boolean json = CommandLine.parse(LIST_USAGE, arguments).has("--json");
        List<PipelineStatus> all = all();
        return Answer.of(
                json
                        ? Json.write(all.stream().map(PipelineText::fields).toList())
                        : PipelineText.table(all));
    }

    @Descriptor("everything about one pipeline, or about each; usage: " + STATUS_USAGE)
    public @Nullable String status(@Descriptor("[NAME] [--json]") String... arguments) {
        CommandLine line = CommandLine.parse(STATUS_USAGE, arguments);
        if (line.optional(0).isPresent()) {
            PipelineStatus one = pipelines.require(line.value(0)).status();
            return Answer.of(
                    line.has("--json")
                            ? Json.write(PipelineText.fields(one))
                            : PipelineText.of(one));
        }
        List<PipelineStatus> all = all();
        if (line.has("--json")) {
            return Answer.of(Json.write(all.stream().map(PipelineText::fields).toList()));
        }
        return Answer.of(
                all.isEmpty()
                        ? PipelineText.table(all)
                        : String.join("\n", all.stream().map(PipelineText::of).toList()));
    }

    private List<PipelineStatus> all() {
        return pipelines.all().stream().map(Pipeline::status).toList();
    }
}
