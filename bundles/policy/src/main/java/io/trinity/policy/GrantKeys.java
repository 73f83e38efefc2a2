package io.trinity.policy;

import io.trinity.api.config.Configurations.Change;
import io.trinity.api.plugin.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What granting and revoking do to the keys {@code grants}, {@code deny} and {@code scope.…} of a
 * plugin's configuration. Pure.
 */
final class GrantKeys {
    private GrantKeys() {}

    /**
     * @param now items of a key, empty where it is absent
     * @param grant as key {@code grants} writes it: {@code network@DIGEST}
     * @param scope empty leaves it as it is
     */
    static List<Change> grant(
            Function<String, List<String>> now,
            Capability capability,
            String grant,
            boolean needed,
            List<String> scope) {
        List<Change> changes = new ArrayList<>();
        if (needed) {
            changes.add(
                    change(
                            now,
                            "grants",
                            l -> {
                                if (!l.contains(grant)) {
                                    l.add(grant);
                                }
                                return l;
                            }));
        }
        changes.add(change(now, "deny", without(capability)));
        if (!scope.isEmpty()) {
            changes.add(new Change(PolicyReader.SCOPE_PREFIX + capability.label(), scope));
        }
        return changes;
    }

    /**
     * @param deny whether it must be denied by name, being granted on declaration
     */
    static List<Change> revoke(
            Function<String, List<String>> now, Capability capability, boolean deny) {
        List<Change> changes = new ArrayList<>();
        changes.add(change(now, "grants", without(capability)));
        if (deny) {
            changes.add(
                    change(
                            now,
                            "deny",
                            l -> {
                                if (!l.contains(capability.label())) {
                                    l.add(capability.label());
                                }
                                return l;
                            }));
        }
        return changes;
    }

    private static UnaryOperator<List<String>> without(Capability capability) {
        return l -> {
            l.removeIf(g -> g.equals(capability.label()) || g.startsWith(capability.label() + "@"));
            return l;
        };
    }

    private static Change change(
            Function<String, List<String>> now, String key, UnaryOperator<List<String>> edit) {
        return new Change(key, edit.apply(new ArrayList<>(now.apply(key))));
    }
}
