package io.trinity.logback;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.trinity.api.text.Escaped;
import java.nio.charset.StandardCharsets;

/**
 * Logback's JSON in which what steers a terminal is written as JSON's escapes, beyond what JSON
 * itself asks for. Named by {@code conf/logback.xml}.
 */
public final class EscapedJsonEncoder extends JsonEncoder {
    /** For Logback. */
    public EscapedJsonEncoder() {}

    @Override
    public byte[] encode(ILoggingEvent event) {
        String json = new String(super.encode(event), StandardCharsets.UTF_8);
        return Escaped.json(json).getBytes(StandardCharsets.UTF_8);
    }
}
