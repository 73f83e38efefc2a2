package io.trinity.policy;

import io.trinity.api.log.AuditLine;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Limits;
import io.trinity.policy.EffectivePolicy.PluginPolicy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a change of the effective policy is for the audit log: a line for each grant, denial, scope
 * and limit that has come, changed or gone, whoever changed it. Settings are named without their
 * values, which may be secrets. Pure.
 */
final class PolicyChanges {
    private static final String ANY_FILE = "any";

    private final EffectivePolicy before;
    private final EffectivePolicy after;
    private final List<AuditLine> lines = new ArrayList<>();

    private PolicyChanges(EffectivePolicy before, EffectivePolicy after) {
        this.before = before;
        this.after = after;
    }

    /** What has changed for all plugins. */
    static List<AuditLine> general(EffectivePolicy before, EffectivePolicy after) {
        PolicyChanges changes = new PolicyChanges(before, after);
        changes.general();
        return changes.lines;
    }

    /** What has changed for one. */
    static List<AuditLine> of(String plugin, EffectivePolicy before, EffectivePolicy after) {
        PolicyChanges changes = new PolicyChanges(before, after);
        changes.plugin(plugin);
        return changes.lines;
    }

    private void general() {
        value("grantLowRisk", before.grantLowRisk(), after.grantLowRisk());
        value("bindToDigest", before.bindToDigest(), after.bindToDigest());
        value("vectorDimension", before.vectorDimension(), after.vectorDimension());
        value("totalMemoryBytes", before.totalMemoryBytes(), after.totalMemoryBytes());
        limits("*", before.defaults(), after.defaults());
    }

    private void value(String key, Object was, Object now) {
        if (!was.equals(now)) {
            lines.add(AuditLine.of("policy").with("key", key).with("was", was).with("now", now));
        }
    }

    private void plugin(String name) {
        @Nullable PluginPolicy was = before.plugins().get(name);
        @Nullable PluginPolicy now = after.plugins().get(name);
        for (Capability c : EnumSet.allOf(Capability.class)) {
            Set<String> held = grants(was, c);
            Set<String> holds = grants(now, c);
            difference(holds, held).forEach(d -> grant("grant", name, c, d));
            difference(held, holds).forEach(d -> grant("revoke", name, c, d));
            boolean denied = was != null && was.denials().contains(c);
            boolean denies = now != null && now.denials().contains(c);
            if (denied != denies) {
                lines.add(
                        AuditLine.of(denies ? "deny" : "deny.lifted")
                                .with("plugin", name)
                                .with("capability", c.label()));
            }
            scope(name, c, was, now);
        }
        boolean inherits = before.limits(name).equals(before.defaults());
        if (!inherits || !after.limits(name).equals(after.defaults())) {
            limits(name, before.limits(name), after.limits(name));
        }
        settings(name, was, now);
    }

    private void limits(String plugin, Limits was, Limits now) {
        Map<String, Long> had = LimitKeys.values(was);
        LimitKeys.values(now)
                .forEach(
                        (key, value) -> {
                            if (!value.equals(had.get(key))) {
                                lines.add(
                                        AuditLine.of("limit")
                                                .with("plugin", plugin)
                                                .with("key", key)
                                                .with("was", String.valueOf(had.get(key)))
                                                .with("now", value));
                            }
                        });
    }

    private void grant(String event, String plugin, Capability capability, String digest) {
        boolean idle =
                digest.equals(ANY_FILE)
                        && after.bindToDigest()
                        && capability.risk() != Capability.Risk.LOW;
        AuditLine line =
                AuditLine.of(event)
                        .with("plugin", plugin)
                        .with("capability", capability.label())
                        .with("digest", digest);
        lines.add(idle ? line.with("effect", "none, bindToDigest is true") : line);
    }

    private void scope(
            String plugin, Capability c, @Nullable PluginPolicy was, @Nullable PluginPolicy now) {
        @Nullable List<String> had = was == null ? null : was.scopes().get(c);
        @Nullable List<String> has = now == null ? null : now.scopes().get(c);
        if (!told(c, had).equals(told(c, has))) {
            lines.add(
                    AuditLine.of("scope")
                            .with("plugin", plugin)
                            .with("capability", c.label())
                            .with("was", told(c, had))
                            .with("now", told(c, has)));
        }
    }

    private static String told(Capability c, @Nullable List<String> scope) {
        if (scope != null) {
            return scope.toString();
        }
        return c.needsScope() ? "nothing" : "unlimited";
    }

    private void settings(String plugin, @Nullable PluginPolicy was, @Nullable PluginPolicy now) {
        Map<String, String> had = was == null ? Map.of() : was.settings().values();
        Map<String, String> has = now == null ? Map.of() : now.settings().values();
        Set<String> keys = new TreeSet<>(had.keySet());
        keys.addAll(has.keySet());
        keys.removeIf(k -> had.containsKey(k) && had.get(k).equals(has.get(k)));
        if (!keys.isEmpty()) {
            lines.add(AuditLine.of("settings").with("plugin", plugin).with("keys", keys));
        }
    }

    private static Set<String> grants(@Nullable PluginPolicy p, Capability c) {
        Set<String> digests = new TreeSet<>();
        if (p != null) {
            digests.addAll(p.boundGrants().getOrDefault(c, Set.of()));
            if (p.grants().contains(c)) {
                digests.add(ANY_FILE);
            }
        }
        return digests;
    }

    private static Set<String> difference(Set<String> of, Set<String> without) {
        Set<String> rest = new TreeSet<>(of);
        rest.removeAll(without);
        return rest;
    }
}
