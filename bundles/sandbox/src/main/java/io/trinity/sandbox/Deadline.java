package io.trinity.sandbox;

import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * When a call must be over, and whose affair it is where it is not.
 *
 * @param nanos by {@link System#nanoTime()}
 * @param hurriedBy the plugin whose deadline it is; empty where it is the host's, or the plugin's
 *     own
 * @param moreTime what gives such calls more time; empty where it is the plugin's own limit
 */
record Deadline(long nanos, Optional<PluginRef> hurriedBy, String moreTime) {
    /** The plugin's own limit. */
    static Deadline own(long nanos) {
        return new Deadline(nanos, Optional.empty(), "");
    }

    /** The plugin's own limit from now on, or the caller's deadline where that is sooner. */
    static Deadline of(CallOptions options, Limits limits) {
        long own = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limits.wallMillis());
        boolean isOwn =
                options.deadlineNanos() == Long.MAX_VALUE || own - options.deadlineNanos() < 0;
        return isOwn
                ? own(own)
                : new Deadline(options.deadlineNanos(), options.hurriedBy(), options.moreTime());
    }

    long leftNanos() {
        return nanos - System.nanoTime();
    }
}
