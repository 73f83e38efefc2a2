package io.trinity.registry;

import io.trinity.api.config.Places;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.policy.Limits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Whether a version may join, as far as the other plugins are concerned: its dependencies, and the
 * plugins that depend on it. Pure; sees one instant.
 */
final class Dependencies {
    /**
     * Another plugin.
     *
     * @param fault why it is in error
     * @param serving manifest of the version that serves
     * @param newest manifest of the newest version that was seen, refused or not
     */
    record Other(
            PluginState state,
            Optional<ErrorCode> fault,
            Optional<Manifest> serving,
            Optional<Manifest> newest) {
        /** In words that follow "it is". */
        String stands() {
            return state == PluginState.ERROR
                    ? "in error" + fault.map(c -> " (" + c + ")").orElse("")
                    : state.label();
        }
    }

    private final Function<String, Optional<Other>> others;

    Dependencies(Function<String, Optional<Other>> others) {
        this.others = others;
    }

    /**
     * Refuses a version for its number of hooks or dependencies, or for a dependency that is not
     * there, of another version, or depends on it.
     *
     * @throws PluginException LIMIT_HOOKS, LIMIT_DEPENDENCIES, DEPENDENCY_CYCLE,
     *     DEPENDENCY_MISSING, DEPENDENCY_CONFLICT
     */
    void check(Manifest joining, Limits limits) {
        refuseTooMany(joining, "hooks", joining.hooks().size(), limits.hooks());
        refuseTooMany(
                joining, "dependencies", joining.dependencies().size(), limits.dependencies());
        List<String> circle = circle(joining);
        if (!circle.isEmpty()) {
            throw PluginException.of(
                    ErrorCode.DEPENDENCY_CYCLE,
                    joining.ref(),
                    "it depends on itself: " + String.join(" -> ", circle),
                    "take one of these dependencies out of a manifest");
        }
        for (Dependency d : joining.dependencies()) {
            check(joining, d);
        }
    }

    private static void refuseTooMany(Manifest joining, String what, int there, int limit) {
        if (there > limit) {
            throw PluginException.of(
                    what.equals("hooks") ? ErrorCode.LIMIT_HOOKS : ErrorCode.LIMIT_DEPENDENCIES,
                    joining.ref(),
                    "it declares %s %s, the limit is %s".formatted(there, what, limit),
                    "declare fewer, or raise %s in %s"
                            .formatted(what, Places.ofPlugin(joining.name())));
        }
    }

    private void check(Manifest joining, Dependency d) {
        Optional<Other> other = others.apply(d.name());
        Optional<Manifest> serving = other.flatMap(Other::serving);
        if (serving.isEmpty()) {
            throw missing(joining, d, other);
        }
        if (!d.version().includes(serving.get().version())) {
            throw PluginException.of(
                    ErrorCode.DEPENDENCY_CONFLICT,
                    joining.ref(),
                    "it depends on plugin '%s' %s, and version %s of it serves"
                            .formatted(d.name(), wanted(d), serving.get().version()),
                    "bring one of the two to a version that fits the other");
        }
    }

    /** The versions that are accepted, in words where it is only the least that is given. */
    private static String wanted(Dependency d) {
        VersionRange range = d.version();
        if (range.getRight() != null) {
            return range.toString();
        }
        return range.getLeft().equals(Version.emptyVersion)
                ? "in any version"
                : "in version %s or newer".formatted(range.getLeft());
    }

    private PluginException missing(Manifest joining, Dependency d, Optional<Other> other) {
        // A file of which no manifest could be read is listed under its own name.
        String file = d.name() + ".wasm";
        Optional<Other> unread = other.isPresent() ? Optional.empty() : others.apply(file);
        String which =
                other.map(o -> "which is " + o.stands())
                        .or(() -> unread.map(u -> "whose file " + file + " is " + u.stands()))
                        .orElse("which is not there");
        return PluginException.of(
                ErrorCode.DEPENDENCY_MISSING,
                joining.ref(),
                "it depends on plugin '%s' %s, %s".formatted(d.name(), wanted(d), which),
                other.isEmpty() && unread.isEmpty()
                        ? "put a .wasm file of it into the plugin folder; then this one is loaded"
                                + " by itself"
                        : "plugin:why %s tells why; when it is active, this one is loaded by itself"
                                .formatted(other.isPresent() ? d.name() : file));
    }

    /**
     * Refuses a new version that a plugin that depends on the present one would not accept.
     *
     * @param dependents manifests of the serving ones
     * @throws PluginException RELOAD_REFUSED
     */
    void refuseForDependents(Manifest joining, List<Manifest> dependents) {
        for (Manifest m : dependents) {
            for (Dependency d : m.dependencies()) {
                if (d.name().equals(joining.name()) && !d.version().includes(joining.version())) {
                    throw PluginException.of(
                            ErrorCode.RELOAD_REFUSED,
                            joining.ref(),
                            "%s depends on '%s' %s, which version %s is not in"
                                    .formatted(
                                            m.ref(), joining.name(), wanted(d), joining.version()),
                            "bring a version of '%s' first that accepts it, or remove that plugin"
                                    .formatted(m.name()));
                }
            }
        }
    }

    /** What is wrong now with the dependencies of a version that serves, in sentences. */
    List<String> trouble(Manifest serving) {
        List<String> trouble = new ArrayList<>();
        for (Dependency d : serving.dependencies()) {
            Optional<Other> other = others.apply(d.name());
            Optional<Manifest> there = other.flatMap(Other::serving);
            if (there.isEmpty()) {
                trouble.add(
                        "it depends on plugin '%s' %s, which is %s; calls of it fail as unavailable"
                                .formatted(
                                        d.name(),
                                        wanted(d),
                                        other.map(Other::stands).orElse("gone")));
            } else if (!d.version().includes(there.get().version())) {
                trouble.add(
                        "it depends on plugin '%s' %s, and version %s of it serves"
                                .formatted(d.name(), wanted(d), there.get().version()));
            }
        }
        return trouble;
    }

    /** The names of a circle that leads back to the joining plugin, it first and last; or none. */
    private List<String> circle(Manifest joining) {
        List<String> path = new ArrayList<>(List.of(joining.name()));
        return leadsBack(joining, joining.name(), path, new LinkedHashSet<>()) ? path : List.of();
    }

    private boolean leadsBack(Manifest from, String to, List<String> path, Set<String> seen) {
        for (Dependency d : from.dependencies()) {
            path.add(d.name());
            if (d.name().equals(to)) {
                return true;
            }
            if (seen.add(d.name())) {
                Optional<Manifest> next = others.apply(d.name()).flatMap(Other::newest);
                if (next.isPresent() && leadsBack(next.get(), to, path, seen)) {
                    return true;
                }
            }
            path.remove(path.size() - 1);
        }
        return false;
    }
}
