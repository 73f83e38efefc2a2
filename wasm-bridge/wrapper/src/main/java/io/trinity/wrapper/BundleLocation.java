package io.trinity.wrapper;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Location of a generated bundle, {@code wasm:NAME/GENERATION#DIGEST}. It has no path, so that no
 * folder watcher takes the bundle for its own; the generation keeps the same version apart when it
 * comes back.
 *
 * @param plugin the plugin's name
 * @param generation from 1
 * @param digest SHA-256 of the file, 64 hexadecimal digits
 */
public record BundleLocation(String plugin, long generation, String digest) {
    private static final Pattern FORM =
            Pattern.compile("wasm:([a-z][a-z0-9-]{0,62})/([0-9]{1,18})#([0-9a-f]{64})");

    /** The location that a text stands for, if it is one. */
    public static Optional<BundleLocation> parse(String location) {
        Matcher m = FORM.matcher(location);
        return m.matches()
                ? Optional.of(
                        new BundleLocation(m.group(1), Long.parseLong(m.group(2)), m.group(3)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "wasm:" + plugin + "/" + generation + "#" + digest;
    }
}
