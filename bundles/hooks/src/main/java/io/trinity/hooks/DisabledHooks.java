package io.trinity.hooks;

import io.trinity.api.home.FileWords;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Hooks that are not called, in {@code data/hooks/disabled}: lines {@code PLUGIN PLACE}, where a
 * place is {@code post_chunk}, {@code custom} for all of a plugin's custom hooks, or {@code
 * custom/NAME}. Thread-safe.
 */
final class DisabledHooks {
    private static final Pattern LINE = Pattern.compile("[a-z][a-z0-9-]{0,62} [a-z_]+(/[^ ]+)?");

    private final LineFile file;
    private volatile Set<String> lines;

    DisabledHooks(Path path) {
        this.file = new LineFile(path, LINE);
        this.lines = file.read("hooks that were disabled are called again");
    }

    boolean contains(String plugin, DeclaredHook declared) {
        Set<String> now = lines;
        return !now.isEmpty()
                && (now.contains(plugin + " " + declared.point().label())
                        || now.contains(plugin + " " + declared.place()));
    }

    /**
     * Changes one line.
     *
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    synchronized void set(String plugin, String place, boolean disabled) {
        Set<String> next = new TreeSet<>(lines);
        if (disabled) {
            next.add(plugin + " " + place);
        } else {
            next.remove(plugin + " " + place);
            if (!place.contains("/")) {
                next.removeIf(l -> l.startsWith(plugin + " " + place + "/"));
            }
        }
        try {
            file.write(next);
        } catch (IOException e) {
            throw PluginException.of(
                    ErrorCode.STORE_FAILED,
                    PluginRef.named(plugin),
                    "hook %s cannot be %s in %s: %s"
                            .formatted(
                                    place,
                                    disabled ? "disabled" : "enabled",
                                    file,
                                    FileWords.of(e)),
                    "make room on the disk and check who may write there",
                    e);
        }
        lines = Set.copyOf(next);
    }
}
