package io.trinity.api.plugin;

import java.util.Objects;
import org.osgi.framework.Version;

/**
 * Name and version of a plugin, as errors and logs tell them. Before a manifest was read the name
 * is that of the file without {@code .wasm} and the version is {@link Version#emptyVersion}.
 */
public record PluginRef(String name, Version version) {
    public PluginRef {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    /** A plugin whose version is not known. */
    public static PluginRef named(String name) {
        return new PluginRef(name, Version.emptyVersion);
    }

    /** {@code plugin 'resize' 1.2.0}, or without the version where it is not known. */
    @Override
    public String toString() {
        return "plugin '"
                + name
                + "'"
                + (version.equals(Version.emptyVersion) ? "" : " " + version);
    }
}
