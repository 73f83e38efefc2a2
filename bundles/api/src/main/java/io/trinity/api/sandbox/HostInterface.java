package io.trinity.api.sandbox;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.BudgetOwner;
import io.trinity.api.plugin.PluginRef;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One interface of the contract whose owner lives above the sandbox. A whiteboard service: an owner
 * implements one of {@code io.trinity.api.host}, such as {@link io.trinity.api.host.Streams}, and
 * registers it as this. The sandbox binds its methods by name when it links a guest, and wraps each
 * in its gate, so that capability, limits and the canonical ABI are checked before it is called.
 *
 * <p>Called on the thread of the guest's call, from many threads at once. Each method takes the
 * {@link HostCall} first, then the function's parameters.
 */
@ConsumerType
public interface HostInterface {
    /**
     * The circumstances of a host call.
     *
     * @param plugin who calls
     * @param generation number of the plugin's generation that calls; it may be none that serves
     *     yet, or one that serves no more; 0 in the host's own name
     * @param deadlineNanos {@link System#nanoTime()} at which the plugin's call must be over
     * @param caller fuel and CPU time of the plugin's call, for calls of other plugins
     * @param memory takes in what the host keeps in the plugin's name beyond the host call; valid
     *     for as long as it is kept, also when the plugin is gone
     * @param counters of the plugin's call: the same object at each of its host calls, and another
     *     one in the next call
     * @param cancelled whether the plugin's call is not wanted any more, since it is replaced or
     *     unloaded: who waits asks often, and waits no longer
     */
    record HostCall(
            PluginRef plugin,
            long generation,
            long deadlineNanos,
            Optional<BudgetOwner> caller,
            MemoryQuota memory,
            CallCounters counters,
            BooleanSupplier cancelled) {
        public HostCall {
            Objects.requireNonNull(plugin, "plugin");
            Objects.requireNonNull(caller, "caller");
            Objects.requireNonNull(memory, "memory");
            Objects.requireNonNull(counters, "counters");
            Objects.requireNonNull(cancelled, "cancelled");
        }

        /** One that nobody cancels. */
        public HostCall(
                PluginRef plugin,
                long generation,
                long deadlineNanos,
                Optional<BudgetOwner> caller,
                MemoryQuota memory,
                CallCounters counters) {
            this(plugin, generation, deadlineNanos, caller, memory, counters, () -> false);
        }

        /** In the host's own name: nobody pays, and nothing is counted. */
        public HostCall(PluginRef plugin, long deadlineNanos) {
            this(
                    plugin,
                    0,
                    deadlineNanos,
                    Optional.empty(),
                    MemoryQuota.UNCOUNTED,
                    new CallCounters());
        }
    }
}
