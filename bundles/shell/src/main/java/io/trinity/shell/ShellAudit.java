package io.trinity.shell;

import io.trinity.api.log.AuditLine;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log's lines about what only commands do. What services do they tell of themselves. */
final class ShellAudit {
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    private ShellAudit() {}

    /** Something was done. */
    static void done(AuditLine line) {
        AUDIT.info("{}", line);
    }

    /** Does it; where that is refused, the line is told with the reason. */
    static <T> T refusals(AuditLine line, Supplier<T> work) {
        try {
            return work.get();
        } catch (CommandFailure e) {
            AUDIT.warn("{}", line.with("why", String.valueOf(e.getMessage())));
            throw e;
        }
    }
}
