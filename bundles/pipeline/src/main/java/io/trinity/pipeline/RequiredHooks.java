package io.trinity.pipeline;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.plugin.HookPoint;
import java.util.List;
import java.util.stream.Collectors;

/** Hooks without which no chunk passes, and that are not called now. Pure. */
final class RequiredHooks {
    private RequiredHooks() {}

    /** Those of points that a pipeline has: custom ones are asked of by whoever fires them. */
    static List<PipelineStatus.Missing> missing(PipelineServices services) {
        return services.hooks().map(HookBus::list).orElse(List.of()).stream()
                .filter(h -> h.required() && !h.missing().isEmpty())
                .filter(h -> h.point() != HookPoint.CUSTOM)
                .map(RequiredHooks::missing)
                .toList();
    }

    private static PipelineStatus.Missing missing(HookSnapshot h) {
        return new PipelineStatus.Missing(h.plugin(), h.point().label(), h.missing());
    }

    /** A sentence for each. */
    static String told(PipelineServices services) {
        return missing(services).stream()
                .map(
                        m ->
                                "required hook %s of '%s' is not called: %s"
                                        .formatted(m.place(), m.plugin(), m.why()))
                .collect(Collectors.joining("; "));
    }
}
