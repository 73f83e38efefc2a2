package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Hooks;
import io.trinity.api.policy.Limits;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostInterfacesTest {
    private final HostInterfaces interfaces = new HostInterfaces(List.of(Hooks.class));
    private final GuestState state = Guests.state();
    private final List<Long> counts = new ArrayList<>();
    private final List<Long> generations = new ArrayList<>();
    private final Hooks counting =
            (call, name, payload) -> {
                generations.add(call.generation());
                counts.add(call.counters().of(name).incrementAndGet());
                return payload;
            };
    private final HostFunction fire =
            interfaces.function(7, ModuleOf.importOf("hooks", "fire").method());

    private void fire() throws HostFailure {
        fire.call(state, new Object[] {"own", new byte[0]});
    }

    @Test
    void whatIsCountedForACallIsCountedAnewInTheNext() throws HostFailure {
        assertTrue(interfaces.add(counting));
        state.calls(new FakeGuest());
        fire();
        fire();
        Guests.begin(state, Limits.DEFAULT);
        fire();
        assertEquals(List.of(1L, 2L, 1L), counts);
        assertEquals(List.of(7L, 7L, 7L), generations);
    }

    @Test
    void whatImplementsNoInterfaceOfTheContractServesNothing() {
        assertFalse(interfaces.add(new HostInterface() {}));
        state.calls(new FakeGuest());
        HostFailure e = assertThrows(HostFailure.class, this::fire);
        assertEquals("nobody serves interface hooks here", e.getMessage());
    }
}
