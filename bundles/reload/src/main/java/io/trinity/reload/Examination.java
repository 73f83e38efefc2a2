package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginException;
import java.util.Optional;

/**
 * What a look into a file found.
 *
 * @param digest SHA-256 of its content; empty where it could not be read
 * @param manifest of the plugin that it brings; empty where it brings none
 * @param refusal why it brings none
 */
record Examination(String digest, Optional<Manifest> manifest, Optional<PluginException> refusal) {}
