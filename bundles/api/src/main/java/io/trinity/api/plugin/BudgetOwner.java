package io.trinity.api.plugin;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The plugin in whose call another plugin is called, and which pays for that: the callee has no
 * more fuel and CPU time than the owner has left, and what it uses is taken from the owner's.
 * Through several calls within each other the first caller pays for all of them.
 *
 * <p>Confined to the thread of the owner's call, and valid within it only.
 */
@ProviderType
public interface BudgetOwner {
    /** Who pays. */
    PluginRef plugin();

    /** Fuel that its call has left; {@link Long#MAX_VALUE} where it has no limit. */
    long fuelLeft();

    /** CPU time that its call has left, in nanoseconds; not below 0. */
    long cpuNanosLeft();

    /**
     * Takes fuel that was used for it. CPU time needs no telling: both calls are on one thread.
     *
     * @param fuel at least 0
     */
    void charge(long fuel);
}
