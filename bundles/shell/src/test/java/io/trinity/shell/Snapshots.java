package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginRegistry;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/** Plugins to show. */
final class Snapshots {
    static final PluginSnapshot RESIZE =
            new PluginSnapshot(
                    "resize",
                    new Version(1, 2, 0),
                    Optional.of(ExtensionType.PIPELINE_STAGE),
                    PluginState.ACTIVE,
                    3,
                    57,
                    "resize.wasm",
                    "ab".repeat(32),
                    1_572_864,
                    1000,
                    2,
                    12.345,
                    Optional.empty(),
                    List.of("post_chunk"),
                    false,
                    List.of());

    static final PluginSnapshot BROKEN =
            new PluginSnapshot(
                    "broken",
                    Version.emptyVersion,
                    Optional.empty(),
                    PluginState.ERROR,
                    0,
                    -1,
                    "broken.wasm",
                    "",
                    0,
                    0,
                    0,
                    0,
                    Optional.of(
                            new Fault(
                                    ErrorCode.CAPABILITY_DENIED,
                                    "plugin 'broken': \"network\" is not granted")),
                    List.of(),
                    false,
                    List.of());

    private Snapshots() {}

    static PluginRegistry registry(PluginSnapshot... plugins) {
        return new PluginRegistry() {
            @Override
            public Optional<PluginRegistry.Candidate> candidate(String name) {
                return Optional.empty();
            }

            @Override
            public List<String> dependents(String name) {
                return List.of();
            }

            @Override
            public List<PluginSnapshot> list() {
                return List.of(plugins);
            }

            @Override
            public Optional<PluginSnapshot> find(String name) {
                return list().stream().filter(p -> p.name().equals(name)).findFirst();
            }
        };
    }
}
