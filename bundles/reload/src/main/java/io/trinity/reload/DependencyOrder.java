package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order in which plugins are started: each after those it depends on, else by name. Pure. */
final class DependencyOrder {
    private final Collection<String> plugins;
    private final Map<String, Manifest> manifests;
    private final Set<String> begun = new LinkedHashSet<>();
    private final Set<String> order = new LinkedHashSet<>();

    private DependencyOrder(Collection<String> plugins, Map<String, Manifest> manifests) {
        this.plugins = plugins;
        this.manifests = manifests;
    }

    /**
     * @param plugins all that are to be started
     * @param manifests of those whose manifest is known
     * @return each of the plugins once; within a circle of dependencies in any order
     */
    static List<String> of(Collection<String> plugins, Map<String, Manifest> manifests) {
        DependencyOrder order = new DependencyOrder(plugins, manifests);
        plugins.stream().sorted().forEach(order::add);
        return List.copyOf(order.order);
    }

    private void add(String plugin) {
        if (!plugins.contains(plugin) || !begun.add(plugin)) {
            return;
        }
        Manifest m = manifests.get(plugin);
        if (m != null) {
            m.dependencies().stream().map(Dependency::name).sorted().forEach(this::add);
        }
        order.add(plugin);
    }
}
