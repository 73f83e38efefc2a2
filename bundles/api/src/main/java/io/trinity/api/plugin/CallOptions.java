package io.trinity.api.plugin;

import java.util.Objects;

/**
 * How a call is to be made.
 *
 * @param streamKey calls with the same key reach the same guest, in order; empty for no preference
 * @param deadlineNanos {@link System#nanoTime()} at which the call must be over; {@link
 *     Long#MAX_VALUE} for no deadline besides the plugin's own limit
 */
public record CallOptions(String streamKey, long deadlineNanos) {
    /** No stream, no deadline of the caller's. */
    public static final CallOptions DEFAULT = new CallOptions("", Long.MAX_VALUE);

    public CallOptions {
        Objects.requireNonNull(streamKey, "streamKey");
    }

    /** A call about a stream, with no deadline of the caller's. */
    public static CallOptions stream(String key) {
        return new CallOptions(key, Long.MAX_VALUE);
    }
}
