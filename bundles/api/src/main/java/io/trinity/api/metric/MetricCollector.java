package io.trinity.api.metric;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.PluginException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A plugin of type {@code metric_collector} as a typed service. One per plugin, registered under
 * {@code plugin.name}, surviving reloads. Thread-safe; runs on the caller's thread.
 */
@ProviderType
public interface MetricCollector {
    /** The plugin's name. */
    String name();

    /** Media type of what it writes. */
    String contentType();

    /**
     * Writes all metrics of the host in its format.
     *
     * @throws PluginException when the plugin is not active, traps, breaks the contract or hits a
     *     limit
     */
    Answer<byte[]> collect(List<Sample> samples);
}
