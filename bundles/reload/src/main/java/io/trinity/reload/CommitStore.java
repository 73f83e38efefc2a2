package io.trinity.reload;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.api.home.DurableFile;
import io.trinity.api.home.FileWords;
import io.trinity.api.home.FolderEntries;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One small file per plugin that names its committed generation. Written aside, synced and renamed,
 * so that after a crash at any moment either the old or the new one is there, whole. For one thread
 * at a time for each plugin.
 */
final class CommitStore {
    private static final Logger LOG = LoggerFactory.getLogger(CommitStore.class);
    private static final String ENDING = ".json";

    /** Of plugins that are gone, so many keep the number of their last generation. */
    static final int MOST_ENDED = 1000;

    private final Path folder;

    CommitStore(Path folder) {
        this.folder = folder;
    }

    /** All that can be read, by plugin; one that cannot is told of and left out. */
    Map<String, Commit> all() {
        Map<String, Commit> all = new TreeMap<>();
        try {
            Files.createDirectories(folder);
            FolderEntries.of(folder).stream()
                    .filter(f -> f.toString().endsWith(ENDING))
                    .forEach(f -> read(f).ifPresent(c -> all.put(c.plugin(), c)));
        } catch (IOException e) {
            LOG.error("code=STORE_FAILED folder={} cannot be read", folder, e);
        }
        return all;
    }

    /**
     * Forgets all but the {@link #MOST_ENDED} that ended last: names cost strangers nothing.
     *
     * @param ended plugins that have no committed generation
     */
    void forgetOldest(Collection<String> ended) {
        if (ended.size() <= MOST_ENDED) {
            return;
        }
        List<Path> oldestFirst =
                ended.stream()
                        .map(this::path)
                        .sorted(Comparator.comparing(CommitStore::written))
                        .limit(ended.size() - MOST_ENDED)
                        .toList();
        for (Path file : oldestFirst) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("code=STORE_FAILED file={} cannot be removed: {}", file, FileWords.of(e));
            }
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static Optional<Commit> read(Path file) {
        try {
            Map<String, Object> m = JSON.std.mapFrom(Files.readString(file));
            Commit c =
                    new Commit(
                            text(m, "plugin"),
                            text(m, "file"),
                            Long.parseLong(text(m, "generation")),
                            text(m, "digest"));
            return Optional.of(c);
        } catch (IOException | RuntimeException e) {
            LOG.error("code=STORE_FAILED file={} is damaged and left out", file, e);
            return Optional.empty();
        }
    }

    private static String text(Map<String, Object> m, String key) throws IOException {
        Object value = m.get(key);
        if (value == null) {
            throw new IOException("no " + key);
        }
        return value.toString();
    }

    /**
     * Makes a generation the committed one, durably.
     *
     * @throws PluginException STORE_FAILED; the old one is still committed then
     */
    void write(Commit c) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("plugin", c.plugin());
        m.put("file", c.file());
        m.put("generation", c.generation());
        m.put("digest", c.digest());
        Path target = path(c.plugin());
        try {
            Files.createDirectories(folder);
            DurableFile.write(target, JSON.std.asString(m));
        } catch (IOException e) {
            throw PluginException.of(
                    ErrorCode.STORE_FAILED,
                    PluginRef.named(c.plugin()),
                    "generation %s cannot be committed to %s: %s"
                            .formatted(c.generation(), target, FileWords.of(e)),
                    "make room on the disk and check who may write there",
                    e);
        }
    }

    /** The plugin has no committed generation any more; its numbers are not used again. */
    void end(String plugin, long lastGeneration) {
        try {
            write(Commit.end(plugin, lastGeneration));
        } catch (PluginException e) {
            // What is left names a bundle that will be gone, which the next boot sees.
            LOG.error("code=STORE_FAILED plugin={} its end cannot be written", plugin, e);
        }
    }

    private Path path(String plugin) {
        return folder.resolve(plugin + ENDING);
    }
}
