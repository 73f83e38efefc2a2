package io.trinity.hooks;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Limits;
import io.trinity.api.policy.Policy;
import java.util.List;
import java.util.Optional;

/** The default limits, and nothing granted. */
final class FakePolicy implements Policy {
    @Override
    public Limits defaults() {
        return Limits.DEFAULT;
    }

    @Override
    public Limits limits(String plugin) {
        return defaults();
    }

    @Override
    public boolean granted(String plugin, String digest, Capability capability) {
        return false;
    }

    @Override
    public String grantLine(String plugin, String digest, Capability capability) {
        return "";
    }

    @Override
    public List<String> scope(String plugin, Capability capability) {
        return List.of();
    }

    @Override
    public Optional<String> setting(String plugin, String key, Manifest.Setting declared) {
        return declared.defaultValue();
    }

    @Override
    public int vectorDimension() {
        return 10_000;
    }

    @Override
    public long totalMemoryBytes() {
        return 1L << 30;
    }
}
