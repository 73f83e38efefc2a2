package io.trinity.api.agent;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.PluginException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A plugin of type {@code agent_behavior} as a typed service. One per plugin, registered under
 * {@code plugin.name}, surviving reloads. Thread-safe; runs on the caller's thread.
 */
@ProviderType
public interface AgentBehavior {
    /** The plugin's name. */
    String name();

    /**
     * What the agent with this address does about what it saw, in order. Calls with one address
     * reach one guest, in their order.
     *
     * @throws PluginException when the plugin is not active, traps, breaks the contract or hits a
     *     limit
     */
    Answer<List<Action>> decide(String address, List<Observation> seen);
}
