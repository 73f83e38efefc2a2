package io.trinity.shell;

import io.trinity.api.config.Configurations;
import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Setting;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.policy.Grants;
import io.trinity.api.policy.Grants.Verdict;
import io.trinity.api.policy.Limits;
import io.trinity.api.policy.Policies;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.registry.PluginRegistry.Candidate;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a plugin besides its snapshot, gathered from those who are there.
 *
 * @param limits in effect by their configuration keys; empty where there is no policy
 * @param verdicts on the capabilities that it declares
 * @param hooks as the bus has them
 * @param dependencies that its manifest names, with those that are there
 * @param dependents names of the plugins that depend on it
 * @param usage what it has used up; nothing where it is gone meanwhile
 * @param settings of its manifest by key
 * @param place where its configuration stands; empty where nobody can tell
 * @param configured what is configured of its settings, by key
 */
record PluginFacts(
        Map<String, Object> limits,
        List<Verdict> verdicts,
        List<HookSnapshot> hooks,
        List<Dependency> dependencies,
        List<String> dependents,
        Optional<PluginUsage> usage,
        Map<String, Setting> settings,
        Optional<String> place,
        Map<String, Configurations.Setting> configured) {
    private static final String PID = "io.trinity.plugin~";
    private static final String OWN = "config.";

    /** A plugin that another needs, and that plugin where it is there. */
    record Dependency(Manifest.Dependency need, Optional<PluginSnapshot> provider) {}

    static PluginFacts of(
            String name,
            PluginRegistry registry,
            @Nullable Policies policies,
            @Nullable Grants grants,
            @Nullable HookBus bus,
            @Nullable Configurations configurations) {
        Optional<Candidate> candidate = registry.candidate(name);
        Optional<Manifest> manifest = candidate.map(Candidate::manifest);
        return new PluginFacts(
                policies == null ? Map.of() : byKey(policies.current().limits(name)),
                grants == null
                        ? List.of()
                        : candidate.stream().flatMap(c -> verdicts(grants, c)).toList(),
                bus == null
                        ? List.of()
                        : bus.list().stream().filter(h -> h.plugin().equals(name)).toList(),
                manifest.stream()
                        .flatMap(m -> m.dependencies().stream())
                        .map(d -> new Dependency(d, registry.find(d.name())))
                        .toList(),
                registry.dependents(name),
                registry.usage(name),
                new TreeMap<>(manifest.map(Manifest::config).orElse(Map.of())),
                Optional.ofNullable(configurations).map(c -> c.place(PID + name)),
                configurations == null ? Map.of() : configured(name, configurations));
    }

    private static Map<String, Configurations.Setting> configured(
            String name, Configurations configurations) {
        Map<String, Configurations.Setting> byKey = new LinkedHashMap<>();
        for (Configurations.Setting s : configurations.settings(Optional.of(PID + name))) {
            boolean said = !s.place().equals("default") || s.invalid().isPresent();
            if (s.key().startsWith(OWN) && said) {
                byKey.put(s.key().substring(OWN.length()), s);
            }
        }
        return byKey;
    }

    private static Stream<Verdict> verdicts(Grants grants, Candidate c) {
        return c.manifest().capabilities().stream()
                .map(n -> grants.verdict(c.manifest().name(), c.digest(), n.capability()));
    }

    /** The components of {@link Limits} are named as the keys that configure them. */
    private static Map<String, Object> byKey(Limits limits) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent c : Limits.class.getRecordComponents()) {
            try {
                values.put(c.getName(), c.getAccessor().invoke(limits));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a limit that cannot be read: " + c.getName(), e);
            }
        }
        return values;
    }
}
