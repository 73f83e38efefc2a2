package io.trinity.policy;

import io.trinity.api.config.Places;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.SettingType;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Limits;
import io.trinity.api.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public record EffectivePolicy(
        Limits defaults,
        boolean grantLowRisk,
        boolean bindToDigest,
        int vectorDimension,
        long totalMemoryBytes,
        Map<String, PluginPolicy> plugins)
        implements Policy {
    /** What holds where nothing is configured. */
    public static final EffectivePolicy DEFAULT =
            new EffectivePolicy(
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
    public record PluginPolicy(
            Limits limits,
            Set<Capability> grants,
            Map<Capability, Set<String>> boundGrants,
            Set<Capability> denials,
            Map<Capability, List<String>> scopes,
            SettingReading settings) {}

    @Override
    public Limits limits(String plugin) {
        PluginPolicy p = plugins.get(plugin);
        return p == null ? defaults : p.limits();
    }

    @Override
    public boolean granted(String plugin, String digest, Capability capability) {
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

    @Override
    public String grantLine(String plugin, String digest, Capability capability) {
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

    @Override
    public List<String> scope(String plugin, Capability capability) {
        PluginPolicy p = plugins.get(plugin);
        return p == null ? List.of() : p.scopes().getOrDefault(capability, List.of());
    }

    @Override
    public Optional<String> setting(String plugin, String key, Manifest.Setting declared) {
        PluginPolicy p = plugins.get(plugin);
        String value = p == null ? null : p.settings().values().get(key);
        return value != null && SettingValue.fits(declared.type(), value)
                ? Optional.of(declared.type() == SettingType.STRING ? value : value.trim())
                : declared.defaultValue();
    }
}
