package io.trinity.network;

import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Grants;
import java.util.List;

/** Grants that a test changes. */
final class FakeGrants implements Grants {
    volatile List<String> scope = List.of();
    volatile boolean granted = true;

    @Override
    public List<String> scope(String plugin, Capability capability) {
        return verdict(plugin, "", capability).scope();
    }

    @Override
    public Verdict verdict(String plugin, String digest, Capability capability) {
        return new Verdict(capability, granted, "", "", scope);
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
