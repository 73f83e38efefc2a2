package io.trinity.sandbox;

import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.canonical.abi.LinearMemory;

/**
 * What every way from a guest to the host begins and ends with: the call is counted, refused where
 * there are too many or it is too late, and what it was handed is given back. One per import and
 * guest.
 */
abstract class CountedCall implements GuestCode.HostFunction {
    private final String function;
    private final GuestState state;

    /**
     * @param function for messages, {@code files.read}
     */
    CountedCall(String function, GuestState state) {
        this.function = function;
        this.state = state;
    }

    final String function() {
        return function;
    }

    final GuestState state() {
        return state;
    }

    @Override
    public final long call(Guest guest, long[] arguments) {
        state.calls(guest);
        state.countHostCall(function);
        long before = state.lifted();
        try {
            return serve(guest, new GuestLinearMemory(guest.memory(), state), arguments);
        } finally {
            state.releaseBuffers(before);
        }
    }

    /** Does what the function promises, in core values. */
    abstract long serve(Guest guest, LinearMemory memory, long[] arguments);
}
