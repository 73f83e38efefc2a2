package io.trinity.registry;

import io.trinity.api.plugin.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps a plugin that traps again and again from being called for a while, longer each time. After
 * that it is on probation for one window: a single trap brings it back. Thread-safe.
 */
final class Quarantine {
    /**
     * What ends a guest by its own doing. A deadline of another plugin's is that one's failure, and
     * does not come here.
     */
    private static final Set<ErrorCode> TRAPS =
            EnumSet.of(
                    ErrorCode.GUEST_TRAP,
                    ErrorCode.GUEST_ABI,
                    ErrorCode.LIMIT_MEMORY,
                    ErrorCode.LIMIT_CPU,
                    ErrorCode.LIMIT_FUEL,
                    ErrorCode.LIMIT_TIME,
                    ErrorCode.LIMIT_STACK,
                    ErrorCode.LIMIT_HOST_CALLS,
                    ErrorCode.LIMIT_RESTARTS,
                    ErrorCode.CAPABILITY_DENIED);

    /**
     * When it begins and how long it lasts.
     *
     * @param traps that many within the window; 0 for never
     * @param windowMillis also the time of probation
     * @param firstMillis of the first one; doubled each time
     * @param mostMillis of any
     */
    record Settings(int traps, long windowMillis, long firstMillis, long mostMillis) {}

    private final Supplier<Settings> settings;
    private final LongSupplier nanoClock;
    private final Deque<Long> recent = new ArrayDeque<>();
    private volatile boolean on;
    private int inARow;
    private long endedNanos;
    private long begun;

    Quarantine(Supplier<Settings> settings, LongSupplier nanoClock) {
        this.settings = settings;
        this.nanoClock = nanoClock;
    }

    static boolean counts(ErrorCode code) {
        return TRAPS.contains(code);
    }

    /** Whether calls are refused now. */
    boolean on() {
        return on;
    }

    /** How often it began, over all generations. */
    synchronized long begun() {
        return begun;
    }

    /**
     * A call ended in a trap.
     *
     * @param code one that {@link #counts}; LIMIT_RESTARTS is enough by itself
     * @return for how many milliseconds the quarantine that begins with it lasts; 0 where none does
     */
    synchronized long trapped(ErrorCode code) {
        Settings s = settings.get();
        if (on || s.traps() == 0) {
            return 0;
        }
        long now = nanoClock.getAsLong();
        long window = TimeUnit.MILLISECONDS.toNanos(s.windowMillis());
        if (inARow > 0 && now - endedNanos >= window) {
            inARow = 0;
        }
        recent.addLast(now);
        while (recent.size() > s.traps() || now - recent.getFirst() > window) {
            recent.removeFirst();
        }
        boolean enough = code == ErrorCode.LIMIT_RESTARTS || recent.size() >= s.traps();
        if (inARow == 0 && !enough) {
            return 0;
        }
        long millis = s.firstMillis();
        for (int i = 0; i < inARow && millis < s.mostMillis(); i++) {
            millis *= 2;
        }
        on = true;
        inARow++;
        begun++;
        recent.clear();
        return Math.min(millis, s.mostMillis());
    }

    /** It is over, and probation begins. */
    synchronized void end() {
        on = false;
        endedNanos = nanoClock.getAsLong();
    }

    /** Another generation serves, about which nothing is known. */
    synchronized void forget() {
        on = false;
        inARow = 0;
        recent.clear();
    }
}
