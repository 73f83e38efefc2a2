package io.trinity.reload;

import java.util.Optional;

/**
 * Whether a file has been left alone for long enough to be read, or been away for long enough to be
 * gone. Pure: fed with what the file looks like and when.
 */
final class Debounce {
    private Optional<String> last = Optional.empty();
    private long sinceNanos;

    /** Whether it looked so when it was last looked at. */
    boolean isLast(String look) {
        return last.filter(look::equals).isPresent();
    }

    /**
     * How long the file has still to be left alone, in nanoseconds; 0 when it may be dealt with.
     *
     * @param now what it looks like from outside
     * @param debounceNanos how long it must look the same
     */
    long remaining(String now, long nowNanos, long debounceNanos) {
        if (last.isEmpty() || !last.get().equals(now)) {
            last = Optional.of(now);
            sinceNanos = nowNanos;
            return debounceNanos;
        }
        return Math.max(0, debounceNanos - (nowNanos - sinceNanos));
    }
}
