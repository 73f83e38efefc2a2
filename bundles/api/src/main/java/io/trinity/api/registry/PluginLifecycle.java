package io.trinity.api.registry;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.sandbox.Generation;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How plugins change state: told by reload (files and requests) and by the activator of generated
 * bundles (what the framework does). Every change passes the one state machine; an illegal one is
 * refused with ILLEGAL_TRANSITION and both states.
 *
 * <p>Thread-safe. Calls about one plugin are ordered by the callers: reload serialises per plugin.
 */
@ProviderType
public interface PluginLifecycle {
    /**
     * A file for this plugin is going to be loaded: unloaded or error become loading, active and
     * paused become reloading. Makes the plugin known if it is new.
     *
     * @param manifest of the version that is to be loaded
     * @param file the file's name within the folder
     * @param digest SHA-256 of the file
     * @throws PluginException LIMIT_PLUGINS, LIMIT_HOOKS, LIMIT_DEPENDENCIES, DEPENDENCY_MISSING,
     *     DEPENDENCY_CONFLICT, DEPENDENCY_CYCLE, ILLEGAL_TRANSITION; RELOAD_REFUSED when a plugin
     *     that depends on it would not accept the version
     */
    void preparing(Manifest manifest, String file, String digest);

    /**
     * A generated bundle is STARTING and its generation will follow. Without a preceding {@link
     * #preparing} (somebody typed {@code start}) the plugin becomes loading.
     */
    void starting(Manifest manifest, long bundleId);

    /**
     * The generation is open. When none serves, it serves from now on and the plugin is active;
     * otherwise it waits for {@link #swap}.
     */
    void opened(Generation generation, long bundleId);

    /**
     * The waiting generation takes over, atomically; reloading becomes active. New calls reach it
     * from now on; calls in flight end on the old one.
     *
     * @return the bundle id of the generation that served before
     * @throws PluginException ILLEGAL_TRANSITION when none is waiting
     */
    long swap(String name);

    /**
     * A load or reload failed. Telling the same twice changes nothing. The waiting generation, if
     * any, is forgotten. Where an older generation serves, it goes on and the error is kept beside
     * it; otherwise the plugin is in error.
     */
    void failed(String name, String file, PluginException cause);

    /**
     * A file is what serves: an error of another version, kept beside it, is over.
     *
     * @param file the file's name within the folder, which may be another than before
     */
    void confirmed(String name, String file);

    /**
     * Closes the gate of a generation and waits until its calls have ended, at most the drain
     * timeout. Where the generation serves, the plugin is draining meanwhile (the drain timeout is
     * the registry's configuration).
     *
     * @return calls still running when the time was over
     */
    int drain(String name, long generation);

    /** A generation's bundle has stopped. Where it served, the plugin is unloaded. */
    void closed(String name, long generation);

    /** Its file is gone: the plugin is no longer known. Refused while a generation serves. */
    void forget(String name);

    /**
     * Whether its file is to be left unloaded; shown in its snapshot. Makes the plugin known if it
     * is new.
     */
    void disabled(String name, String file, boolean disabled);

    /** Closes the gate: active becomes paused. */
    void pause(String name);

    /** Opens the gate: paused becomes active. */
    void resume(String name);

    /**
     * Ends a quarantine before its time: the plugin is active again, on probation.
     *
     * @throws PluginException NOT_FOUND; ILLEGAL_TRANSITION when it is in none
     */
    void endQuarantine(String name);
}
