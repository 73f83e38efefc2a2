package io.trinity.api.sandbox;

import io.trinity.api.engine.StrippedModule;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginRef;
import java.util.Objects;

/**
 * Everything of a generated bundle that the sandbox needs to run it.
 *
 * @param manifest the plugin's manifest
 * @param number the generation's number
 * @param digest SHA-256 of the plugin's file, 64 hexadecimal digits
 * @param module the compiled module's parts other than its classes
 * @param classes the bundle's class loader
 */
public record GenerationSource(
        Manifest manifest, long number, String digest, StrippedModule module, ClassLoader classes) {
    public GenerationSource {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(classes, "classes");
    }

    /** Name and version. */
    public PluginRef ref() {
        return manifest.ref();
    }
}
