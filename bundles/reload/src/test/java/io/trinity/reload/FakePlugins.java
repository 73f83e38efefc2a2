package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginLifecycle;
import io.trinity.api.sandbox.Generation;
import io.trinity.testkit.FakeRegistry;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/** Plugins and their states without guests: what the registry does with what reload tells it. */
final class FakePlugins extends FakeRegistry implements PluginLifecycle {
    private PluginSnapshot known(String name) {
        return find(name).orElseGet(() -> unknown(name));
    }

    private void put(
            PluginSnapshot p,
            Version version,
            PluginState state,
            long generation,
            String file,
            Optional<Fault> error,
            boolean disabled) {
        put(
                new PluginSnapshot(
                        p.name(),
                        version,
                        p.type(),
                        state,
                        generation,
                        generation == 0 ? -1 : generation,
                        file,
                        "",
                        0,
                        0,
                        0,
                        0,
                        error,
                        List.of(),
                        disabled,
                        List.of()));
    }

    /** In one line: {@code alpha 1.0.0 active a.wasm}, with code or {@code off} where it is so. */
    String line(String name) {
        return find(name)
                .map(
                        p ->
                                "%s %s %s %s%s%s"
                                        .formatted(
                                                p.name(),
                                                p.version(),
                                                p.state().label(),
                                                p.file(),
                                                p.error().map(e -> " " + e.code()).orElse(""),
                                                p.disabled() ? " off" : ""))
                .orElse("");
    }

    /** All of them. */
    List<String> lines() {
        return list().stream().map(p -> line(p.name())).toList();
    }

    private boolean serves(String name) {
        return known(name).generation() > 0;
    }

    /** A generation is open and serves from now on. */
    void serve(Manifest m, String file, long generation) {
        put(
                known(m.name()),
                m.version(),
                PluginState.ACTIVE,
                generation,
                file,
                Optional.empty(),
                false);
    }

    /** What served has ended. */
    void end(String name) {
        find(name)
                .ifPresent(
                        p ->
                                put(
                                        p,
                                        p.version(),
                                        p.state() == PluginState.ERROR
                                                ? p.state()
                                                : PluginState.UNLOADED,
                                        0,
                                        p.file(),
                                        p.error(),
                                        p.disabled()));
    }

    @Override
    public void preparing(Manifest m, String file, String digest) {
        PluginSnapshot p = known(m.name());
        boolean serves = p.generation() > 0;
        put(
                p,
                serves ? p.version() : m.version(),
                serves ? PluginState.RELOADING : PluginState.LOADING,
                p.generation(),
                file,
                p.error(),
                false);
        for (Dependency d : m.dependencies()) {
            if (!serves(d.name())) {
                throw PluginException.of(
                        ErrorCode.DEPENDENCY_MISSING, m.ref(), "it needs " + d.name(), "add it");
            }
        }
    }

    @Override
    public void failed(String name, String file, PluginException cause) {
        PluginSnapshot p = known(name);
        put(
                p,
                p.version(),
                p.generation() > 0 ? PluginState.ACTIVE : PluginState.ERROR,
                p.generation(),
                file,
                Optional.of(Fault.of(cause)),
                p.disabled());
    }

    @Override
    public void confirmed(String name, String file) {
        PluginSnapshot p = known(name);
        if (p.generation() > 0) {
            put(p, p.version(), p.state(), p.generation(), file, Optional.empty(), p.disabled());
        }
    }

    @Override
    public void disabled(String name, String file, boolean disabled) {
        PluginSnapshot p = known(name);
        put(
                p,
                p.version(),
                p.state() == PluginState.ERROR ? PluginState.UNLOADED : p.state(),
                p.generation(),
                file,
                Optional.empty(),
                disabled);
    }

    @Override
    public void forget(String name) {
        if (serves(name)) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION, PluginRef.named(name), "it serves", "");
        }
        remove(name);
    }

    private static UnsupportedOperationException notReloads() {
        return new UnsupportedOperationException("reload's decisions call no such thing");
    }

    @Override
    public void starting(Manifest manifest, long bundleId) {
        throw notReloads();
    }

    @Override
    public void opened(Generation generation, long bundleId) {
        throw notReloads();
    }

    @Override
    public long swap(String name) {
        throw notReloads();
    }

    @Override
    public int drain(String name, long generation) {
        throw notReloads();
    }

    @Override
    public void closed(String name, long generation) {
        throw notReloads();
    }

    @Override
    public void pause(String name) {
        throw notReloads();
    }

    @Override
    public void resume(String name) {
        throw notReloads();
    }

    @Override
    public void endQuarantine(String name) {
        throw notReloads();
    }
}
