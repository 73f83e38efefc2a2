package io.trinity.logback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.encoder.Encoder;
import io.trinity.api.text.Escaped;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What strangers chose stands in messages, arguments, names of threads and in exceptions. */
class EncodersTest {
    private static final String NASTY =
            "x\u001b[2K\u0007\u009b31m\u202e\u200b\ue000\u2028\n"
                    + "2026-01-01 INFO forged\r"
                    + "2026 forged";

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void noContextOfThreads() {
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    private String encoded(Encoder<ILoggingEvent> encoder, Throwable thrown) {
        encoder.setContext(context);
        encoder.start();
        LoggingEvent event =
                new LoggingEvent(
                        "",
                        context.getLogger("plugin.x"),
                        Level.WARN,
                        "file {} " + NASTY,
                        thrown,
                        new Object[] {NASTY});
        event.setThreadName(NASTY);
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private static Throwable thrown() {
        Throwable thrown =
                new IllegalStateException(NASTY, new NoSuchFileException(NASTY, null, NASTY));
        thrown.addSuppressed(new IllegalArgumentException(NASTY));
        return thrown;
    }

    private LineEncoder lines() {
        LineEncoder encoder = new LineEncoder();
        encoder.setPattern("%-5level [%thread] %logger - %msg%n");
        encoder.setCharset(StandardCharsets.UTF_8);
        return encoder;
    }

    @Test
    void linesHoldNothingThatSteersATerminalAndNoneOfThemIsForged() {
        String text = encoded(lines(), thrown());
        assertTrue(text.startsWith("WARN  [x\\u{1b}[2K\\u{7}"), text);
        assertTrue(
                text.codePoints().allMatch(c -> Escaped.isPlain(c) || c == '\n' || c == '\t'),
                Escaped.lines(text));
        assertTrue(text.lines().noneMatch(l -> l.strip().startsWith("2026")), text);
        assertTrue(text.contains("\n| 2026-01-01 INFO forged\n"), text);
        assertTrue(text.contains("\tat io.trinity.logback.EncodersTest"), text);
    }

    @Test
    void jsonHoldsAllOfItInItsOwnEscapes() {
        String json = encoded(new EscapedJsonEncoder(), thrown());
        assertTrue(
                json.codePoints().allMatch(c -> Escaped.isPlain(c) || c == '\n'),
                Escaped.lines(json));
        assertEquals(1, json.lines().count());
        assertTrue(json.contains("\\u009b31m\\u202e"), json);
    }

    @Test
    void whatIsPlainStaysAsItIs() {
        LineEncoder encoder = lines();
        encoder.setContext(context);
        encoder.start();
        LoggingEvent event =
                new LoggingEvent(
                        "", context.getLogger("a"), Level.INFO, "Größe {}", null, new Object[] {5});
        event.setThreadName("main");
        assertEquals(
                "INFO  [main] a - Größe 5\n",
                new String(encoder.encode(event), StandardCharsets.UTF_8));
    }

    @Test
    void theDistributionUsesNoOtherEncoders() throws Exception {
        NodeList encoders =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                Path.of(
                                                "../../runtime-assembly/src/main/distribution/conf/logback.xml")
                                        .toFile())
                        .getElementsByTagName("encoder");
        assertFalse(encoders.getLength() == 0);
        for (int i = 0; i < encoders.getLength(); i++) {
            String name = ((Element) encoders.item(i)).getAttribute("class");
            assertTrue(
                    Stream.of(LineEncoder.class, EscapedJsonEncoder.class)
                            .anyMatch(c -> c.getName().equals(name)),
                    name);
        }
    }
}
