package io.trinity.registry;

import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import io.trinity.api.plugin.PluginState;
import java.util.List;

/**
 * Who publishes what happens to plugins. Called one at a time, in the order of the changes, on the
 * thread of whoever changed something; so quick, and calling nothing foreign but the framework.
 */
interface ChangeListener {
    /** The state changed; {@code now} is the plugin right after it. */
    void moved(PluginSnapshot now, PluginState from);

    /** It serves for the first time, by another generation, or no more. */
    void served(PluginEntry plugin);

    /** A newer version was refused while an older one serves. */
    void refused(PluginSnapshot now, Fault fault);

    /**
     * A plugin that others depend on has come, changed or gone.
     *
     * @param dependent that serves
     * @param what happened, in one sentence
     * @param trouble what is wrong with its dependencies now, in sentences
     */
    void dependencyChanged(
            PluginSnapshot dependent, String dependency, String what, List<String> trouble);
}
