package io.trinity.api.plugin;

import io.trinity.api.text.Escaped;
import java.util.Objects;
import java.util.regex.Pattern;
import org.osgi.framework.Version;

/**
 * Name and version of a plugin, as errors and logs tell them. Before a manifest was read the name
 * is that of the file without {@code .wasm} and the version is {@link Version#emptyVersion}.
 */
public record PluginRef(String name, Version version) {
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9._-]+");

    public PluginRef {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    /** A plugin whose version is not known. */
    public static PluginRef named(String name) {
        return new PluginRef(name, Version.emptyVersion);
    }

    /**
     * The name as the value of a field of a log line, {@code plugin=resize}: in quotation marks
     * where it is that of a file and has more in it than a plugin's may have.
     */
    public static String field(String name) {
        return FIELD.matcher(name).matches() ? name : "'" + Escaped.name(name) + "'";
    }

    /** {@code plugin 'resize' 1.2.0}, or without the version where it is not known. */
    @Override
    public String toString() {
        return "plugin '"
                + Escaped.name(name)
                + "'"
                + (version.equals(Version.emptyVersion) ? "" : " " + version);
    }
}
