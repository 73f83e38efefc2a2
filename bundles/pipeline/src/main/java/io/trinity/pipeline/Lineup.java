package io.trinity.pipeline;

import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.stage.PipelineStage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The stages that chunks are to pass, in order, and which of them do not serve. Pure; ADR 0024.
 *
 * @param names all of them, in order
 * @param serving those that can be called
 * @param missing those that cannot, in order
 */
record Lineup(
        List<String> names, Map<String, PipelineStage> serving, Map<String, Missing> missing) {
    Lineup {
        names = List.copyOf(names);
    }

    /**
     * Decides.
     *
     * @param configured names in order; empty for all stages that are installed, by name: those
     *     that serve, and those whose plugins are known and neither off nor on their first way in
     * @param there the services
     * @param plugins all that the registry knows; a stage that it does not know serves where it has
     *     a service
     */
    static Lineup of(
            List<String> configured,
            Collection<PipelineStage> there,
            Collection<PluginSnapshot> plugins) {
        Map<String, PipelineStage> services =
                there.stream().collect(Collectors.toMap(PipelineStage::name, s -> s, (a, b) -> a));
        Map<String, PluginSnapshot> known =
                plugins.stream()
                        .collect(Collectors.toMap(PluginSnapshot::name, Function.identity()));
        List<String> names = configured.isEmpty() ? installed(services, plugins) : configured;
        Map<String, PipelineStage> serving = new LinkedHashMap<>();
        Map<String, Missing> missing = new LinkedHashMap<>();
        for (String name : names) {
            PipelineStage service = services.get(name);
            Optional<PluginSnapshot> plugin = Optional.ofNullable(known.get(name));
            if (service != null && plugin.map(Lineup::callable).orElse(true)) {
                serving.put(name, service);
            } else {
                Missing why = Missing.of(name, plugin);
                missing.put(name, configured.isEmpty() ? why.unnamed() : why);
            }
        }
        return new Lineup(names, serving, missing);
    }

    private static boolean callable(PluginSnapshot p) {
        return p.state() == PluginState.ACTIVE || p.state() == PluginState.RELOADING;
    }

    private static List<String> installed(
            Map<String, PipelineStage> services, Collection<PluginSnapshot> plugins) {
        TreeSet<String> names = new TreeSet<>(services.keySet());
        plugins.stream().filter(Lineup::counts).map(PluginSnapshot::name).forEach(names::add);
        return new ArrayList<>(names);
    }

    /** A stage that nobody named counts where it lies in the folder and nobody switched it off. */
    private static boolean counts(PluginSnapshot p) {
        boolean firstWayIn = p.state() == PluginState.LOADING && p.error().isEmpty();
        return p.type().filter(t -> t.equals(ExtensionType.PIPELINE_STAGE)).isPresent()
                && !p.disabled()
                && !firstWayIn;
    }

    /** The service of a stage; nothing where it does not serve. */
    Optional<PipelineStage> service(String name) {
        return Optional.ofNullable(serving.get(name));
    }

    /** Those that serve, in order; one that is named twice is there twice. */
    List<PipelineStage> services() {
        return names.stream().map(serving::get).filter(Objects::nonNull).toList();
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    /** A sentence for each that is missing. */
    String told() {
        return missing.values().stream().map(Missing::toString).collect(Collectors.joining("; "));
    }
}
