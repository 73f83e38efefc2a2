package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.policy.Limits;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class GuestStateTest {
    private static final long KIB = 1024;

    private final TotalMemory total = new TotalMemory(() -> 600 * KIB);
    private final TotalMemory.Holder others = total.open("others");
    private final MemoryLedger ledger = new MemoryLedger(() -> 200 * KIB, total.open("lidar"));
    private final GuestState state = Guests.state(ledger, Limits.DEFAULT);
    private final FakeGuest guest = new FakeGuest();

    @Test
    void whatIsLiftedIsHeldUntilTheCallEnds() {
        state.lift(100);
        assertEquals(64 * KIB, ledger.heldBytes());
        state.lift(64 * KIB - 100);
        assertEquals(64 * KIB, ledger.heldBytes());
        state.lift(1);
        assertEquals(128 * KIB, ledger.heldBytes());
        state.end(guest, 1, null);
        assertEquals(0, ledger.heldBytes());
        assertEquals(128 * KIB, ledger.peakBytes());
    }

    @Test
    void theLastBytesAreTakenOneByOne() {
        state.lift(199 * KIB);
        state.lift(KIB);
        assertEquals(200 * KIB, ledger.heldBytes());
        assertFault(ErrorCode.LIMIT_MEMORY, () -> state.lift(1), "takes 204801 bytes");
        state.releaseBuffers();
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void whatAHostCallWasHandedIsGivenBackWhenItIsOver() {
        for (int i = 0; i < 100; i++) {
            long before = state.lifted();
            state.lift(150 * KIB);
            state.releaseBuffers(before);
            assertEquals(64 * KIB, ledger.heldBytes(), "one step is kept");
        }
        state.lift(100 * KIB);
        long before = state.lifted();
        state.lift(20 * KIB);
        state.releaseBuffers(before);
        assertEquals(128 * KIB, ledger.heldBytes(), "what was lifted before stays");
        state.end(guest, 1, null);
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void whatIsLiftedAndThrownAwayAgainAndAgainIsWorkOfTheCall() {
        GuestState busy = Guests.state(new MemoryLedger(() -> 1 << 20, Totals.plenty()), limits(1));
        for (int i = 0; i < 10; i++) {
            busy.lift(100 * KIB - 2400);
            busy.releaseBuffers(0);
        }
        assertFault(ErrorCode.LIMIT_CPU, () -> busy.lift(100 * KIB), "1 ms", "cpuMillis");
    }

    @Test
    void garbageIsBoundedHoweverMuchTimeACallHas() {
        GuestState patient =
                Guests.state(new MemoryLedger(() -> 1 << 20, Totals.plenty()), limits(60_000));
        for (int i = 0; i < 64; i++) {
            patient.lift(1 << 20);
            patient.releaseBuffers(0);
        }
        assertFault(ErrorCode.LIMIT_MEMORY, () -> patient.lift(1), "64 times", "memoryBytes");
    }

    @Test
    void whatOtherThreadsDidForTheCallIsItsCpuTime() {
        state.calls(guest);
        state.counters().workedElsewhere(7);
        state.takeWorkElsewhere();
        state.takeWorkElsewhere();
        assertEquals(7, guest.cpuSpent);
    }

    private static Limits limits(int cpuMillis) {
        return new Limits(1 << 20, cpuMillis, 1000, 0, 64 << 10, 4, 16, 8, 10_000, 64, 1000, 100);
    }

    @Test
    void memoryAndWhatIsHandedOverShareOneLimit() {
        assertTrue(ledger.tryReserve(150 * KIB));
        state.lift(50 * KIB);
        PluginException e = Assertions.assertThrows(PluginException.class, () -> state.lift(KIB));
        assertTrue(e.remedy().contains("memoryBytes in conf/io.trinity.plugin-lidar.cfg"));
    }

    @Test
    void whereTheTotalRefusesItIsNamed() {
        assertTrue(others.tryTake(400 * KIB));
        PluginException e =
                Assertions.assertThrows(PluginException.class, () -> state.lift(110 * KIB));
        assertEquals(ErrorCode.LIMIT_TOTAL_MEMORY, e.code());
        assertTrue(e.detail().contains("all plugins together hold"), e.detail());
        assertTrue(e.remedy().contains("totalMemoryBytes in conf/io.trinity.limits.cfg"));
        assertEquals(0, ledger.heldBytes());
    }
}
