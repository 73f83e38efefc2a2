package io.trinity.telemetry;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.plugin.PluginUsage;
import io.trinity.api.registry.PluginRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Version;

/** A registry that knows what a test tells it, and counts how often it is asked. */
final class FakeRegistry implements PluginRegistry {
    final List<PluginSnapshot> plugins = new ArrayList<>();
    int asked;

    static PluginSnapshot plugin(String name) {
        return plugin(name, 3);
    }

    static PluginSnapshot plugin(String name, long generation) {
        return new PluginSnapshot(
                name,
                new Version("1.2.0"),
                Optional.empty(),
                PluginState.ACTIVE,
                generation,
                17,
                name + ".wasm",
                "",
                65_536,
                10,
                2,
                1_500,
                Optional.of(new PluginSnapshot.Fault(ErrorCode.LIMIT_CPU, "newest refused")),
                List.of(),
                false,
                List.of());
    }

    static PluginUsage usageOf(String name) {
        return new PluginUsage(
                name,
                10,
                new TreeMap<>(Map.of(ErrorCode.LIMIT_CPU, 2L)),
                3_000_000_000L,
                500,
                2_000_000_000L,
                1_000_000_000L,
                7,
                8,
                65_536,
                131_072,
                new PluginUsage.Latency(10, 20, 30, 40),
                4);
    }

    FakeRegistry with(String... names) {
        for (String name : names) {
            plugins.add(plugin(name));
        }
        return this;
    }

    @Override
    public List<PluginSnapshot> list() {
        asked++;
        return List.copyOf(plugins);
    }

    @Override
    public Optional<PluginSnapshot> find(String name) {
        return list().stream().filter(p -> p.name().equals(name)).findFirst();
    }

    @Override
    public Optional<PluginUsage> usage(String name) {
        return Optional.of(usageOf(name));
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
