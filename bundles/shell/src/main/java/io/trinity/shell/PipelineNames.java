package io.trinity.shell;

import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * {@code pipeline:names} and {@code pipeline:kept}, what completion offers; and the way to the
 * pipelines.
 */
@Component(
        service = PipelineNames.class,
        immediate = true,
        property = {
            "osgi.command.scope=pipeline",
            "osgi.command.function=names",
            "osgi.command.function=kept"
        })
public final class PipelineNames {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Pipeline> pipelines = List.of();

    @Descriptor("the pipelines' names, for completion; usage: pipeline:names")
    public List<String> names() {
        return all().stream().map(Pipeline::name).toList();
    }

    /** By their names, or by their ids where a name is no plain word. */
    @Descriptor("the files of a pipeline that failed, for completion; usage: pipeline:kept NAME")
    public List<String> kept(@Descriptor("NAME") String name) throws IOException {
        List<String> kept = new ArrayList<>();
        for (Pipeline p : pipelines) {
            if (p.name().equals(name)) {
                p.failed().stream()
                        .filter(f -> !f.file().isEmpty())
                        .map(f -> PlainWord.is(f.file()) ? f.file() : f.id())
                        .distinct()
                        .forEach(kept::add);
            }
        }
        return kept;
    }

    /** All in the order of their names. */
    List<Pipeline> all() {
        return pipelines.stream().sorted(Comparator.comparing(Pipeline::name)).toList();
    }

    /**
     * The pipeline of that name.
     *
     * @throws CommandFailure NOT_FOUND, naming those that exist
     */
    Pipeline require(String name) {
        for (Pipeline p : pipelines) {
            if (p.name().equals(name)) {
                return p;
            }
        }
        String names = String.join(", ", names());
        throw CommandFailure.of(
                ErrorCode.NOT_FOUND,
                "there is no pipeline '"
                        + name
                        + "'; "
                        + (names.isEmpty()
                                ? "no pipeline runs; see " + Present.listing("io.trinity.pipeline")
                                : "there are: " + names));
    }
}
