package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.plugin.PluginUsage;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

    static FakeRegistry registry(PluginSnapshot... plugins) {
        return new FakeRegistry(plugins);
    }

    /** The same plugin in another state, with that error and those warnings. */
    static PluginSnapshot in(
            PluginState state, PluginSnapshot p, Optional<Fault> error, String... warnings) {
        return copy(p, state, error, false, List.of(warnings));
    }

    /** The same plugin, unloaded by command. */
    static PluginSnapshot disabled(PluginSnapshot p) {
        return copy(p, PluginState.UNLOADED, Optional.empty(), true, List.of());
    }

    private static PluginSnapshot copy(
            PluginSnapshot p,
            PluginState state,
            Optional<Fault> error,
            boolean disabled,
            List<String> warnings) {
        boolean serves = state == PluginState.ACTIVE || state == PluginState.PAUSED;
        return new PluginSnapshot(
                p.name(),
                p.version(),
                p.type(),
                state,
                serves ? Math.max(1, p.generation()) : 0,
                serves ? Math.max(9, p.bundleId()) : -1,
                p.file(),
                p.digest(),
                p.memoryBytes(),
                p.calls(),
                p.failures(),
                p.averageCallMicros(),
                error,
                p.hooks(),
                disabled,
                warnings);
    }

    /**
     * What a plugin of so many calls has used up: half of the wall time on the CPU, a tenth in host
     * functions, ten units of fuel, a byte in and two out a call.
     */
    static PluginUsage usage(PluginSnapshot p) {
        long wallNanos = Math.round(p.calls() * p.averageCallMicros() * 1000);
        SortedMap<ErrorCode, Long> failures = new TreeMap<>();
        if (p.failures() > 0) {
            failures.put(ErrorCode.GUEST_TRAP, p.failures());
        }
        return new PluginUsage(
                p.name(),
                p.calls(),
                failures,
                wallNanos,
                10 * p.calls(),
                wallNanos / 2,
                wallNanos / 10,
                p.calls(),
                2 * p.calls(),
                p.memoryBytes(),
                2 * p.memoryBytes(),
                new PluginUsage.Latency(
                        p.averageCallMicros(),
                        2 * p.averageCallMicros(),
                        3 * p.averageCallMicros(),
                        4 * p.averageCallMicros()),
                0);
    }

    /** A plugin with so many calls. */
    static PluginSnapshot busy(String name, long calls, long failures, double averageMicros) {
        return new PluginSnapshot(
                name,
                new Version(1, 0, 0),
                Optional.of(ExtensionType.PIPELINE_STAGE),
                PluginState.ACTIVE,
                1,
                9,
                name + ".wasm",
                "ab".repeat(32),
                65_536,
                calls,
                failures,
                averageMicros,
                Optional.empty(),
                List.of(),
                false,
                List.of());
    }
}
