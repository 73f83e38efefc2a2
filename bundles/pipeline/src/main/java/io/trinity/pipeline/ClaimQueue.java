package io.trinity.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Claimed inputs that wait for their turn. One that failed to come to an end waits behind all
 * others, so that it stands in nobody's way. Confined to one thread.
 */
final class ClaimQueue {
    /** Most tries of an input that fails by itself. */
    static final int TRIES = 3;

    /** How often the host may fail in work on an input, or die; counted on disk. */
    static final int ATTEMPTS = 2;

    /** How long one that fails while others pass may be passed over. */
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Between two tries of one. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** An input and what is held against it. */
    static final class Entry {
        final Claim claim;
        final long sinceNanos = System.nanoTime();
        private int tries;
        private boolean suspect;
        private boolean unwritable;
        private long notBeforeNanos = System.nanoTime();

        private Entry(Claim claim) {
            this.claim = claim;
        }

        /** Tries that failed by the input's own fault. */
        int tries() {
            return tries;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final long pauseNanos;

    ClaimQueue() {
        this(PAUSE_NANOS);
    }

    /** For tests that do not wait. */
    ClaimQueue(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }

    /** An input that nothing is held against. */
    Entry add(Claim claim) {
        Entry e = new Entry(claim);
        entries.add(e);
        return e;
    }

    /** An input in whose work the host died: others go first. */
    void addSuspect(Claim claim) {
        Entry e = add(claim);
        e.suspect = true;
        // Until the inbox was looked at twice.
        e.notBeforeNanos = System.nanoTime() + pauseNanos / 2;
    }

    /**
     * The next to be worked on; nothing where none is due.
     *
     * @param othersWait whether inputs wait that nothing is held against
     */
    Optional<Entry> next(boolean othersWait) {
        long now = System.nanoTime();
        return entries.stream()
                .filter(e -> e.notBeforeNanos - now <= 0)
                .filter(e -> !e.suspect || !othersWait || now - e.notBeforeNanos > TIMEOUT_NANOS)
                .min(Comparator.comparing((Entry e) -> e.suspect).thenComparing(e -> e.claim.id()));
    }

    /** It came to its end; what could not be written meanwhile was not the outbox's fault then. */
    void ended(Entry e, boolean written) {
        entries.remove(e);
        if (written) {
            for (Entry other : entries) {
                if (other.unwritable) {
                    other.unwritable = false;
                    other.tries++;
                }
            }
        }
    }

    /** It failed by its own fault, and is tried again after a while. */
    void failed(Entry e) {
        e.tries++;
        later(e);
    }

    /** Its results could not be written; whose fault that is, the others show. */
    void unwritable(Entry e) {
        e.unwritable = true;
        later(e);
    }

    private void later(Entry e) {
        e.suspect = true;
        e.notBeforeNanos = System.nanoTime() + pauseNanos;
    }

    /** How many could not be written, and none was written since. */
    int unwritable() {
        return (int) entries.stream().filter(e -> e.unwritable).count();
    }

    /**
     * How many wait.
     *
     * @param inWork the one that is worked on, which does not; null for none
     */
    int waiting(@Nullable Entry inWork) {
        return (int) entries.stream().filter(e -> e != inWork).count();
    }

    /** Since when the oldest of them waits; nothing for none. */
    Optional<Long> oldestNanos(@Nullable Entry inWork) {
        return entries.stream()
                .filter(e -> e != inWork)
                .map(e -> e.sinceNanos)
                .min(Comparator.naturalOrder());
    }
}
