package io.trinity.sandbox;

import io.trinity.api.engine.Guest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.Limits;

/**
 * What the host keeps for one guest. Confined to the thread of the guest's call, as the guest is; a
 * new guest has a new one.
 */
final class GuestState {
    private final PluginRef plugin;
    private final VectorHandles vectors;
    private final String reallocName;
    private Limits limits = Limits.DEFAULT;
    private long deadlineNanos;
    private int hostCalls;
    private boolean inAbi;
    private String lastFailure = "";

    GuestState(PluginRef plugin, VectorHandles vectors, String reallocName) {
        this.plugin = plugin;
        this.vectors = vectors;
        this.reallocName = reallocName;
    }

    /** A call begins. */
    void begin(Limits limitsNow, long deadline) {
        limits = limitsNow;
        deadlineNanos = deadline;
        hostCalls = 0;
        inAbi = false;
        lastFailure = "";
    }

    /** Counts a host call and refuses one too many, or one from within {@code cabi_realloc}. */
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
                    "raise hostCalls in conf/io.trinity.plugin-" + plugin.name() + ".cfg");
        }
    }

    /** From now on, or no longer, the guest is in {@code cabi_realloc} or {@code cabi_post_…}. */
    void inAbi(boolean now) {
        inAbi = now;
    }

    /** Asks the guest for memory, and lets it call nobody meanwhile. */
    int reallocate(Guest guest, int pointer, int oldSize, int alignment, int size) {
        inAbi = true;
        int room = (int) guest.function(reallocName).call(pointer, oldSize, alignment, size);
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
        lastFailure = sentence;
    }
}
