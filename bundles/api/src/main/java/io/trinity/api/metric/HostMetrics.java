package io.trinity.api.metric;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** All metrics that the host has, of itself and of plugins. Thread-safe. */
@ProviderType
public interface HostMetrics {
    /** The readings as of now; what a source that fails would have told is left out. */
    List<Sample> samples();
}
