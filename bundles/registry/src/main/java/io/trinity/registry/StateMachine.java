package io.trinity.registry;

import static io.trinity.api.plugin.PluginState.ACTIVE;
import static io.trinity.api.plugin.PluginState.DRAINING;
import static io.trinity.api.plugin.PluginState.ERROR;
import static io.trinity.api.plugin.PluginState.LOADING;
import static io.trinity.api.plugin.PluginState.PAUSED;
import static io.trinity.api.plugin.PluginState.RELOADING;
import static io.trinity.api.plugin.PluginState.UNLOADED;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginState;
import java.util.Set;

/**
 * Which state may follow which. Pure. Three transitions are ours beyond the original's table:
 * paused to draining, active to error (quarantine) and error to unloaded; without them a paused or
 * broken plugin could never be removed.
 */
final class StateMachine {
    private StateMachine() {}

    /** The states that may follow a state. */
    static Set<PluginState> after(PluginState state) {
        return switch (state) {
            case UNLOADED -> Set.of(LOADING);
            case LOADING -> Set.of(ACTIVE, ERROR);
            case ACTIVE -> Set.of(PAUSED, RELOADING, DRAINING, ERROR);
            case PAUSED -> Set.of(ACTIVE, DRAINING);
            case RELOADING -> Set.of(ACTIVE, ERROR);
            case ERROR -> Set.of(LOADING, UNLOADED);
            case DRAINING -> Set.of(UNLOADED);
        };
    }

    /**
     * Refuses what may not be.
     *
     * @throws PluginException ILLEGAL_TRANSITION with both states and those that are possible
     */
    static void check(PluginRef who, PluginState from, PluginState to) {
        if (!after(from).contains(to)) {
            throw PluginException.of(
                    ErrorCode.ILLEGAL_TRANSITION,
                    who,
                    "it is " + from.label() + " and cannot become " + to.label(),
                    "from here it can become "
                            + String.join(
                                    " or ",
                                    after(from).stream()
                                            .map(PluginState::label)
                                            .sorted()
                                            .toList()));
        }
    }
}
