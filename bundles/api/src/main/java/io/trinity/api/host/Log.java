package io.trinity.api.host;

import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stream.Chunk;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code log}: the plugin's own log. */
@ConsumerType
public interface Log extends HostInterface {
    /** {@code enum level}. */
    enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    /** Writes one line, or drops and counts it past the rate limit. */
    void log(HostCall call, Level level, String message, List<Chunk.Attribute> fields);
}
