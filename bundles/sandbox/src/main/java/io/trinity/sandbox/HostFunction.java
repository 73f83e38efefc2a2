package io.trinity.sandbox;

import io.trinity.api.sandbox.HostFailure;
import org.jspecify.annotations.Nullable;

/** The host's side of one imported function, in values of the types of its {@link HostMethod}. */
@FunctionalInterface
interface HostFunction {
    /**
     * @param guest the calling guest's state
     * @param arguments one value per parameter
     * @return the result; for a {@code result<_, failure>} what stands in its ok case; null for
     *     none
     * @throws HostFailure what the world outside did
     */
    @Nullable Object call(GuestState guest, Object[] arguments) throws HostFailure;
}
