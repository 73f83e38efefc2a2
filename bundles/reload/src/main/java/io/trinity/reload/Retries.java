package io.trinity.reload;

import io.trinity.api.plugin.ErrorCode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Files that were refused and are to be tried again, since what refused them may be over: a few at
 * a time, so that however many there are they hold up nothing else for long. On reload's one
 * thread.
 */
final class Retries {
    /** As many are tried at a time. */
    static final int AT_ONCE = 16;

    /** After the first time that another plugin's end did not help. */
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private static final int MOST_DOUBLINGS = 9;

    private final BiPredicate<Path, String> open;
    private final Consumer<FoundFile> again;
    private final LongSupplier clock;
    private final Set<FoundFile> due = new LinkedHashSet<>();
    private final Map<Path, String> tried = new HashMap<>();

    /**
     * @param open whether something is still being done for a file, and the plugin that it brings
     * @param again tries one
     */
    Retries(BiPredicate<Path, String> open, Consumer<FoundFile> again, LongSupplier clock) {
        this.open = open;
        this.again = again;
        this.clock = clock;
    }

    /** It is tried when its turn comes. */
    void add(FoundFile f) {
        due.add(f);
    }

    /**
     * Whether it may be tried because another plugin has gone: where that did not help, not again
     * for a while, which grows.
     */
    boolean forRoom(FoundFile f) {
        if (f.refusal.filter(r -> r.code() == ErrorCode.LIMIT_TOTAL_MEMORY).isEmpty()) {
            return true;
        }
        long now = clock.getAsLong();
        if (f.triedForRoom > 0 && now - f.notForRoomUntilNanos < 0) {
            return false;
        }
        f.notForRoomUntilNanos = now + (PAUSE_NANOS << Math.min(f.triedForRoom, MOST_DOUBLINGS));
        f.triedForRoom++;
        return true;
    }

    /** Something is over: the next. */
    void goOn() {
        tried.entrySet().removeIf(t -> !open.test(t.getKey(), t.getValue()));
        while (tried.size() < AT_ONCE && !due.isEmpty()) {
            FoundFile next = due.iterator().next();
            due.remove(next);
            if (next.refusal.isPresent()) {
                tried.put(next.path(), next.plugin().orElse(""));
                again.accept(next);
                tried.entrySet().removeIf(t -> !open.test(t.getKey(), t.getValue()));
            }
        }
    }

    /** Whether none waits for its turn. */
    boolean isEmpty() {
        return due.isEmpty();
    }
}
