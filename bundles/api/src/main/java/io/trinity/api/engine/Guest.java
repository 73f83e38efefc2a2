package io.trinity.api.engine;

import io.trinity.api.plugin.PluginException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One running instance. Confined to one call at a time; not thread-safe, but may be used by
 * different threads one after the other.
 *
 * <p>After any {@link PluginException} from {@link #run} the guest must be thrown away: its memory
 * may be in the middle of anything.
 */
@ProviderType
public interface Guest extends AutoCloseable {
    /** Its linear memory; empty where the module has none. */
    GuestMemory memory();

    /**
     * An exported function.
     *
     * @throws IllegalArgumentException if the module exports no function of that name
     */
    GuestFunction function(String export);

    /**
     * Runs work that calls functions of this guest, all of it within one budget. Not re-entrant.
     *
     * @throws PluginException LIMIT_CPU, LIMIT_TIME, LIMIT_FUEL, LIMIT_STACK, GUEST_TRAP, or
     *     whatever {@code work} throws
     */
    <T extends @org.jspecify.annotations.Nullable Object> T run(
            CallBudget budget, GuestWork<T> work);

    /**
     * Fuel used by the current or, after it, the last {@link #run}. Deterministic for equal inputs.
     */
    long fuelUsed();

    /**
     * CPU time of the last {@link #run}, host functions included, in nanoseconds; 0 where it was
     * too short for the CPU clock to be read. To be asked right after the run, by the same thread.
     */
    long cpuNanos();

    /**
     * CPU time that the running {@link #run} has left, in nanoseconds, not below 0. From then on
     * its CPU clock runs. On the thread of the run.
     */
    long cpuNanosLeft();

    /**
     * Takes fuel from the running {@link #run} for what was done for it elsewhere; on its thread.
     *
     * @param fuel at least 0
     * @throws PluginException LIMIT_FUEL, or another limit that is found to be used up
     */
    void charge(long fuel);

    /**
     * Leaves CPU time out of the running {@link #run}'s: others used it on its thread. On that
     * thread.
     *
     * @param cpuNanos at least 0
     */
    void excludeCpuTime(long cpuNanos);

    /**
     * Takes CPU time of the running {@link #run} that other threads used for it; on its thread. Its
     * next check comes at once, and ends it where that was too much.
     *
     * @param cpuNanos at least 0
     */
    void use(long cpuNanos);

    /**
     * Ends the running {@link #run}, if any, at its next check; may be called from any thread. The
     * call ends with NOT_ACTIVE.
     */
    void cancel();

    /** Gives its memory back to the quota. Idempotent. */
    @Override
    void close();

    /** A function of this guest; callable within {@link #run} only. */
    @FunctionalInterface
    interface GuestFunction {
        /**
         * @param arguments core values, i32 in the low 32 bits, floats as raw bits
         * @return the core result, i32 sign-extended; 0 where there is none
         */
        long call(long... arguments);
    }

    /** What is done within one budget. */
    @FunctionalInterface
    interface GuestWork<T extends @org.jspecify.annotations.Nullable Object> {
        T run();
    }
}
