package io.trinity.api.policy;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Capability;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Limits, grants and settings as they were in effect at one moment. Immutable. */
@ProviderType
public interface Policy {
    /** Limits of a plugin that has none of its own. */
    Limits defaults();

    /** Limits of a plugin. */
    Limits limits(String plugin);

    /**
     * Whether the operator lets a plugin use what it declares.
     *
     * @param digest SHA-256 of its file, 64 hexadecimal digits
     */
    boolean granted(String plugin, String digest, Capability capability);

    /**
     * The line of configuration that would grant it, with its file; where a denial stands above it,
     * what to take away.
     *
     * @param digest SHA-256 of its file, 64 hexadecimal digits
     */
    String grantLine(String plugin, String digest, Capability capability);

    /** What a grant is limited to; empty for no limit. */
    List<String> scope(String plugin, Capability capability);

    /**
     * The configured value of a setting, where it is one of its type; else its default.
     *
     * @param declared under that key, by the plugin's manifest
     */
    Optional<String> setting(String plugin, String key, Manifest.Setting declared);

    /** Elements of a hypervector, 1 to 1,000,000, as guests that are made now have them. */
    int vectorDimension();

    /** Heap that all plugins together may take, in bytes. */
    long totalMemoryBytes();
}
