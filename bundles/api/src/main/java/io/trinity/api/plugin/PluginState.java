package io.trinity.api.plugin;

import java.util.Locale;

/**
 * The seven states of a plugin. Which may follow which is decided by the registry's state machine.
 */
public enum PluginState {
    /** Known, with no generation; its bundle is absent, or RESOLVED without a cause. */
    UNLOADED,
    /** The first generation is being prepared; its bundle is STARTING once it exists. */
    LOADING,
    /** Serving calls; the bundle is ACTIVE. */
    ACTIVE,
    /**
     * Loaded with the gate closed: calls answer {@link ErrorCode#PAUSED}; the bundle stays ACTIVE.
     */
    PAUSED,
    /** Serving calls while the next generation is being prepared beside it. */
    RELOADING,
    /** Refused, failed or quarantined, with a recorded cause. */
    ERROR,
    /** No new calls; calls in flight finish within the drain timeout. The bundle is STOPPING. */
    DRAINING;

    /** The state's name as people and JSON see it: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
