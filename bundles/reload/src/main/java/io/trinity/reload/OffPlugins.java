package io.trinity.reload;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.home.DurableFile;
import io.trinity.api.home.FileWords;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plugins that were unloaded by command, by their name, with the file that each came from:
 * {@code data/plugins/disabled}, JSON. Confined to reload's thread.
 */
final class OffPlugins {
    private static final Logger LOG = LoggerFactory.getLogger(OffPlugins.class);
    private static final String ENDING = ".wasm";

    private final Path store;
    private final Map<String, String> files = new TreeMap<>();

    OffPlugins(Path store) {
        this.store = store;
        try {
            JSON.std
                    .mapFrom(Files.readString(store))
                    .forEach((plugin, file) -> add(files, plugin, String.valueOf(file)));
        } catch (NoSuchFileException e) {
            LOG.debug("nothing is off");
        } catch (IOException e) {
            LOG.error(
                    "code=STORE_FAILED file={} cannot be read; what was unloaded by command is"
                            + " loaded again",
                    store,
                    e);
        }
    }

    /** Earlier versions wrote the file before the plugin. */
    private static void add(Map<String, String> files, String plugin, String file) {
        if (plugin.endsWith(ENDING) && !file.endsWith(ENDING)) {
            files.put(file, plugin);
        } else {
            files.put(plugin, file);
        }
    }

    /** Whether a plugin, or a file that brings none, was unloaded by command. */
    boolean contains(String name) {
        return files.containsKey(name);
    }

    /**
     * From now on it is off.
     *
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    void add(String plugin, String file) {
        Map<String, String> next = new TreeMap<>(files);
        next.put(plugin, file);
        write(plugin, next);
    }

    /**
     * No longer.
     *
     * @return whether it was
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    boolean remove(String plugin) {
        if (!files.containsKey(plugin)) {
            return false;
        }
        Map<String, String> next = new TreeMap<>(files);
        next.remove(plugin);
        write(plugin, next);
        return true;
    }

    private void write(String plugin, Map<String, String> next) {
        try {
            Files.createDirectories(store.toAbsolutePath().getParent());
            DurableFile.write(store, JSON.std.asString(next));
        } catch (IOException e) {
            throw PluginException.of(
                    ErrorCode.STORE_FAILED,
                    PluginRef.named(plugin),
                    "it cannot be remembered in " + store + ": " + FileWords.of(e),
                    "make room on the disk and check who may write there",
                    e);
        }
        files.clear();
        files.putAll(next);
    }
}
