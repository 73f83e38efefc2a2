package io.trinity.hooks;

import io.trinity.api.home.FileWords;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hooks that plugins' manifests called required when they were loaded last, in {@code
 * data/hooks/required}: lines {@code PLUGIN WISH}. A plugin that is off, or whose file is
 * unreadable or gone, is required after a restart as it was before, though nobody reads its
 * manifest then. Thread-safe.
 */
final class RememberedHooks {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedHooks.class);
    private static final Pattern LINE =
            Pattern.compile("[a-z][a-z0-9-]{0,62} [a-z_]+(/[^ @]+)?@[0-9]{1,6}!");

    private final LineFile file;
    private Set<String> lines;

    RememberedHooks(Path path) {
        this.file = new LineFile(path, LINE);
        this.lines =
                file.read("hooks of plugins that are off are not required until they are back");
    }

    /** By plugin. */
    synchronized Map<String, List<DeclaredHook>> all() {
        Map<String, List<DeclaredHook>> all = new TreeMap<>();
        for (String line : lines) {
            int blank = line.indexOf(' ');
            DeclaredHook.parse(line.substring(blank + 1))
                    .ifPresent(
                            w ->
                                    all.computeIfAbsent(
                                                    line.substring(0, blank),
                                                    p -> new ArrayList<>())
                                            .add(w));
        }
        return all;
    }

    /**
     * Nothing of a plugin is required any more.
     *
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    synchronized void forget(String plugin) {
        Set<String> next = without(plugin);
        try {
            file.write(next);
        } catch (IOException e) {
            throw PluginException.of(
                    ErrorCode.STORE_FAILED,
                    PluginRef.named(plugin),
                    "'%s' cannot be written: %s".formatted(file, FileWords.of(e)),
                    "make room on the disk, or let the host's user write there",
                    e);
        }
        lines = Set.copyOf(next);
    }

    /** Whether a plugin that was loaded once required anything at last. */
    synchronized boolean has(String plugin) {
        return lines.stream().anyMatch(l -> l.startsWith(plugin + " "));
    }

    private Set<String> without(String plugin) {
        return lines.stream()
                .filter(l -> !l.startsWith(plugin + " "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What a plugin's manifest says now. A hook that it required before and has no longer stays
     * required until it is forgotten: a version that lost its guard, or another module of that
     * name, lets nothing pass. Where it cannot be stored, that is logged.
     *
     * @return what it required before and has no longer
     */
    synchronized List<DeclaredHook> put(String plugin, List<DeclaredHook> declarations) {
        List<DeclaredHook> lost =
                all().getOrDefault(plugin, List.of()).stream()
                        .filter(
                                old ->
                                        declarations.stream()
                                                .noneMatch(w -> w.place().equals(old.place())))
                        .toList();
        Set<String> next = without(plugin);
        Stream.concat(declarations.stream().filter(DeclaredHook::required), lost.stream())
                .forEach(w -> next.add(plugin + " " + w));
        if (!next.equals(lines)) {
            store(plugin, next);
        }
        return lost;
    }

    private void store(String plugin, Set<String> next) {
        lines = Set.copyOf(next);
        try {
            file.write(next);
        } catch (IOException e) {
            LOG.error(
                    "code=STORE_FAILED file={} cannot be written; after a restart the hooks of"
                            + " plugin={} are not required while it is off",
                    file,
                    plugin,
                    e);
        }
    }
}
