package io.trinity.sandbox;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.GenerationSource;

/**
 * Which generation it is, without what it was made of: the module's bytes are not kept.
 *
 * @param digest SHA-256 of the plugin's file
 */
record GenerationId(Manifest manifest, long number, String digest) {
    static GenerationId of(GenerationSource source) {
        return new GenerationId(source.manifest(), source.number(), source.digest());
    }

    PluginRef ref() {
        return manifest.ref();
    }
}
