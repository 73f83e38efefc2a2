package io.trinity.shell;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.manifest.Manifest.Setting;
import io.trinity.api.plugin.ExtensionType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;

/** Manifests that declare. */
final class Manifests {
    private Manifests() {}

    static Manifest of(String name, CapabilityNeed... capabilities) {
        return of(name, List.of(capabilities), List.of(), Map.of());
    }

    static Manifest of(
            String name,
            List<CapabilityNeed> capabilities,
            List<Dependency> dependencies,
            Map<String, Setting> config) {
        return new Manifest(
                new Version(0, 1, 0),
                name,
                new Version(1, 2, 0),
                Optional.of(ExtensionType.PIPELINE_STAGE),
                "",
                "",
                "",
                capabilities,
                List.of(),
                dependencies,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                Optional.empty(),
                config,
                List.of());
    }
}
