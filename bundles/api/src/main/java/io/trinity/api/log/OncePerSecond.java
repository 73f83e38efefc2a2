package io.trinity.api.log;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one line a second through for each key. The first comes at once; of those that follow within
 * the second the last one comes at its end, with the number of those in between. So nothing is told
 * late, and a flood is a line a second. Thread-safe; lines are written without a lock held.
 */
public final class OncePerSecond {
    /** Runs something once, later, on a thread of its own. */
    @FunctionalInterface
    public interface Later {
        /** After that time; never where the host is ending. */
        void in(long millis, Runnable work);
    }

    /** Keys that are remembered at a time; of others at most one line a second comes in all. */
    static final int MAX_KEYS = 256;

    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String OTHERS = "";

    private static final class Entry {
        private long lastNanos;
        private long silent;
        private boolean scheduled;
        private @Nullable LongConsumer latest;
    }

    private final LongSupplier nanoClock;
    private final Later later;
    private final Map<String, Entry> entries = new HashMap<>();

    /**
     * @param nanoClock {@link System#nanoTime()}
     */
    public OncePerSecond(LongSupplier nanoClock, Later later) {
        this.nanoClock = nanoClock;
        this.later = later;
    }

    /**
     * One more line of a kind.
     *
     * @param key the kind; not empty
     * @param line writes it, given how many of its kind were left out before it
     */
    public void tell(String key, LongConsumer line) {
        long wait;
        Entry entry;
        synchronized (this) {
            long now = nanoClock.getAsLong();
            forgetThoseOver(now);
            String known = entries.containsKey(key) || entries.size() < MAX_KEYS ? key : OTHERS;
            Entry before = entries.get(known);
            if (before == null) {
                entry = new Entry();
                entry.lastNanos = now;
                entries.put(known, entry);
                wait = 0;
            } else {
                entry = before;
                entry.silent++;
                entry.latest = line;
                if (entry.scheduled) {
                    return;
                }
                entry.scheduled = true;
                wait = Math.max(1, EVERY_NANOS - (now - entry.lastNanos));
            }
        }
        if (wait == 0) {
            line.accept(0);
        } else {
            later.in(TimeUnit.NANOSECONDS.toMillis(wait) + 1, () -> flush(entry));
        }
    }

    private void flush(Entry entry) {
        LongConsumer line;
        long between;
        synchronized (this) {
            entry.scheduled = false;
            line = entry.latest;
            between = entry.silent - 1;
            entry.latest = null;
            entry.silent = 0;
            entry.lastNanos = nanoClock.getAsLong();
        }
        if (line != null) {
            line.accept(between);
        }
    }

    private void forgetThoseOver(long now) {
        entries.values().removeIf(e -> !e.scheduled && now - e.lastNanos >= EVERY_NANOS);
    }
}
