package io.trinity.shell;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginRegistry;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits until a plugin that was refused has been tried again.
 *
 * @param most how long
 * @param step how often it is looked at
 */
record Recovery(Duration most, Duration step) {

    /**
     * Looks until its error is another than before, or none, and nothing is being loaded.
     *
     * @return the plugin as it was last seen; with its old error when the time was over; nothing
     *     where it has gone
     */
    Optional<PluginSnapshot> await(PluginRegistry registry, PluginSnapshot before)
            throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        Optional<PluginSnapshot> seen = registry.find(before.name());
        while (seen.isPresent() && isPending(before, seen.get()) && System.nanoTime() - end < 0) {
            Thread.sleep(step.toMillis());
            seen = registry.find(before.name());
        }
        return seen;
    }

    private static boolean isPending(PluginSnapshot before, PluginSnapshot now) {
        return now.state() == PluginState.LOADING
                || now.state() == PluginState.RELOADING
                || (now.error().isPresent() && now.error().equals(before.error()));
    }
}
