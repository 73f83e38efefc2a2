package io.trinity.api.hook;

import io.trinity.api.plugin.HookPoint;
import org.osgi.annotation.versioning.ConsumerType;

/** Told of each hook that was called; on the thread of the call. */
@ConsumerType
@FunctionalInterface
public interface HookTrace {
    /** For those who do not want to know. */
    HookTrace NONE = (plugin, point, outcome, nanos) -> {};

    /**
     * A hook was called, or skipped.
     *
     * @param outcome {@code pass}, {@code drop}, {@code change}, {@code veto}, {@code weights},
     *     {@code remarks}, {@code ok}, or the error code for which it was skipped
     * @param nanos wall time of the call
     */
    void called(String plugin, HookPoint point, String outcome, long nanos);
}
