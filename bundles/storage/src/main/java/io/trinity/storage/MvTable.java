package io.trinity.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Table} in an MVStore file.
 *
 * <p>H2 commits nothing by itself here, so that a change is in the file exactly when {@link
 * #makeDurable} has returned. Each commit is written to space that no synced commit needs, and
 * space of what was replaced is used again {@value #RETENTION_MILLIS} ms later. Files are not
 * compacted: moving what is stored is the part of H2 that has lost data (h2database issue 4247),
 * and without it the file stays within what its busiest second wrote.
 */
final class MvTable implements Table {
    private static final String MAP = "keys";
    private static final int FORMAT = 1;
    private static final int RETENTION_MILLIS = 500;

    private final MVStore store;
    private final MVMap<String, byte[]> map;

    private MvTable(MVStore store) {
        this.store = store;
        this.map =
                store.openMap(
                        MAP,
                        new MVMap.Builder<String, byte[]>()
                                .keyType(StringDataType.INSTANCE)
                                .valueType(ByteArrayDataType.INSTANCE));
    }

    /**
     * Opens or makes the file. Nobody else can have it open at the same time.
     *
     * @throws RuntimeException if it is damaged, in use or out of reach
     */
    static MvTable open(Path file, int cacheMebibytes) {
        return open(file, cacheMebibytes, RETENTION_MILLIS);
    }

    static MvTable open(Path file, int cacheMebibytes, int retentionMillis) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        MVStore store =
                new MVStore.Builder()
                        .fileName(file.toString())
                        .autoCommitDisabled()
                        .autoCommitBufferSize(0)
                        .cacheSize(cacheMebibytes)
                        .open();
        boolean opened = false;
        try {
            int format = store.getStoreVersion();
            if (format > FORMAT) {
                throw DataUtils.newMVStoreException(
                        DataUtils.ERROR_UNSUPPORTED_FORMAT,
                        "it has format {0}, and this version knows {1}",
                        format,
                        FORMAT);
            }
            store.setStoreVersion(FORMAT);
            store.setVersionsToKeep(0);
            // Syncing between commits would do; the time is for disks that say so too early.
            store.setRetentionTime(retentionMillis);
            MvTable table = new MvTable(store);
            opened = true;
            return table;
        } finally {
            if (!opened) {
                store.closeImmediately();
            }
        }
    }

    @Override
    public byte @Nullable [] get(String key) {
        return map.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public void erase(String key) {
        map.remove(key);
    }

    @Override
    public List<String> keys(String prefix, String from, int limit) {
        List<String> keys = new ArrayList<>();
        Iterator<String> all = map.keyIterator(from.compareTo(prefix) < 0 ? prefix : from);
        while (keys.size() < limit && all.hasNext()) {
            String key = all.next();
            if (!key.startsWith(prefix)) {
                break;
            }
            keys.add(key);
        }
        return keys;
    }

    @Override
    public void makeDurable() {
        store.commit();
        store.sync();
    }

    @Override
    public boolean broken() {
        return store.isClosed();
    }

    @Override
    public void close() {
        store.close(0); // milliseconds of compaction
    }

    @Override
    public void abandon() {
        store.closeImmediately();
    }
}
