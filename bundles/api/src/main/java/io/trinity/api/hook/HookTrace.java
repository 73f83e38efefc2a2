package io.trinity.api.hook;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import org.osgi.annotation.versioning.ConsumerType;

/** Told of each hook that was called; on the thread of the call. */
@ConsumerType
@FunctionalInterface
public interface HookTrace {
    /** For those who do not want to know. */
    HookTrace NONE = (plugin, point, outcome, nanos) -> {};

    /**
     * A hook was called; by {@link #failed} unless that is implemented, also one that was skipped.
     *
     * @param outcome {@code pass}, {@code drop}, {@code change}, {@code veto}, {@code weights},
     *     {@code remarks}, {@code ok}; by {@link #failed} the error code
     * @param nanos wall time of the call
     */
    void called(String plugin, HookPoint point, String outcome, long nanos);

    /**
     * A hook failed, or was skipped: told by {@link #called} unless somebody wants to know why.
     *
     * @param message why, for people
     */
    default void failed(
            String plugin, HookPoint point, ErrorCode code, String message, long nanos) {
        called(plugin, point, code.name(), nanos);
    }
}
