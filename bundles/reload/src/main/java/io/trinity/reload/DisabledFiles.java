package io.trinity.reload;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that were unloaded by command, and the plugin that each brought: {@code
 * data/plugins/disabled}, JSON. Confined to reload's thread.
 */
final class DisabledFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DisabledFiles.class);

    private final Path store;
    private final Map<String, String> plugins = new TreeMap<>();

    DisabledFiles(Path store) {
        this.store = store;
        try {
            JSON.std
                    .mapFrom(Files.readString(store))
                    .forEach((file, plugin) -> plugins.put(file, String.valueOf(plugin)));
        } catch (NoSuchFileException e) {
            LOG.debug("nothing is disabled");
        } catch (IOException e) {
            LOG.error(
                    "code=STORE_FAILED file={} cannot be read; what was unloaded by command is"
                            + " loaded again",
                    store,
                    e);
        }
    }

    /** The plugin of a file that is to be left alone. */
    Optional<String> plugin(String file) {
        return Optional.ofNullable(plugins.get(file));
    }

    /**
     * From now on a file is to be left alone.
     *
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    void add(String file, String plugin) {
        Map<String, String> next = new TreeMap<>(plugins);
        next.put(file, plugin);
        write(plugin, next);
    }

    /**
     * No longer; nothing where it is not.
     *
     * @throws PluginException STORE_FAILED; nothing has changed then
     */
    void remove(String file) {
        String plugin = plugins.get(file);
        if (plugin != null) {
            Map<String, String> next = new TreeMap<>(plugins);
            next.remove(file);
            write(plugin, next);
        }
    }

    /** Forgets files that went away while nobody looked. */
    void forgetAllBut(Predicate<String> there) {
        for (String file : List.copyOf(plugins.keySet())) {
            if (!there.test(file)) {
                try {
                    remove(file);
                } catch (PluginException e) {
                    LOG.error("code=STORE_FAILED {}", e.getMessage());
                }
            }
        }
    }

    private void write(String plugin, Map<String, String> next) {
        try {
            DurableFile.write(store, JSON.std.asString(next));
        } catch (IOException e) {
            throw PluginException.of(
                    ErrorCode.STORE_FAILED,
                    PluginRef.named(plugin),
                    "it cannot be remembered in " + store + ": " + e,
                    "make room on the disk and check who may write there",
                    e);
        }
        plugins.clear();
        plugins.putAll(next);
    }
}
