package io.trinity.sandbox;

import io.trinity.api.log.AuditLine;
import io.trinity.api.log.OncePerSecond;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What plugins were refused, for the audit log. At most one line a second for one function of one
 * plugin, with the number of those in between. Thread-safe.
 */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLine.LOGGER);

    private final OncePerSecond often;

    Audit(LongSupplier nanoClock, OncePerSecond.Later later) {
        this.often = new OncePerSecond(nanoClock, later);
    }

    /** One refusal. */
    void refused(PluginRef plugin, Capability capability, String function, String why) {
        AuditLine line =
                AuditLine.of("refused")
                        .with("plugin", plugin.name())
                        .with("version", plugin.version())
                        .with("capability", capability.label())
                        .with("function", function)
                        .with("decision", "denied");
        often.tell(
                plugin.name() + " " + function,
                more -> LOG.warn("{}", line.with("more", more).with("why", why)));
    }
}
