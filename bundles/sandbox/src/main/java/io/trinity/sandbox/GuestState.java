package io.trinity.sandbox;

import io.trinity.api.engine.Guest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.Limits;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What the host keeps for one guest. Confined to the thread of the guest's call, as the guest is; a
 * new guest has a new one.
 */
final class GuestState {
    private static final int FAILURE_LENGTH = 1000;

    private final PluginRef plugin;
    private final VectorHandles vectors;
    private final Optional<String> reallocName;
    private final UsageLedger usage;
    private final LongSupplier nanoClock;
    private Limits limits = Limits.DEFAULT;
    private long cpuNanos;
    private long deadlineNanos;
    private long workNanos;
    private int hostCalls;
    private long hostNanos;
    private long bytesIn;
    private long bytesOut;
    private boolean inAbi;
    private String lastFailure = "";

    /**
     * @param reallocName the export that is the guest's allocator; empty if it has none
     * @param usage takes in what its calls used up
     * @param nanoClock {@link System#nanoTime()}, which deadlines are told in
     */
    GuestState(
            PluginRef plugin,
            VectorHandles vectors,
            Optional<String> reallocName,
            UsageLedger usage,
            LongSupplier nanoClock) {
        this.plugin = plugin;
        this.vectors = vectors;
        this.reallocName = reallocName;
        this.usage = usage;
        this.nanoClock = nanoClock;
    }

    /**
     * A call begins.
     *
     * @param cpu CPU time that it has, in nanoseconds
     * @param deadline when it must be over
     */
    void begin(Limits limitsNow, long cpu, long deadline) {
        limits = limitsNow;
        cpuNanos = cpu;
        deadlineNanos = deadline;
        workNanos = 0;
        hostCalls = 0;
        hostNanos = 0;
        bytesIn = 0;
        bytesOut = 0;
        inAbi = false;
        lastFailure = "";
    }

    /**
     * Counts a host call and refuses one too many, one from within {@code cabi_realloc}, and one
     * after the deadline: the engine looks at the clock only after so much guest code, and a host
     * call may take far longer than that.
     */
    void countHostCall(String function) {
        if (inAbi) {
            throw PluginException.of(
                    ErrorCode.GUEST_ABI,
                    plugin,
                    "it called " + function + " from within cabi_realloc or cabi_post_…",
                    "call no host function there");
        }
        if (++hostCalls > limits.hostCalls()) {
            throw PluginException.of(
                    ErrorCode.LIMIT_HOST_CALLS,
                    plugin,
                    "it called the host more than " + limits.hostCalls() + " times in one call",
                    raise("hostCalls"));
        }
        if (nanoClock.getAsLong() - deadlineNanos >= 0) {
            throw late("it called " + function + " after its time was over");
        }
    }

    /**
     * Before work whose size the guest chooses: refuses what would take more CPU time than the call
     * has, or would end after its deadline.
     *
     * @param nanos how long the work takes, estimated from below
     */
    void spend(String function, long nanos) {
        workNanos += nanos;
        if (workNanos > cpuNanos) {
            throw PluginException.of(
                    ErrorCode.LIMIT_CPU,
                    plugin,
                    "its calls of %s need at least %d ms of CPU time, allowed are %d ms"
                            .formatted(function, workNanos / 1_000_000, cpuNanos / 1_000_000),
                    raise("cpuMillis"));
        }
        if (nanoClock.getAsLong() + nanos - deadlineNanos >= 0) {
            throw late("it called " + function + " with more than can be done in time");
        }
    }

    private PluginException late(String what) {
        return PluginException.of(ErrorCode.LIMIT_TIME, plugin, what, raise("wallMillis"));
    }

    private String raise(String key) {
        return "raise " + key + " in conf/io.trinity.plugin-" + plugin.name() + ".cfg";
    }

    /** From now on, or no longer, the guest is in {@code cabi_realloc} or {@code cabi_post_…}. */
    void inAbi(boolean now) {
        inAbi = now;
    }

    /** Asks the guest for memory, and lets it call nobody meanwhile. */
    int reallocate(Guest guest, int pointer, int oldSize, int alignment, int size) {
        if (reallocName.isEmpty()) {
            throw PluginException.of(
                    ErrorCode.GUEST_ABI,
                    plugin,
                    "it takes text or lists from the host and exports no cabi_realloc",
                    "export cabi_realloc");
        }
        inAbi = true;
        int room = (int) guest.function(reallocName.get()).call(pointer, oldSize, alignment, size);
        inAbi = false;
        return room;
    }

    PluginRef plugin() {
        return plugin;
    }

    VectorHandles vectors() {
        return vectors;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Why the last host function failed; empty if none did. */
    String lastFailure() {
        return lastFailure;
    }

    void lastFailure(String sentence) {
        lastFailure = PlainText.of(sentence, FAILURE_LENGTH);
    }

    UsageLedger usage() {
        return usage;
    }

    /** Wall time that a host function took. */
    void countHostNanos(long nanos) {
        hostNanos += nanos;
    }

    /** Bytes written into the guest. */
    void countIn(long bytes) {
        bytesIn += bytes;
    }

    /** Bytes read from the guest. */
    void countOut(long bytes) {
        bytesOut += bytes;
    }

    long hostNanos() {
        return hostNanos;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }
}
