package io.trinity.sandbox;

import io.trinity.api.log.AuditLine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log's first and last line of a run. A run without a last line was killed. */
@Component(
        service = {},
        immediate = true)
public final class AuditComponent {
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    /** For DS. */
    @Activate
    public AuditComponent() {
        AUDIT.info(
                "{}",
                AuditLine.of("start")
                        .with("pid", ProcessHandle.current().pid())
                        .with("user", System.getProperty("user.name", "")));
    }

    @Deactivate
    void deactivate() {
        AUDIT.info("{}", AuditLine.of("stop").with("pid", ProcessHandle.current().pid()));
    }
}
