package io.trinity.logservice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

class LogServiceLinesTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<LogListener> listeners = new ArrayList<>();

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    private static LogEntry entry(LogLevel level, String text, Throwable cause) {
        return (LogEntry)
                Proxy.newProxyInstance(
                        LogServiceLinesTest.class.getClassLoader(),
                        new Class<?>[] {LogEntry.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getLogLevel" -> level;
                                    case "getMessage" -> text;
                                    case "getException" -> cause;
                                    case "getLoggerName" -> "told.by.others";
                                    default -> null;
                                });
    }

    private LogReaderService reader(LogEntry... log) {
        return new LogReaderService() {
            @Override
            public void addLogListener(LogListener listener) {
                listeners.add(listener);
            }

            @Override
            public void removeLogListener(LogListener listener) {
                listeners.remove(listener);
            }

            @Override
            public java.util.Enumeration<LogEntry> getLog() {
                return Collections.enumeration(List.of(log));
            }
        };
    }

    @Test
    void whatWasSaidBeforeAndAfterIsInTheLogInOrderWithItsCause() {
        LogServiceLines lines =
                new LogServiceLines(
                        reader(
                                entry(LogLevel.WARN, "second {}", null),
                                entry(LogLevel.ERROR, "first", null)));
        listeners.get(0).logged(entry(LogLevel.ERROR, "third", new IllegalStateException("why")));
        String all = written.toString(StandardCharsets.UTF_8);
        List<String> text = all.lines().filter(l -> l.contains("told.by.others")).toList();
        assertTrue(text.get(0).endsWith("ERROR told.by.others - first"), all);
        assertTrue(text.get(1).endsWith("WARN told.by.others - second {}"), all);
        assertTrue(text.get(2).endsWith("ERROR told.by.others - third"), all);
        assertTrue(all.contains("java.lang.IllegalStateException: why"), all);
        lines.deactivate();
        assertEquals(List.of(), listeners);
    }
}
