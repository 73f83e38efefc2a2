package io.trinity.api.plugin;

import java.util.Objects;
import java.util.Optional;

/**
 * How a call is to be made.
 *
 * @param streamKey calls with the same key reach the same guest, in order; empty for no preference
 * @param deadlineNanos {@link System#nanoTime()} at which the call must be over; {@link
 *     Long#MAX_VALUE} for no deadline besides the plugin's own limit
 * @param budgetOwner the plugin that calls, and pays; empty where the host calls, and the plugin
 *     pays for itself
 * @param hurriedBy the plugin within whose call this one is made and whose deadline it has: who
 *     does not get done by then is not to blame for it, and is not called at all with less time
 *     than it needs; empty where the deadline is the host's
 * @param moreTime for a message, what gives such calls more time where the deadline is the host's,
 *     as in {@code raise wallMillis in conf/io.trinity.hooks.cfg}; empty where there is no deadline
 *     besides the plugin's own limit
 */
public record CallOptions(
        String streamKey,
        long deadlineNanos,
        Optional<BudgetOwner> budgetOwner,
        Optional<PluginRef> hurriedBy,
        String moreTime) {
    /** No stream, no deadline of the caller's. */
    public static final CallOptions DEFAULT = new CallOptions("", Long.MAX_VALUE);

    public CallOptions {
        Objects.requireNonNull(streamKey, "streamKey");
        Objects.requireNonNull(budgetOwner, "budgetOwner");
        Objects.requireNonNull(hurriedBy, "hurriedBy");
        Objects.requireNonNull(moreTime, "moreTime");
    }

    /** A call of the host's. */
    public CallOptions(String streamKey, long deadlineNanos) {
        this(streamKey, deadlineNanos, Optional.empty(), Optional.empty(), "");
    }

    /** A call of a plugin's, which pays for it and whose deadline it has. */
    public static CallOptions of(long deadlineNanos, Optional<BudgetOwner> budgetOwner) {
        return new CallOptions(
                "", deadlineNanos, budgetOwner, budgetOwner.map(BudgetOwner::plugin), "");
    }

    /** A call about a stream, with no deadline of the caller's. */
    public static CallOptions stream(String key) {
        return new CallOptions(key, Long.MAX_VALUE);
    }
}
