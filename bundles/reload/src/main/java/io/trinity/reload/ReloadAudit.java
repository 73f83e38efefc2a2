package io.trinity.reload;

import io.trinity.api.log.Asker;
import io.trinity.api.log.AuditLine;
import io.trinity.api.plugin.PluginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the audit log is told of files and of what was decided on them. */
final class ReloadAudit {
    private static final Logger AUDIT = LoggerFactory.getLogger(AuditLine.LOGGER);

    private ReloadAudit() {}

    static void event(String event, String plugin, String file) {
        AUDIT.info(
                "{}",
                AuditLine.of(event).with("plugin", plugin).with("file", file).by(asker(file)));
    }

    static void refused(String plugin, String file, PluginException cause) {
        AUDIT.warn(
                "{}",
                AuditLine.of("load.refused")
                        .with("plugin", plugin)
                        .with("file", file)
                        .with("code", cause.code())
                        .with("why", cause.detail())
                        .by(asker(file)));
    }

    /** Whoever gave the command; else whoever put the file there. */
    static String asker(String file) {
        String now = Asker.now();
        return now.equals(Asker.HOST) ? "file:plugins/" + file : now;
    }
}
