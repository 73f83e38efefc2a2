package io.trinity.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/**
 * Which configurations the host's bundles take, and which keys: from their Metatype. A component
 * without one is known by its name only, and takes any key.
 *
 * @param singletons keys by PID
 * @param factories keys by factory PID
 * @param components names of all components
 */
record Schema(
        Map<String, Map<String, AttributeDefinition>> singletons,
        Map<String, Map<String, AttributeDefinition>> factories,
        List<String> components) {
    /** What the host's own PIDs begin with; of others nothing is said. */
    static final String OURS = "io.trinity.";

    static final String PLUGIN = "io.trinity.plugin";
    static final String LIMITS = "io.trinity.limits";

    /** Keys that begin so are the operator's, the plugin's or the framework's. */
    private static final Map<String, List<String>> OPEN =
            Map.of(
                    PLUGIN,
                    List.of("config.", "scope."),
                    "io.trinity.pipeline",
                    List.of("weights."),
                    "io.trinity.streams",
                    List.of("push.", "pull."),
                    "",
                    List.of("service.", "felix.", "component."));

    /** Of the whole framework, whatever state its bundles are in. */
    static Schema of(BundleContext context, MetaTypeService metatype) {
        Map<String, Map<String, AttributeDefinition>> singletons = new TreeMap<>();
        Map<String, Map<String, AttributeDefinition>> factories = new TreeMap<>();
        List<String> components = new java.util.ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            @Nullable String name = bundle.getSymbolicName();
            if (name == null || !name.startsWith(OURS)) {
                continue;
            }
            @Nullable String header = bundle.getHeaders("").get("Service-Component");
            for (String path : (header == null ? "" : header).split(",")) {
                components.add(path.trim().replaceAll("^.*/|[.]xml$", ""));
            }
            MetaTypeInformation types = metatype.getMetaTypeInformation(bundle);
            for (String pid : pids(types == null ? null : types.getPids())) {
                singletons.put(pid, keys(types.getObjectClassDefinition(pid, null)));
            }
            for (String pid : pids(types == null ? null : types.getFactoryPids())) {
                factories.put(pid, keys(types.getObjectClassDefinition(pid, null)));
            }
        }
        return new Schema(singletons, factories, components);
    }

    private static List<String> pids(String @Nullable [] pids) {
        return pids == null ? List.of() : List.of(pids);
    }

    private static Map<String, AttributeDefinition> keys(ObjectClassDefinition type) {
        Map<String, AttributeDefinition> keys = new LinkedHashMap<>();
        AttributeDefinition @Nullable [] all =
                type.getAttributeDefinitions(ObjectClassDefinition.ALL);
        if (all != null) {
            for (AttributeDefinition a : all) {
                keys.put(a.getID(), a);
            }
        }
        return keys;
    }

    /** The keys of a configuration; nothing where it has no Metatype. */
    Optional<Map<String, AttributeDefinition>> keys(Pid pid) {
        Map<String, AttributeDefinition> own =
                (pid.name().isPresent() ? factories : singletons).get(pid.pid());
        if (own != null && pid.pid().equals(PLUGIN)) {
            Map<String, AttributeDefinition> all = new LinkedHashMap<>(own);
            singletons.getOrDefault(LIMITS, Map.of()).forEach(all::putIfAbsent);
            all.remove("totalMemoryBytes");
            return Optional.of(all);
        }
        return Optional.ofNullable(own);
    }

    /** Whether a key may stand there although no Metatype names it. */
    static boolean isOpen(String pid, String key) {
        return OPEN.getOrDefault(pid, List.of()).stream().anyMatch(key::startsWith)
                || OPEN.getOrDefault("", List.of()).stream().anyMatch(key::startsWith)
                || key.endsWith(".target");
    }
}
