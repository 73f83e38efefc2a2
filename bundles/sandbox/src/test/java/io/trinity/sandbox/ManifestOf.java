package io.trinity.sandbox;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.manifest.Manifest.Dependency;
import io.trinity.api.manifest.Manifest.HookDeclaration;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/** A manifest of plugin 'lidar' 1.2.0, which tests change to their liking. */
final class ManifestOf {
    private Optional<ExtensionType> type = Optional.empty();
    private final List<CapabilityNeed> capabilities = new ArrayList<>();
    private final List<HookDeclaration> hooks = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final Map<String, Manifest.Setting> config = new HashMap<>();
    private Optional<Long> stateVersion = Optional.empty();
    private int instances = 1;

    ManifestOf type(ExtensionType t) {
        type = Optional.of(t);
        return this;
    }

    ManifestOf needs(Capability c) {
        capabilities.add(new CapabilityNeed(c, false, ""));
        return this;
    }

    ManifestOf needs(Capability c, boolean optional, String why) {
        capabilities.add(new CapabilityNeed(c, optional, why));
        return this;
    }

    ManifestOf hook(HookPoint point) {
        hooks.add(new HookDeclaration(point, point == HookPoint.CUSTOM ? "own" : "", 500, false));
        return this;
    }

    ManifestOf dependsOn(String name) {
        dependencies.add(new Dependency(name, new VersionRange("[1.0,2.0)")));
        return this;
    }

    ManifestOf setting(String key, Manifest.SettingType t, Optional<String> byDefault) {
        config.put(key, new Manifest.Setting(t, byDefault, ""));
        return this;
    }

    ManifestOf stateVersion(long v) {
        stateVersion = Optional.of(v);
        return this;
    }

    ManifestOf instances(int n) {
        instances = n;
        return this;
    }

    Manifest get() {
        return new Manifest(
                new Version(0, 1, 0),
                "lidar",
                new Version(1, 2, 0),
                type,
                "",
                "",
                "",
                capabilities,
                hooks,
                dependencies,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                instances,
                stateVersion,
                config,
                List.of());
    }
}
