package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.trinity.api.sandbox.HostFailure;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OthersTimeTest {
    private final AtomicLong cpu = new AtomicLong(1000);
    private final FakeGuest guest = new FakeGuest();
    private final GuestState state = Guests.state();

    @Test
    void theTimeOfThoseWhoListenIsNotTheCallers() throws HostFailure {
        state.calls(guest);
        HostFunction fire =
                OthersTime.excused(
                        (g, a) -> {
                            cpu.addAndGet(70);
                            return "answer";
                        },
                        cpu::get);
        assertEquals("answer", fire.call(state, new Object[0]));
        assertEquals(70, guest.excused);
    }

    @Test
    void norIsItWhereTheyFail() {
        state.calls(guest);
        HostFunction fire =
                OthersTime.excused(
                        (g, a) -> {
                            cpu.addAndGet(5);
                            throw new HostFailure(HostFailure.Reason.LIMIT, "too deep");
                        },
                        cpu::get);
        assertThrows(HostFailure.class, () -> fire.call(state, new Object[0]));
        assertEquals(5, guest.excused);
    }
}
