package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.sandbox.HostFailure;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExcludedCpuTimeTest {
    private final AtomicLong cpu = new AtomicLong(1000);
    private final FakeGuest guest = new FakeGuest();
    private final GuestState state = Guests.state();

    @Test
    void theTimeOfThoseWhoListenIsNotTheCallersAndTheBusesIs() throws HostFailure {
        state.calls(guest);
        HostFunction fire =
                ExcludedCpuTime.ofListeners(
                        (g, a) -> {
                            cpu.addAndGet(7);
                            for (int i = 0; i < 2; i++) {
                                try (ExcludedCpuTime.Entered listener =
                                        ExcludedCpuTime.enter(cpu::get)) {
                                    cpu.addAndGet(70);
                                }
                            }
                            return "answer";
                        });
        assertEquals("answer", fire.call(state, new Object[0]));
        assertEquals(140, guest.excluded);
    }

    @Test
    void aListenerThatFiresItselfIsCountedOnce() throws HostFailure {
        FakeGuest inner = new FakeGuest();
        GuestState innerState = Guests.state();
        innerState.calls(inner);
        state.calls(guest);
        HostFunction innerFire =
                ExcludedCpuTime.ofListeners(
                        (g, a) -> {
                            try (ExcludedCpuTime.Entered listener =
                                    ExcludedCpuTime.enter(cpu::get)) {
                                cpu.addAndGet(30);
                            }
                            return "";
                        });
        HostFunction fire =
                ExcludedCpuTime.ofListeners(
                        (g, a) -> {
                            try (ExcludedCpuTime.Entered listener =
                                    ExcludedCpuTime.enter(cpu::get)) {
                                cpu.addAndGet(10);
                                innerFire.call(innerState, new Object[0]);
                                cpu.addAndGet(10);
                            }
                            return "";
                        });
        fire.call(state, new Object[0]);
        assertEquals(50, guest.excluded);
        assertEquals(30, inner.excluded);
    }

    @Test
    void whereListenersUsedAsMuchAsTheCallerMayItFiresNoMore() throws HostFailure {
        state.calls(guest);
        HostFunction fire =
                ExcludedCpuTime.ofListeners(
                        (g, a) -> {
                            try (ExcludedCpuTime.Entered listener =
                                    ExcludedCpuTime.enter(cpu::get)) {
                                cpu.addAndGet(60_000_000);
                            }
                            return "";
                        });
        fire.call(state, new Object[0]);
        fire.call(state, new Object[0]);
        HostFailure e = assertThrows(HostFailure.class, () -> fire.call(state, new Object[0]));
        assertEquals(HostFailure.Reason.LIMIT, e.reason());
        assertEquals(120_000_000, guest.excluded);
    }

    @Test
    void norIsItWhereTheyFail() {
        state.calls(guest);
        HostFunction send =
                ExcludedCpuTime.ofTheNetwork(
                        "http.send",
                        (g, a) -> {
                            cpu.addAndGet(5);
                            throw new HostFailure(HostFailure.Reason.LIMIT, "too much");
                        },
                        cpu::get);
        assertThrows(HostFailure.class, () -> send.call(state, new Object[0]));
        assertEquals(5, guest.excluded);
    }

    @Test
    void callsOfTheNetworkHaveAPriceSoThatRefusedOnesAreNotFree() throws HostFailure {
        state.calls(guest);
        HostFunction send = ExcludedCpuTime.ofTheNetwork("http.send", (g, a) -> "", cpu::get);
        for (int i = 0; i < 1000; i++) {
            send.call(state, new Object[0]);
        }
        Faults.assertFault(
                ErrorCode.LIMIT_CPU, () -> callUnchecked(send), "http.send", "cpuMillis");
    }

    private void callUnchecked(HostFunction function) {
        try {
            function.call(state, new Object[0]);
        } catch (HostFailure e) {
            throw new IllegalStateException(e);
        }
    }
}
