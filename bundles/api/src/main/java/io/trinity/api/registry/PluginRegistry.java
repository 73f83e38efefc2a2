package io.trinity.api.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginUsage;
import java.time.Instant;
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

    /**
     * The last call of a plugin that ended in an error; nothing where none did since the host
     * started, or where calls are not kept.
     */
    default Optional<FailedCall> lastFailedCall(String name) {
        return Optional.empty();
    }

    /** Names of the plugins that depend on a plugin, in their order, whether they serve or not. */
    List<String> dependents(String name);

    /**
     * A version of a plugin.
     *
     * @param digest SHA-256 of its file, 64 hexadecimal digits
     */
    record Candidate(Manifest manifest, String digest) {}

    /**
     * A call that ended in an error.
     *
     * @param function of the contract that was called
     * @param fault a trap, a limit, a broken answer; GUEST_ERROR for what the plugin itself tells
     * @param at when it ended
     */
    record FailedCall(String function, Fault fault, Instant at) {}
}
