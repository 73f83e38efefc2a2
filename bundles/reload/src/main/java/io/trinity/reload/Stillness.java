package io.trinity.reload;

import java.util.Optional;

/**
 * Whether a file has been left alone for long enough to be read. Pure: fed with what the file looks
 * like and when.
 */
final class Stillness {
    /**
     * What a file looks like from outside.
     *
     * @param digest SHA-256 of its content; empty where it was not read
     */
    record Look(long sizeBytes, long modifiedMillis, String digest) {}

    private final long debounceNanos;
    private Optional<Look> last = Optional.empty();
    private long sinceNanos;

    Stillness(long debounceNanos) {
        this.debounceNanos = debounceNanos;
    }

    /** How long the file has still to be left alone, in nanoseconds; 0 when it may be read. */
    long remaining(Look now, long nowNanos) {
        if (last.isEmpty() || !last.get().equals(now)) {
            last = Optional.of(now);
            sinceNanos = nowNanos;
            return debounceNanos;
        }
        return Math.max(0, debounceNanos - (nowNanos - sinceNanos));
    }
}
