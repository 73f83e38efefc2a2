package io.trinity.shell;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.text.Escaped;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Version;

/** Plugins in words. */
final class PluginText {
    private PluginText() {}

    /** {@code active}, {@code unloaded (disabled)}. */
    static String state(PluginSnapshot p) {
        return p.state().label() + (p.disabled() ? " (disabled)" : "");
    }

    /** What is wrong with it, one sentence each: the error first, then the warnings. */
    static List<String> faults(PluginSnapshot p) {
        List<String> faults = new ArrayList<>();
        boolean again = p.state() == PluginState.LOADING;
        p.error()
                .ifPresent(
                        e -> faults.add((again ? "before: " : "") + e.code() + ": " + e.message()));
        p.warnings().forEach(w -> faults.add("warning: " + w));
        return faults;
    }

    /** {@code -} while none is known: its file was refused, or not looked into. */
    static String version(PluginSnapshot p) {
        return p.version().equals(Version.emptyVersion) ? "-" : p.version().toString();
    }

    /** {@code resize 1.2.0: active, generation 3, bundle 57}, and what is wrong below it. */
    static String line(PluginSnapshot p) {
        StringBuilder out = new StringBuilder();
        out.append(Escaped.line(p.name()))
                .append(' ')
                .append(version(p))
                .append(": ")
                .append(state(p));
        if (p.generation() != 0) {
            out.append(", generation ").append(p.generation());
            out.append(", bundle ").append(p.bundleId());
        }
        out.append('\n');
        faults(p).forEach(f -> out.append("    ").append(Escaped.line(f)).append('\n'));
        return out.toString();
    }
}
