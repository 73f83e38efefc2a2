package io.trinity.reload;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.registry.PluginRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which file is meant by a name that somebody typed. On reload's one thread. */
final class NameLookup {
    private final Path folder;
    private final PluginRegistry registry;
    private final FoundFiles files;

    NameLookup(Path folder, PluginRegistry registry, FoundFiles files) {
        this.folder = folder;
        this.registry = registry;
        this.files = files;
    }

    /**
     * The file that is meant by the name of a plugin or of a file: what stands for the plugin, one
     * that brings it, the file itself, or one that came since the last look.
     *
     * @throws PluginException NOT_FOUND
     */
    Path file(String name) {
        Optional<Path> standing =
                registry.find(name).flatMap(s -> files.named(s.file())).map(FoundFile::path);
        if (standing.isPresent()) {
            return standing.get();
        }
        List<FoundFile> bringing = files.bringing(name);
        if (!bringing.isEmpty()) {
            return bringing.get(0).path();
        }
        Optional<FoundFile> named = files.named(name);
        if (named.isPresent()) {
            return named.get().path();
        }
        for (String fileName : List.of(name, name + ".wasm")) {
            Optional<Path> file = PluginFile.in(folder, fileName);
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw PluginException.of(
                ErrorCode.NOT_FOUND,
                PluginRef.named(PluginFile.printable(name)),
                "no such plugin, and no such file in " + folder,
                "plugin:list shows those that there are");
    }
}
