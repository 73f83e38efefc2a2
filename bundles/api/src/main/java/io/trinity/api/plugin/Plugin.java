package io.trinity.api.plugin;

import io.trinity.api.world.Exports;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One plugin, whatever its generation: the stable service behind which generations change.
 *
 * <p>Registered under the properties {@link #NAME}, {@link #TYPE}, {@link #VERSION} and {@link
 * #HOOKS} for as long as the plugin is present, paused or reloading included. During a reload no
 * property changes but once, at its commit. Source: DESIGN, one stable service per plugin; OSGi
 * Core R8 §5.2.
 *
 * <p>A call that began on one generation ends there. When two calls race with a swap, each runs
 * whole on one of the two generations.
 *
 * <p>Thread-safe. A call runs on the caller's thread.
 */
@ProviderType
public interface Plugin extends Exports {
    /** Service property: the plugin's name. */
    String NAME = "plugin.name";

    /**
     * Service property: label of the {@link ExtensionType}; absent for a plugin that only hooks.
     */
    String TYPE = "plugin.type";

    /** Service property: version of the serving generation, as text. */
    String VERSION = "plugin.version";

    /** Service property: labels of the hook points, {@code String[]}. */
    String HOOKS = "plugin.hooks";

    /** Service property: most chunks that one call may bring, {@code Integer}. */
    String BATCH = "plugin.batch";

    /**
     * Service property: the hooks that it asks for, {@code String[]} of {@code post_chunk@500} and,
     * for a custom hook, {@code custom/NAME@500}; {@code !} at the end of one that is required.
     */
    String HOOKS_DECLARED = "plugin.hooks.declared";

    /** Service property: the modality that a modality_handler brings in. */
    String MODALITY = "plugin.modality";

    /**
     * Service property: media types that a modality_handler decodes, or the one that a
     * metric_collector writes, {@code String[]}.
     */
    String CONTENT_TYPES = "plugin.contentTypes";

    /** Identity across versions. */
    String name();

    /** The plugin as it is now. */
    PluginSnapshot snapshot();

    /** Whether the serving generation exports a function; false where none serves. */
    boolean exports(String function);

    /**
     * Tells that an answer was not what the contract says, which only its caller could see. It is
     * counted and logged like an error of the call itself.
     *
     * @param function that answered
     */
    default void misbehaved(String function, PluginException fault) {}
}
