package io.trinity.shell;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.registry.PluginRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plugins that are there, and what becomes of them from one look to the next. */
final class FakeRegistry implements PluginRegistry {
    static final String DIGEST = "cd".repeat(32);

    final Map<String, PluginSnapshot> plugins = new TreeMap<>();
    final Map<String, Candidate> candidates = new HashMap<>();
    final Map<String, List<String>> dependents = new HashMap<>();

    final Map<String, FailedCall> failed = new HashMap<>();

    /** Each look at one plugin finds what comes next, until nothing does. */
    final Deque<PluginSnapshot> next = new ArrayDeque<>();

    FakeRegistry(PluginSnapshot... plugins) {
        for (PluginSnapshot p : plugins) {
            this.plugins.put(p.name(), p);
        }
    }

    FakeRegistry candidate(Manifest manifest) {
        candidates.put(manifest.name(), new Candidate(manifest, DIGEST));
        return this;
    }

    void put(PluginSnapshot plugin) {
        plugins.put(plugin.name(), plugin);
    }

    @Override
    public List<PluginSnapshot> list() {
        return List.copyOf(plugins.values());
    }

    @Override
    public Optional<PluginSnapshot> find(String name) {
        Optional<PluginSnapshot> found = Optional.ofNullable(plugins.get(name));
        if (!next.isEmpty()) {
            put(next.removeFirst());
        }
        return found;
    }

    @Override
    public Optional<PluginUsage> usage(String name) {
        return Optional.ofNullable(plugins.get(name)).map(Snapshots::usage);
    }

    @Override
    public Optional<Candidate> candidate(String name) {
        return Optional.ofNullable(candidates.get(name));
    }

    @Override
    public Optional<FailedCall> lastFailedCall(String name) {
        return Optional.ofNullable(failed.get(name));
    }

    @Override
    public List<String> dependents(String name) {
        return dependents.getOrDefault(name, List.of());
    }
}
