package io.trinity.testkit;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.registry.PluginRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Version;

/** A registry of plugins without guests: it knows what a test tells it. For one thread. */
public class FakeRegistry implements PluginRegistry {
    private final Map<String, PluginSnapshot> plugins = new TreeMap<>();

    /** One that knows these. */
    public FakeRegistry(PluginSnapshot... plugins) {
        for (PluginSnapshot p : plugins) {
            this.plugins.put(p.name(), p);
        }
    }

    /** A plugin of which nothing but its name is known. */
    public static PluginSnapshot unknown(String name) {
        return snapshot(name, Version.emptyVersion, PluginState.UNLOADED, 0, "");
    }

    /** A plugin that serves and has not been called. */
    public static PluginSnapshot active(String name, Version version, long generation) {
        return snapshot(name, version, PluginState.ACTIVE, generation, name + ".wasm");
    }

    private static PluginSnapshot snapshot(
            String name, Version version, PluginState state, long generation, String file) {
        return new PluginSnapshot(
                name,
                version,
                Optional.empty(),
                state,
                generation,
                state == PluginState.ACTIVE ? 1 : -1,
                file,
                "",
                0,
                0,
                0,
                0,
                Optional.empty(),
                List.of(),
                false,
                List.of());
    }

    /** Takes the place of the one of that name. */
    public final void put(PluginSnapshot plugin) {
        plugins.put(plugin.name(), plugin);
    }

    /** Knows nothing of it any more. */
    public final void remove(String name) {
        plugins.remove(name);
    }

    @Override
    public List<PluginSnapshot> list() {
        return List.copyOf(plugins.values());
    }

    @Override
    public Optional<PluginSnapshot> find(String name) {
        return Optional.ofNullable(plugins.get(name));
    }

    @Override
    public Optional<PluginUsage> usage(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<Candidate> candidate(String name) {
        return Optional.empty();
    }

    @Override
    public List<String> dependents(String name) {
        return List.of();
    }
}
