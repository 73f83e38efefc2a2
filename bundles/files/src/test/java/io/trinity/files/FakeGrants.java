package io.trinity.files;

import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Grants;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Grants that a test changes. */
final class FakeGrants implements Grants {
    final Map<Capability, List<String>> scopes = new EnumMap<>(Capability.class);

    @Override
    public List<String> scope(String plugin, Capability capability) {
        return verdict(plugin, "", capability).scope();
    }

    @Override
    public Verdict verdict(String plugin, String digest, Capability capability) {
        return new Verdict(capability, true, "", "", scopes.getOrDefault(capability, List.of()));
    }

    @Override
    public Verdict grant(String plugin, String digest, Capability capability, List<String> items) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Verdict revoke(String plugin, String digest, Capability capability) {
        throw new UnsupportedOperationException();
    }
}
