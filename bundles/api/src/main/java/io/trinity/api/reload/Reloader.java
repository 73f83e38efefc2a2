package io.trinity.api.reload;

import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Brings files into service. Thread-safe. */
@ProviderType
public interface Reloader {
    /**
     * A file is new or has changed. Returns at once and never throws; the file is read once it has
     * been still for the debounce time.
     */
    void changed(Path file);

    /** A file is gone: its plugin is drained and unloaded. Returns at once and never throws. */
    void removed(Path file);

    /**
     * Does all that loading does, up to compiling, linking and initialising, and says what it
     * found. Nothing is kept.
     */
    CheckReport check(Path file);

    /**
     * Loads the plugin of a file again, even if its bytes are those that serve. Returns when it is
     * done. What serves goes on until the new generation takes over.
     *
     * @param name of a plugin, or of a file in the plugin folder
     * @throws PluginException NOT_FOUND, or why it was refused
     */
    PluginSnapshot reload(String name);

    /**
     * Loads a plugin that was unloaded by {@link #unload}, or tries again one that is in error.
     * Returns when it is done; nothing is done where it serves already.
     *
     * @param name of a plugin, or of a file in the plugin folder
     * @throws PluginException NOT_FOUND, or why it was refused
     */
    PluginSnapshot load(String name);

    /**
     * Drains and unloads a plugin. Its file stays and is left alone, also after a restart and when
     * it changes, until {@link #load}. Returns when it is done.
     *
     * @throws PluginException NOT_FOUND; STORE_FAILED when it cannot be remembered
     */
    PluginSnapshot unload(String name);

    /**
     * Whether everything that it was told of has been dealt with, boot included: no file is waiting
     * to be still, none is being loaded, none is being drained.
     */
    boolean settled();

    /**
     * Whether everything that was there at the start has been dealt with: what the last run left
     * serves again, or has told why not. Once it has been so it stays so, whatever is loaded then.
     */
    boolean restored();
}
