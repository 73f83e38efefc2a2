package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.Limits;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Limits, grants and settings in effect, one immutable whole.
 *
 * @param defaults limits where a plugin has none of its own
 * @param grantLowRisk whether declaring a capability of low risk is enough
 * @param bindToDigest whether grants of medium and high risk hold for one digest only
 * @param vectorDimension elements of a hypervector
 * @param totalMemoryBytes heap that all plugins together may take
 * @param plugins what is configured for single plugins, by name
 */
record Policy(
        Limits defaults,
        boolean grantLowRisk,
        boolean bindToDigest,
        int vectorDimension,
        long totalMemoryBytes,
        Map<String, PluginPolicy> plugins) {
    static final Policy DEFAULT =
            new Policy(
                    Limits.DEFAULT,
                    true,
                    true,
                    10_000,
                    HeapShare.ofPlugins(Runtime.getRuntime().maxMemory()),
                    Map.of());

    /**
     * What is configured for one plugin.
     *
     * @param limits its limits, defaults filled in
     * @param grants capabilities granted whatever the digest
     * @param boundGrants capabilities granted to single digests, {@code capability@digest}
     * @param denials capabilities denied whatever else is granted
     * @param scopes what grants are limited to; absent for no limit
     * @param settings values of its own settings, and what of them does not hold
     */
    record PluginPolicy(
            Limits limits,
            Set<Capability> grants,
            Map<Capability, Set<String>> boundGrants,
            Set<Capability> denials,
            Map<Capability, List<String>> scopes,
            SettingReading settings) {}

    Limits limits(String plugin) {
        PluginPolicy p = plugins.get(plugin);
        return p == null ? defaults : p.limits();
    }

    /**
     * Whether the operator lets a plugin, in the version with that digest, use what it declares.
     */
    boolean granted(String plugin, String digest, Capability capability) {
        return granted(plugin, digest, capability, true);
    }

    private boolean granted(
            String plugin, String digest, Capability capability, boolean heedDenial) {
        PluginPolicy p = plugins.get(plugin);
        if (heedDenial && p != null && p.denials().contains(capability)) {
            return false;
        }
        if (capability.risk() == Capability.Risk.LOW && grantLowRisk) {
            return true;
        }
        if (p == null) {
            return false;
        }
        if (p.boundGrants().getOrDefault(capability, Set.of()).contains(digest)) {
            return true;
        }
        boolean nameIsEnough = capability.risk() == Capability.Risk.LOW || !bindToDigest;
        return nameIsEnough && p.grants().contains(capability);
    }

    /**
     * The line of configuration that would grant it, and where a denial stands above it, what to
     * take away.
     */
    String grantLine(String plugin, String digest, Capability capability) {
        String file = Places.ofPlugin(plugin);
        String line = "grants=" + grant(digest, capability);
        if (!denied(plugin, capability)) {
            return line + " in " + file;
        }
        boolean enough = granted(plugin, digest, capability, false);
        return "take %s out of deny%s in %s"
                .formatted(capability.label(), enough ? "" : ", and set " + line + ",", file);
    }

    /** A grant as key {@code grants} writes it: bound to a digest where a name is not enough. */
    String grant(String digest, Capability capability) {
        boolean nameIsEnough = capability.risk() == Capability.Risk.LOW || !bindToDigest;
        return capability.label() + (nameIsEnough ? "" : "@" + digest);
    }

    /** Whether a plugin is denied a capability by name. */
    boolean denied(String plugin, Capability capability) {
        PluginPolicy p = plugins.get(plugin);
        return p != null && p.denials().contains(capability);
    }

    /** What a grant is limited to; empty for no limit. */
    List<String> scope(String plugin, Capability capability) {
        PluginPolicy p = plugins.get(plugin);
        return p == null ? List.of() : p.scopes().getOrDefault(capability, List.of());
    }

    /** The configured value of a setting, or null. */
    @org.jspecify.annotations.Nullable
    String setting(String plugin, String key) {
        PluginPolicy p = plugins.get(plugin);
        return p == null ? null : p.settings().values().get(key);
    }
}
