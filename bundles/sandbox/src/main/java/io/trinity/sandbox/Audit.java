package io.trinity.sandbox;

import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log, logger {@code io.trinity.audit}: what a plugin was refused. At most one line a
 * second for one import; the next one says how many there were meanwhile. Thread-safe.
 */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger("io.trinity.audit");
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoClock;
    private long lastNanos;
    private long silent = -1;

    Audit(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** One refusal. */
    synchronized void refused(
            PluginRef plugin, Capability capability, String function, String why) {
        long now = nanoClock.getAsLong();
        if (silent >= 0 && now - lastNanos < EVERY_NANOS) {
            silent++;
            return;
        }
        LOG.warn(
                "plugin={} version={} capability={} function={} decision=denied more={} {}",
                plugin.name(),
                plugin.version(),
                capability.label(),
                function,
                Math.max(0, silent),
                why);
        lastNanos = now;
        silent = 0;
    }
}
