package io.trinity.api.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.util.List;
import java.util.Optional;

/**
 * What loading a file would say.
 *
 * @param manifest empty where none could be read
 * @param warnings nothing that keeps it from loading
 * @param fault what keeps it from loading; empty when it would load
 */
public record CheckReport(
        Optional<Manifest> manifest, List<String> warnings, Optional<Fault> fault) {
    public CheckReport {
        warnings = List.copyOf(warnings);
    }
}
