package io.trinity.reload;

import io.trinity.api.registry.PluginRegistry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What serves, and the file that each of it came from. On reload's one thread. */
final class ServedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ServedFiles.class);

    private final Path folder;
    private final PluginRegistry registry;
    private final Committed committed;
    private final FoundFiles files;

    ServedFiles(Path folder, PluginRegistry registry, Committed committed, FoundFiles files) {
        this.folder = folder;
        this.registry = registry;
        this.committed = committed;
        this.files = files;
    }

    /** Whether a generation of a plugin serves. */
    boolean serves(String plugin) {
        return registry.find(plugin).filter(s -> s.generation() > 0).isPresent();
    }

    /** The plugins that were committed from a file of that name. */
    List<String> cameFrom(String file) {
        return committed.plugins().stream()
                .filter(p -> committed.find(p).filter(c -> c.file().equals(file)).isPresent())
                .sorted()
                .toList();
    }

    /** The plugins that a file brings, and those that came from it. */
    Set<String> concerned(FoundFile f) {
        Set<String> plugins = new TreeSet<>();
        f.plugin().ifPresent(plugins::add);
        plugins.addAll(cameFrom(f.name()));
        return plugins;
    }

    /**
     * What serves of a plugin.
     *
     * @param willServe whether what was committed counts though it does not serve yet
     */
    Optional<Choice.Served> of(String plugin, boolean willServe) {
        return committed
                .find(plugin)
                .filter(c -> serves(plugin) || willServe)
                .map(c -> new Choice.Served(c.file(), c.digest(), stands(c)));
    }

    /** Whether a file is there, and is not what brings another plugin that serves. */
    private boolean stands(Commit c) {
        Optional<FoundFile> found = files.named(c.file());
        if (found.isEmpty()) {
            return isThere(c);
        }
        Optional<String> declared = found.get().plugin();
        return declared.isEmpty()
                || declared.get().equals(c.plugin())
                || cameFrom(c.file()).stream()
                        .noneMatch(p -> p.equals(declared.get()) && serves(p));
    }

    /** What cannot be named on this system is held to be there: nothing is forgotten for it. */
    private boolean isThere(Commit c) {
        try {
            return PluginFile.exists(folder.resolve(c.file()));
        } catch (InvalidPathException e) {
            LOG.warn(
                    "plugin={} its file '{}' cannot be named where the file system's encoding is"
                            + " {}; start the host with LC_ALL=C.UTF-8, or rename the file",
                    c.plugin(),
                    c.file(),
                    System.getProperty("sun.jnu.encoding"));
            return true;
        }
    }
}
