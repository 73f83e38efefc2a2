package io.trinity.api.sandbox;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What owners of host functions count over one call of a plugin, such as bytes that it has read. It
 * lives as long as that call: a plugin that is called ten times within another's call has ten of
 * them. Thread-safe, since an owner may work on threads of its own.
 */
public final class CallCounters {
    private final Map<String, AtomicLong> byKey = new ConcurrentHashMap<>();
    private final AtomicLong elsewhere = new AtomicLong();

    /**
     * An owner's own thread worked for the call. It is taken off the CPU time that the call has
     * when the host function is over; to be told before that.
     *
     * @param cpuNanos CPU time of that thread, in nanoseconds
     */
    public void workedElsewhere(long cpuNanos) {
        elsewhere.addAndGet(cpuNanos);
    }

    /** CPU time that was told since this was last asked, in nanoseconds. */
    public long takeElsewhere() {
        return elsewhere.getAndSet(0);
    }

    /**
     * A counter of the call, 0 at first.
     *
     * @param key its owner's, such as a PID with the name of a limit
     */
    public AtomicLong of(String key) {
        return byKey.computeIfAbsent(key, k -> new AtomicLong());
    }
}
