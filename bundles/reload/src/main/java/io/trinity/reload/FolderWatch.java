package io.trinity.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the plugin folder, and hands on what has changed there and come to rest. Whoever calls
 * says when; on reload's one thread.
 */
final class FolderWatch {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

    /** How long a file that is gone waits for others that are coming: it may be one of them. */
    private static final long GONE_WAITS_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What no file looks like, nor one that is not there. */
    private static final String LEFT = "left";

    private final Path folder;
    private final FolderChanges changes;
    private final FolderEvents events;
    private final Committed committed;
    private final IntSupplier debounceMillis;
    private final FolderLog log;

    /** When each file that is gone was first seen to be, in nanoseconds. */
    private final Map<Path, Long> goneSince = new HashMap<>();

    /**
     * @param debounceMillis how long a file must have been left alone
     */
    FolderWatch(
            Path folder,
            FolderChanges changes,
            FolderEvents events,
            Committed committed,
            IntSupplier debounceMillis) {
        this.folder = folder;
        this.changes = changes;
        this.events = events;
        this.committed = committed;
        this.debounceMillis = debounceMillis;
        this.log = new FolderLog(folder);
    }

    /**
     * Looks at every file at once, so that being settled means that the folder has been dealt with
     * and not only that nobody has looked yet. A file that was left alone while nobody looked need
     * not be watched for the debounce time. What was committed has been recalled.
     */
    void boot() {
        FolderLook look = FolderLook.at(folder);
        List<Path> old = look.files().keySet().stream().filter(this::isOld).toList();
        old.forEach(f -> changes.dealtWith(f, Optional.ofNullable(look.files().get(f))));
        look(System.nanoTime());
        events.boot(old);
    }

    private boolean isOld(Path file) {
        try {
            return System.currentTimeMillis() - FolderLook.touchedMillis(file)
                    >= debounceMillis.getAsInt();
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Looks.
     *
     * @param nowNanos of one clock
     * @return when to look again at the latest, in nanoseconds
     */
    long look(long nowNanos) {
        FolderLook look = FolderLook.at(folder);
        FolderChanges.Due due =
                changes.feed(
                        look,
                        FolderLook::print,
                        !committed.plugins().isEmpty(),
                        TimeUnit.MILLISECONDS.toNanos(debounceMillis.getAsInt()),
                        nowNanos);
        log.tell(look, changes.held(), committed.plugins());
        due.changed().forEach(this::deal);
        goneSince.keySet().retainAll(due.gone());
        for (Path file : due.gone()) {
            long since = goneSince.computeIfAbsent(file, f -> nowNanos);
            // What is moved, or put back under another name, is looked into before.
            boolean others = events.isExamining() || changes.isAnyArriving();
            if (!others || nowNanos - since > GONE_WAITS_NANOS) {
                changes.dealtWith(file, Optional.empty());
                events.gone(file);
            }
        }
        return due.nextNanos();
    }

    /** A file is dealt with as it is now; where it changes while it is read, it is again. */
    void deal(Path file) {
        if (!events.isExamining(file)) {
            // One that went just now was seen as it is no more: so the next look finds it gone.
            changes.dealtWith(file, Optional.of(FolderLook.print(file).orElse(LEFT)));
            events.examine(file);
        }
    }

    /** Somebody says that a file has changed: it is read once it rests, be it as it was. */
    void told(Path file) {
        changes.told(inFolder(file));
    }

    /** As it is named in the folder, where it lies there, however the folder was reached. */
    private Path inFolder(Path file) {
        Path plain = file.toAbsolutePath().normalize();
        Path parent = plain.getParent();
        try {
            if (parent != null
                    && !parent.equals(folder)
                    && parent.toRealPath().equals(folder.toRealPath())) {
                return folder.resolve(plain.getFileName());
            }
        } catch (IOException e) {
            LOG.debug("{} or {} is not there", parent, folder, e);
        }
        return plain;
    }

    /** Whether nothing waits to come to rest, and all that did has been dealt with. */
    boolean isSettled() {
        return changes.isSettled() && events.isSettled();
    }
}
