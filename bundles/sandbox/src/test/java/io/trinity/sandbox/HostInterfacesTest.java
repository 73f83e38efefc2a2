package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.policy.Limits;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostInterfacesTest {
    private final HostInterfaces interfaces = new HostInterfaces();
    private final GuestState state = Guests.state();
    private final List<Long> counts = new ArrayList<>();
    private final List<Long> generations = new ArrayList<>();

    @Test
    void whatIsCountedForACallIsCountedAnewInTheNext() throws HostFailure {
        interfaces.add("files", this::count);
        HostFunction read = interfaces.function(7, "files", "read");
        state.calls(new FakeGuest());
        read.call(state, new Object[0]);
        read.call(state, new Object[0]);
        Guests.begin(state, Limits.DEFAULT);
        read.call(state, new Object[0]);
        assertEquals(List.of(1L, 2L, 1L), counts);
        assertEquals(List.of(7L, 7L, 7L), generations);
    }

    private Object count(HostInterface.HostCall call, String function, Object[] arguments) {
        generations.add(call.generation());
        counts.add(call.counters().of(function).incrementAndGet());
        return "";
    }
}
