package io.trinity.files;

import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.text.Escaped;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A path as a plugin writes it: the name of a granted directory, and names below it, divided by one
 * slash each. Pure.
 *
 * @param grant name of the granted directory
 * @param names below it; empty for the directory itself
 */
record PluginPath(String grant, List<String> names) {
    /** Files of ours beside those of plugins; no plugin sees or names them. */
    static final String ASIDE = ".trinity-aside-";

    private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    PluginPath {
        names = List.copyOf(names);
    }

    /**
     * Reads a path.
     *
     * @throws HostFailure DENIED for an absolute path, for {@code ..} and for files of the host;
     *     INVALID for all else that is no such path
     */
    static PluginPath of(String text, FilesSettings limits) throws HostFailure {
        if (text.isEmpty()) {
            throw invalid(text, "it is empty; begin with the name of a granted directory");
        }
        if (text.startsWith("/")) {
            throw denied(text, "it is absolute; begin with the name of a granted directory");
        }
        if (bytes(text) > limits.maxPathBytes()) {
            throw invalid(
                    text,
                    "it is longer than %s bytes; see maxPathBytes in %s"
                            .formatted(limits.maxPathBytes(), Places.of(FilesSettings.PID)));
        }
        List<String> all = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            check(text, name, limits);
            all.add(name);
        }
        if (all.size() - 1 > limits.maxDepth()) {
            throw invalid(
                    text,
                    "it is deeper than %s names; see maxDepth in %s"
                            .formatted(limits.maxDepth(), Places.of(FilesSettings.PID)));
        }
        return new PluginPath(all.get(0), all.subList(1, all.size()));
    }

    private static void check(String text, String name, FilesSettings limits) throws HostFailure {
        if (name.equals("..")) {
            throw denied(text, "it contains '..'");
        }
        if (name.isEmpty() || name.equals(".")) {
            throw invalid(text, "it contains an empty name or '.'");
        }
        if (bytes(name) > limits.maxNameBytes()) {
            throw invalid(
                    text,
                    "a name in it is longer than %s bytes; see maxNameBytes in %s"
                            .formatted(limits.maxNameBytes(), Places.of(FilesSettings.PID)));
        }
        if (name.indexOf('\\') >= 0 || name.codePoints().anyMatch(PluginPath::isOdd)) {
            throw invalid(
                    text, "a name in it has a backslash, a control or a formatting character");
        }
        if (name.startsWith(ASIDE)) {
            throw denied(text, "names with " + ASIDE + " are the host's own");
        }
        try {
            if (!Path.of(name).toString().equals(name)) {
                throw invalid(text, "a name in it is none to this file system");
            }
        } catch (InvalidPathException e) {
            throw invalid(
                    text,
                    "the host cannot write a name in it to this file system; start it in a locale"
                            + " with UTF-8");
        }
    }

    /** What no name should have: it would lie to whoever reads a listing of it. */
    private static boolean isOdd(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            case Character.FORMAT -> c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }

    /** Whether a plugin can name it, and so may be shown it. */
    static boolean canName(String name, FilesSettings limits) {
        try {
            check(name, name, limits);
            return name.indexOf('/') < 0;
        } catch (HostFailure e) {
            return false;
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The last name. */
    String name() {
        return names.isEmpty() ? grant : names.get(names.size() - 1);
    }

    /** As the plugin wrote it, for messages. */
    @Override
    public String toString() {
        return Escaped.brief(names.isEmpty() ? grant : grant + "/" + String.join("/", names));
    }

    private static HostFailure invalid(String text, String why) {
        return new HostFailure(
                Reason.INVALID, "'%s' is no path: %s".formatted(Escaped.brief(text), why));
    }

    private static HostFailure denied(String text, String why) {
        return new HostFailure(
                Reason.DENIED, "'%s' is not allowed: %s".formatted(Escaped.brief(text), why));
    }
}
