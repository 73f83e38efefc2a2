package io.trinity.api.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginUsage;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Which plugins there are. Thread-safe; every answer is one instant's. */
@ProviderType
public interface PluginRegistry {
    /** All plugins in the order of their names. */
    List<PluginSnapshot> list();

    /** One plugin. */
    Optional<PluginSnapshot> find(String name);

    /** What a plugin has used up so far; nothing where there is none of that name. */
    Optional<PluginUsage> usage(String name);

    /** The newest version of a plugin that was seen: the one that serves, or the refused one. */
    Optional<Candidate> candidate(String name);

    /** Names of the plugins that depend on a plugin, in their order, whether they serve or not. */
    List<String> dependents(String name);

    /**
     * A version of a plugin.
     *
     * @param digest SHA-256 of its file, 64 hexadecimal digits
     */
    record Candidate(Manifest manifest, String digest) {}
}
