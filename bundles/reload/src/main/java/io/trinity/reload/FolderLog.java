package io.trinity.reload;

import io.trinity.api.plugin.PluginRef;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is said of the plugin folder itself and of what lies there in vain: each thing once. */
final class FolderLog {
    private static final Logger LOG = LoggerFactory.getLogger(FolderLog.class);

    /** Uploads have such names for a while; what stays is worth a word. */
    private static final int LOOKS = 25;

    private final Path folder;
    private final Map<Path, Integer> looks = new HashMap<>();
    private Optional<String> held = Optional.empty();
    private boolean first = true;

    FolderLog(Path folder) {
        this.folder = folder;
    }

    /**
     * @param holds why nothing counts as gone at present
     * @param plugins those that were there
     */
    void tell(FolderLook look, Optional<String> holds, Collection<String> plugins) {
        if (!holds.equals(held)) {
            if (holds.isPresent()) {
                LOG.warn(
                        "the plugin folder {} {}; nothing is unloaded and nothing forgotten for"
                                + " that (plugins: {}); it is looked at again and again",
                        folder,
                        holds.get(),
                        plugins.isEmpty() ? "none" : String.join(", ", new TreeSet<>(plugins)));
            } else {
                LOG.info("the plugin folder {} is there again", folder);
            }
            held = holds;
        } else if (first && look.files().isEmpty()) {
            LOG.info("the plugin folder {} is empty", folder);
        }
        first = false;
        looks.keySet().retainAll(look.leftAlone().keySet());
        for (Map.Entry<Path, String> e : look.leftAlone().entrySet()) {
            if (looks.merge(e.getKey(), 1, Integer::sum) == LOOKS) {
                LOG.warn(
                        "file={} is no plugin and is left alone: {}",
                        PluginRef.field(PluginFile.key(e.getKey())),
                        e.getValue());
            }
        }
    }
}
