package io.trinity.logback;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * Lines of text in which nobody's text is more than text: what messages and exceptions say is
 * escaped, and no line of theirs can be taken for an entry. Named by {@code conf/logback.xml}.
 */
public final class LineEncoder extends PatternLayoutEncoder {
    /** For Logback. */
    public LineEncoder() {}

    @Override
    public byte[] encode(ILoggingEvent event) {
        return super.encode(new EscapedEvent(event));
    }
}
