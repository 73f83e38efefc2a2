package io.trinity.shell;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Places;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PID {@code io.trinity.log}. The launcher reads its file before there is a log; this tells of what
 * is not valid, and of a change that waits for the next start.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = LogSettings.PID)
@Designate(ocd = LogSettings.Config.class)
public final class LogSettings {
    static final String PID = "io.trinity.log";

    private static final Logger LOG = LoggerFactory.getLogger(LogSettings.class);

    @ObjectClassDefinition(
            name = "Trinity log",
            description = "How the log is written; read when the host starts")
    @interface Config {
        @AttributeDefinition(
                name = "Format",
                description = "text or json; of log/trinity.log, log/audit.log and standard output",
                options = {@Option("text"), @Option("json")})
        String format() default "text";

        @AttributeDefinition(
                name = "Standard output",
                description = "Whether the log goes to standard output too, for containers")
        boolean stdout() default false;
    }

    /** For DS. */
    @Activate
    public LogSettings(Map<String, Object> configuration) {
        modified(configuration);
    }

    @Modified
    void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        String format = values.word("format", "text", "text", List.of("text", "json"));
        boolean stdout = values.flag("stdout", false, false);
        String inEffect = System.getProperty("trinity.log.format", format);
        boolean outInEffect = System.getProperty("trinity.log.stdout", "none").startsWith("stdout");
        if (!format.equals(inEffect) || stdout != outInEffect) {
            LOG.info(
                    "log format={} stdout={} are in effect; {} says format={} stdout={},"
                            + " from the next start on",
                    inEffect,
                    outInEffect,
                    Places.of(PID),
                    format,
                    stdout);
        }
    }
}
