package io.trinity.shell;

import io.trinity.api.pipeline.PipelineStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All pipelines in a few words: how many are in which state, and what holds them up. Pure. */
final class PipelineSummary {
    private PipelineSummary() {}

    /** Pipelines by state. */
    static Map<String, Long> states(List<PipelineStatus> all) {
        return all.stream()
                .collect(
                        Collectors.groupingBy(
                                p -> p.state().label(), TreeMap::new, Collectors.counting()));
    }

    /** What holds pipelines up, as fields of JSON. */
    static List<Map<String, @Nullable Object>> troubles(List<PipelineStatus> all) {
        return all.stream()
                .filter(p -> p.trouble().isPresent())
                .map(PipelineSummary::fields)
                .toList();
    }

    private static Map<String, @Nullable Object> fields(PipelineStatus p) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("pipeline", p.name());
        p.trouble().ifPresent(t -> fields.putAll(PipelineText.fields(t)));
        fields.put("inputsWaiting", p.waiting().inputs());
        fields.put("oldestWaitingMillis", p.waiting().oldestMillis());
        return fields;
    }

    /** To follow what is said of the plugins: the states, and a line for each trouble. */
    static String text(List<PipelineStatus> all) {
        String states =
                states(all).entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", "));
        String troubles =
                all.stream()
                        .flatMap(
                                p ->
                                        p.trouble().stream()
                                                .map(
                                                        t ->
                                                                "\npipeline %s: %s; %s%s inputs wait"
                                                                        .formatted(
                                                                                p.name(),
                                                                                PipelineText.told(
                                                                                        t),
                                                                                inWork(p),
                                                                                p.waiting()
                                                                                        .inputs())))
                        .collect(Collectors.joining());
        return ", pipelines: " + (states.isEmpty() ? "none" : states) + troubles;
    }

    /** What is in work waits as well, for a stage that is missing. */
    private static String inWork(PipelineStatus p) {
        return p.working().isEmpty() ? "" : "'%s' is in work, ".formatted(p.working());
    }
}
