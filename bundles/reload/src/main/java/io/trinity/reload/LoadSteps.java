package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The steps from a file to a serving generation and back. Each may take long and is taken on a
 * thread of {@link LoadPool}; several plugins at once, of one plugin one step at a time, for which
 * the caller sees. What is expected is a value, never thrown.
 */
interface LoadSteps {
    /**
     * Reads what was committed. Once, before all else, on the caller's thread.
     *
     * @return manifests of the committed plugins that can be started
     */
    Map<String, Manifest> recall();

    /**
     * Looks into a file.
     *
     * @param before what the last look found, if there was one
     */
    Examination examine(Path path, Optional<Examination> before);

    /**
     * Whether there is the type of a plugin that was committed. Takes no time.
     *
     * @return why it waits; empty where it can be started
     */
    default Optional<PluginException> awaited(Manifest manifest) {
        return Optional.empty();
    }

    /**
     * Starts a committed generation, without compiling. What fails is told of and leaves the
     * commit.
     *
     * @return whether it serves
     */
    boolean start(Commit commit);

    /**
     * Loads a file that was examined; where another generation serves, it takes over from that.
     *
     * @param digest what its content was; where it is another now, nothing is done
     * @return why it was refused; empty where it serves
     */
    Optional<PluginException> load(Path path, String digest, Manifest manifest);

    /**
     * What limits there are for a plugin: where it was refused for one of them, it is tried again
     * when this is another. Takes no time.
     */
    default Object limits(String plugin) {
        return "";
    }

    /** Somebody waits for the load of a plugin that is under way. Takes no time. */
    default void hurry(String plugin, String asker) {
        // It is as fast as it can be.
    }

    /** Gives up the load of a plugin that is under way; returns when it has ended. */
    default void giveUp(String plugin) {
        // It ends by itself.
    }

    /** Drains and ends all that there is of a plugin, its commit first. */
    void unload(String plugin);
}
