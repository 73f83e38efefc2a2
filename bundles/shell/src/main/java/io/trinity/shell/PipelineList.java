package io.trinity.shell;

import io.trinity.api.config.Configurations;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.text.Escaped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

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

    private static final String PID = "io.trinity.pipeline~";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

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
                json ? Json.write(all.stream().map(PipelineText::fields).toList()) : table(all));
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
                        ? table(all)
                        : String.join("\n", all.stream().map(PipelineText::of).toList())
                                + unread());
    }

    private String table(List<PipelineStatus> all) {
        String unread = unread();
        return all.isEmpty() && !unread.isEmpty() ? unread : PipelineText.table(all) + unread;
    }

    /** A line for each pipeline of which nobody can read what it is to do. */
    private String unread() {
        Configurations known = configurations;
        Map<String, String> all = known == null ? Map.of() : known.unread();
        return new TreeMap<>(all)
                .entrySet().stream()
                        .filter(e -> e.getKey().startsWith(PID))
                        .map(
                                e ->
                                        "pipeline %s does not run: %s\n"
                                                .formatted(
                                                        e.getKey().substring(PID.length()),
                                                        Escaped.line(e.getValue())))
                        .collect(Collectors.joining());
    }

    private List<PipelineStatus> all() {
        return pipelines.all().stream().map(Pipeline::status).toList();
    }
}
