package io.trinity.logservice;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Hands what others say to the OSGi Log Service on to SLF4J: Declarative Services tells there why a
 * component fails, FileInstall why a file cannot be read, the framework what happens to bundles.
 * Felix' own bridge to Logback loses all of it with Logback 1.5. What was said before this
 * component began is handed on too, as far as the service remembers it.
 */
@Component(
        service = {},
        immediate = true)
public final class LogServiceLines implements LogListener {
    private final LogReaderService reader;

    /** For DS. */
    @Activate
    public LogServiceLines(@Reference LogReaderService reader) {
        this.reader = reader;
        List<LogEntry> before = new ArrayList<>(Collections.list(reader.getLog()));
        reader.addLogListener(this);
        // The service gives the newest first.
        Collections.reverse(before);
        before.forEach(this::logged);
    }

    @Deactivate
    void deactivate() {
        reader.removeLogListener(this);
    }

    @Override
    public void logged(LogEntry entry) {
        Logger logger = LoggerFactory.getLogger(name(entry));
        Level level = level(entry.getLogLevel());
        if (logger.isEnabledForLevel(level)) {
            logger.atLevel(level).setCause(entry.getException()).log("{}", text(entry));
        }
    }

    private static String name(LogEntry entry) {
        String name = entry.getLoggerName();
        Bundle bundle = entry.getBundle();
        boolean own = name == null || name.isEmpty() || name.equals("LogService");
        return own && bundle != null
                ? String.valueOf(bundle.getSymbolicName())
                : String.valueOf(name);
    }

    private static String text(LogEntry entry) {
        Bundle bundle = entry.getBundle();
        return entry.getMessage()
                + (bundle == null
                        ? ""
                        : " [bundle="
                                + bundle.getSymbolicName()
                                + "/"
                                + bundle.getBundleId()
                                + "]");
    }

    private static Level level(LogLevel level) {
        return switch (level) {
            case AUDIT, INFO -> Level.INFO;
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case DEBUG -> Level.DEBUG;
            case TRACE -> Level.TRACE;
        };
    }
}
