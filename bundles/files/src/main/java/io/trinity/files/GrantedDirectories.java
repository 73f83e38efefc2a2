package io.trinity.files;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.text.Escaped;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directories that the scope of a grant names. A plugin calls each by its last name: {@code
 * /srv/maps} is {@code maps}. One that is not absolute is below the home. A grant without a scope
 * opens nothing. Pure.
 */
final class GrantedDirectories {
    private final PluginRef plugin;
    private final Capability capability;
    private final List<Path> directories = new ArrayList<>();
    private final List<String> odd = new ArrayList<>();

    /**
     * @param scope directories; one that has no name or cannot be read opens nothing
     * @param home below which those are that are not absolute; null where there is none
     */
    GrantedDirectories(
            PluginRef plugin, Capability capability, List<String> scope, @Nullable Path home) {
        this.plugin = plugin;
        this.capability = capability;
        for (String item : scope) {
            Path directory = directory(item, home);
            if (directory == null) {
                odd.add(Escaped.brief(item));
            } else if (!directories.contains(directory)) {
                directories.add(directory);
            }
        }
    }

    private static @Nullable Path directory(String item, @Nullable Path home) {
        try {
            Path path = Path.of(item);
            if (List.of(item.split("/")).contains("..") || (home == null && !path.isAbsolute())) {
                return null;
            }
            Path whole = (home == null ? path : home.resolve(path)).normalize();
            return whole.getFileName() == null ? null : whole;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** What a plugin calls those that it can reach, each once, in the order of the scope. */
    List<String> names() {
        List<String> all = directories.stream().map(d -> d.getFileName().toString()).toList();
        return all.stream().filter(n -> Collections.frequency(all, n) == 1).toList();
    }

    /**
     * The directory that a path begins with.
     *
     * @throws HostFailure DENIED when the scope has none of that name, or several
     */
    Path find(PluginPath path) throws HostFailure {
        List<Path> named =
                directories.stream()
                        .filter(d -> d.getFileName().toString().equals(path.grant()))
                        .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        if (named.size() > 1) {
            throw new HostFailure(
                    Reason.DENIED,
                    "%s: %s directories in scope.%s in %s are named '%s', and a path cannot tell which; leave one of them"
                            .formatted(
                                    plugin,
                                    named.size(),
                                    capability.label(),
                                    Places.ofPlugin(plugin.name()),
                                    Escaped.brief(path.grant())));
        }
        String unread = odd.isEmpty() ? "" : " (not understood in it: " + odd + ")";
        throw new HostFailure(
                Reason.DENIED,
                "%s: no directory named '%s' is in the scope of its grant%s; add it to scope.%s in %s"
                        .formatted(
                                plugin,
                                Escaped.brief(path.grant()),
                                unread,
                                capability.label(),
                                Places.ofPlugin(plugin.name())));
    }
}
