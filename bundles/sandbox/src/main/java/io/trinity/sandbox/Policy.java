package io.trinity.sandbox;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.Limits;
import java.util.Map;
import java.util.Set;

/**
 * Limits, grants and settings in effect, one immutable whole.
 *
 * @param defaults limits where a plugin has none of its own
 * @param grantLowRisk whether declaring a capability of low risk is enough
 * @param bindToDigest whether grants of medium and high risk hold for one digest only
 * @param vectorDimension elements of a hypervector
 * @param plugins what is configured for single plugins, by name
 */
record Policy(
        Limits defaults,
        boolean grantLowRisk,
        boolean bindToDigest,
        int vectorDimension,
        Map<String, PluginPolicy> plugins) {
    static final Policy DEFAULT = new Policy(Limits.DEFAULT, true, true, 10_000, Map.of());

    /**
     * What is configured for one plugin.
     *
     * @param limits its limits, defaults filled in
     * @param grants capabilities granted whatever the digest
     * @param boundGrants capabilities granted to single digests, {@code capability@digest}
     * @param settings values of its own settings by key
     */
    record PluginPolicy(
            Limits limits,
            Set<Capability> grants,
            Map<Capability, Set<String>> boundGrants,
            Map<String, String> settings) {}

    Limits limits(String plugin) {
        PluginPolicy p = plugins.get(plugin);
        return p == null ? defaults : p.limits();
    }

    /**
     * Whether the operator lets a plugin, in the version with that digest, use what it declares.
     */
    boolean granted(String plugin, String digest, Capability capability) {
        if (capability.risk() == Capability.Risk.LOW && grantLowRisk) {
            return true;
        }
        PluginPolicy p = plugins.get(plugin);
        if (p == null) {
            return false;
        }
        if (p.boundGrants().getOrDefault(capability, Set.of()).contains(digest)) {
            return true;
        }
        boolean nameIsEnough = capability.risk() == Capability.Risk.LOW || !bindToDigest;
        return nameIsEnough && p.grants().contains(capability);
    }

    /** The line of configuration that would grant it. */
    String grantLine(String plugin, String digest, Capability capability) {
        boolean nameIsEnough = capability.risk() == Capability.Risk.LOW || !bindToDigest;
        return "grants=%s%s in conf/io.trinity.plugin-%s.cfg"
                .formatted(capability.label(), nameIsEnough ? "" : "@" + digest, plugin);
    }

    /** The configured value of a setting, or null. */
    @org.jspecify.annotations.Nullable
    String setting(String plugin, String key) {
        PluginPolicy p = plugins.get(plugin);
        return p == null ? null : p.settings().get(key);
    }
}
