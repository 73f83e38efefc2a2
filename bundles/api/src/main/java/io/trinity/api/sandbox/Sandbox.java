package io.trinity.api.sandbox;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.world.World;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns compiled code into guarded guests: grants, limits, host functions, and the only code that
 * calls into a guest. Thread-safe.
 */
@ProviderType
public interface Sandbox {
    /**
     * Decides whether a module may be linked, before it is compiled: its imports are the
     * contract's, with the contract's signatures, of capabilities that are declared and granted;
     * its exports are those that type and hooks need; its memory fits.
     *
     * @param manifest the plugin's manifest
     * @param digest SHA-256 of the file, 64 hexadecimal digits; what risky grants are bound to
     * @param module what the module is made of
     * @throws PluginException with the first reason found
     */
    void admit(Manifest manifest, String digest, ModuleInfo module);

    /**
     * Opens a generation: admits it, links, instantiates the first guest and runs {@code
     * _initialize}.
     *
     * @throws PluginException as {@link #admit}, or GUEST_TRAP or a limit during initialisation
     */
    Generation open(GenerationSource source);

    /**
     * Gives up generations of a plugin that are being opened now: their initialisation ends soon,
     * with NOT_ACTIVE. Does not wait; lost on one that has just not begun yet.
     */
    void giveUp(String plugin);

    /**
     * The types that plugins may have now, by label, with their worlds: another class where a
     * bundle brought its type anew. Cannot be changed.
     */
    SortedMap<String, Class<? extends World>> extensionTypes();

    /** Heap that all plugins together may take and have taken. */
    MemoryTotal memory();

    /**
     * What the host keeps on behalf of plugins and of none in particular, such as chunks on their
     * way from one to the next. It counts towards the total of all plugins, and towards no limit of
     * one: the first of two counts is not looked at.
     */
    MemoryQuota hostMemory();
}
