package io.trinity.pipeline;

import io.trinity.api.stage.PipelineStage;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** In which order stages are passed. Pure. */
final class StageOrder {
    private StageOrder() {}

    /**
     * @param configured names in order; those that are not there are left out; empty for all by
     *     name
     * @param there the stages that serve
     */
    static List<PipelineStage> of(List<String> configured, Collection<PipelineStage> there) {
        if (configured.isEmpty()) {
            return there.stream().sorted(Comparator.comparing(PipelineStage::name)).toList();
        }
        Map<String, PipelineStage> byName =
                there.stream().collect(Collectors.toMap(PipelineStage::name, s -> s, (a, b) -> a));
        return configured.stream().map(byName::get).filter(Objects::nonNull).toList();
    }
}
