package io.trinity.registry;

import io.trinity.api.log.OncePerSecond;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.registry.PluginRegistry.FailedCall;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log's lines about calls that went wrong, whoever called: traps, broken answers, limits and
 * what plugins say of themselves. Of one function's faults of one code a line a second, with the
 * number of those in between. Thread-safe.
 */
final class CallFaults {
    private static final Logger LOG = LoggerFactory.getLogger(CallFaults.class);

    private final OncePerSecond often;
    private final InstantSource clock;

    CallFaults(LongSupplier nanoClock, InstantSource clock, OncePerSecond.Later later) {
        this.clock = clock;
        this.often = new OncePerSecond(nanoClock, later);
    }

    /** A call ended in an error: what is kept of it. */
    FailedCall failed(String plugin, String function, PluginException fault) {
        ErrorCode code = fault.code();
        String text = String.valueOf(fault.getMessage());
        often.tell(
                plugin + " " + function + " " + code,
                more ->
                        LOG.warn(
                                "plugin={} function={} code={} more={} {}",
                                plugin,
                                function,
                                code,
                                more,
                                text));
        return new FailedCall(function, new Fault(code, text), clock.instant());
    }
}
