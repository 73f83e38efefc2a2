package io.trinity.registry;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.util.Collection;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * How many plugins there may be: a number, or as many as the memory of all plugins has room for, if
 * each takes what it may. Pure.
 *
 * @param most a number of plugins; {@link #AUTO} for what the memory allows
 * @param memoryBytes memory limit of a plugin, by its name
 * @param totalBytes what all plugins together may take
 */
record Capacity(int most, ToLongFunction<String> memoryBytes, LongSupplier totalBytes) {
    static final int AUTO = 0;

    private static final long MIB = 1 << 20;

    /**
     * Refuses one more plugin where there is no room for it.
     *
     * @param there names of those that are loaded or are being loaded
     * @param loading how many of them are being loaded, and may fail
     * @throws PluginException LIMIT_PLUGINS
     */
    void check(PluginRef joining, Collection<String> there, int loading) {
        String those =
                loading == 0
                        ? "%s plugins are loaded".formatted(there.size())
                        : "%s plugins are loaded and %s are being loaded"
                                .formatted(there.size() - loading, loading);
        String wait = loading == 0 ? "" : "it is tried again where one of those fails; ";
        if (most != AUTO) {
            if (there.size() >= most) {
                throw PluginException.of(
                        ErrorCode.LIMIT_PLUGINS,
                        joining,
                        those + ", the limit is " + most,
                        wait
                                + "remove one, or raise maxPlugins in "
                                + Places.of("io.trinity.registry"));
            }
            return;
        }
        long own = memoryBytes.applyAsLong(joining.name());
        long sum = own;
        // While one of them is reloaded, two generations of it live.
        long largest = own;
        for (String name : there) {
            long bytes = memoryBytes.applyAsLong(name);
            sum += bytes;
            largest = Math.max(largest, bytes);
        }
        long total = totalBytes.getAsLong();
        if (sum + largest > total) {
            throw PluginException.of(
                    ErrorCode.LIMIT_PLUGINS,
                    joining,
                    "%s; with this one's %s MiB they might take %s MiB together, and one that is reloaded %s MiB more; all plugins may take %s MiB"
                            .formatted(those, own / MIB, sum / MIB, largest / MIB, total / MIB),
                    wait
                            + "remove one, lower memoryBytes, or raise totalMemoryBytes in "
                            + Places.of("io.trinity.limits"));
        }
    }
}
