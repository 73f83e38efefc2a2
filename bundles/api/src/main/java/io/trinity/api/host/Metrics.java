package io.trinity.api.host;

import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stream.Chunk;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code metrics}: the plugin's own metrics. */
@ConsumerType
public interface Metrics extends HostInterface {
    /** Adds to a counter; a negative or not finite delta is dropped. */
    void add(HostCall call, String name, double delta, List<Chunk.Attribute> labels);

    /** Sets a gauge. */
    void set(HostCall call, String name, double value, List<Chunk.Attribute> labels);

    /** Adds one value to a histogram. */
    void observe(HostCall call, String name, double value, List<Chunk.Attribute> labels);
}
