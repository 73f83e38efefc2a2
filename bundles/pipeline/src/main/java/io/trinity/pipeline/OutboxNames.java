package io.trinity.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names in one outbox, which several pipelines may share: who chooses one and puts its files
 * there does so alone. Thread-safe.
 */
final class OutboxNames {
    private static final int REMEMBERED = 1000;

    private final Path outbox;

    /** Names of files that somebody has chosen and may not have put down yet. */
    private final Map<String, Object> reserved = new HashMap<>();

    /** Where the search for a free number goes on: a name may come ten thousand times. */
    private final Map<String, Integer> lastNumbers =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > REMEMBERED;
                }
            };

    OutboxNames(Path outbox) {
        this.outbox = outbox;
    }

    /** What is done with a name that is chosen, before anybody else may choose. */
    interface Use {
        void with(String name) throws IOException;
    }

    /**
     * A name whose two files are not there and nobody's. It stays reserved for the owner.
     *
     * @param contentType of the bytes
     */
    synchronized void free(String wanted, String contentType, Object owner, Use use)
            throws IOException {
        String name = wanted;
        int n = Math.max(2, lastNumbers.getOrDefault(wanted, 0));
        while (!isFree(name, contentType, owner)) {
            name = MediaTypes.numbered(wanted, n);
            lastNumbers.put(wanted, n);
            n++;
        }
        reserve(name, owner);
        use.with(name);
    }

    /** Does it while nobody chooses. */
    synchronized void alone(String name, Use use) throws IOException {
        use.with(name);
    }

    /** It was chosen in an earlier life. */
    synchronized void reserve(String name, Object owner) {
        for (String file : new HashSet<>(files(name, ""))) {
            reserved.put(file, owner);
        }
    }

    /** Its files are there, or it is given up. */
    synchronized void release(Object owner) {
        reserved.values().removeIf(o -> o.equals(owner));
    }

    private boolean isFree(String name, String contentType, Object owner) {
        for (String file : files(name, contentType)) {
            Object other = reserved.get(file);
            if (other != null && !other.equals(owner)
                    || Files.exists(outbox.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> files(String name, String contentType) {
        return new HashSet<>(
                List.of(
                        name,
                        MediaTypes.resultName(name, contentType),
                        MediaTypes.linesName(name)));
    }
}
