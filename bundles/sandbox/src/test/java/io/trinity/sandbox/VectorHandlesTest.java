package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Vector;
import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VectorHandlesTest {
    private final VectorSpace space = new VectorSpace(100);
    private final Hypervector vector = space.random(1);
    private final AtomicLong limit = new AtomicLong(10_000);
    private final MemoryLedger ledger = new MemoryLedger(limit::get, Totals.plenty());
    private final VectorHandles handles = new VectorHandles(FakeGuest.WHO, space, ledger);

    @Test
    void aHandleIsNeverZeroAndStandsForItsVector() {
        Hypervector other = space.random(2);
        long a = handles.hold(vector);
        long b = handles.hold(other);
        assertTrue(a > 0 && b > 0 && a != b);
        assertSame(vector, handles.get(a));
        assertSame(other, handles.get(b));
    }

    @Test
    void aHandleThatIsNotHeldTraps() {
        long held = handles.hold(vector);
        for (long bad : new long[] {0, held + 1, -1, 0xffff_ffffL, Long.MAX_VALUE}) {
            assertFault(ErrorCode.GUEST_TRAP, () -> handles.get(bad), "hypervector " + bad);
            assertFault(ErrorCode.GUEST_TRAP, () -> handles.release(bad));
        }
    }

    @Test
    void aReleasedHandleStaysInvalidWhateverComesAfter() {
        long released = handles.hold(vector);
        handles.release(released);
        for (int i = 0; i < 10; i++) {
            assertNotEquals(released, handles.hold(vector));
        }
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.get(released));
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.release(released));
    }

    @Test
    void everyVectorCountsAndMoreThanTheLimitIsRefused() {
        long each = vector.bytes() + 128;
        limit.set(3 * each);
        List<Long> held = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            held.add(handles.hold(vector));
            assertEquals(i * each, ledger.heldBytes());
        }
        assertFault(
                ErrorCode.LIMIT_MEMORY,
                () -> handles.hold(vector),
                "holds 3 hypervectors of " + vector.bytes() + " bytes",
                "within " + 3 * each + " bytes",
                "memoryBytes in conf/io.trinity.plugin-lidar.cfg");
        assertEquals(3 * each, ledger.heldBytes());
        handles.release(held.get(1));
        assertEquals(2 * each, ledger.heldBytes());
        handles.hold(vector);
    }

    @Test
    void closingGivesEverythingBackOnce() {
        assertTrue(ledger.tryReserve(77));
        handles.hold(vector);
        long b = handles.hold(vector);
        handles.release(b);
        handles.close();
        assertEquals(77, ledger.heldBytes());
        handles.close();
        assertEquals(77, ledger.heldBytes());
    }

    @Test
    void aPluginThatMayNotUseVectorsIsLentZero() {
        VectorHandles denied = new VectorHandles(FakeGuest.WHO, space, ledger, () -> false);
        assertEquals(0, denied.lower(new Vector(vector.toTrits())));
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void whatIsGivenIsTakenOverOnce() {
        long own = handles.hold(vector);
        assertEquals(new Vector(vector.toTrits()), handles.lift(own));
        assertEquals(0, ledger.heldBytes());
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.lift(own), "does not hold");
    }

    @Test
    void whatIsLentCannotBeReleasedOrGivenAway() {
        long lent = handles.lower(new Vector(vector.toTrits()));
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.release(lent), "lent");
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.lift(lent), "lent");
        handles.endLoans();
        assertEquals(0, ledger.heldBytes());
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.get(lent));
    }

    @Property(tries = 200)
    void theLedgerHoldsExactlyWhatTheHandlesDo(
            @ForAll List<@IntRange(min = 0, max = 40) Integer> steps) {
        VectorHandles own = new VectorHandles(FakeGuest.WHO, space, ledger);
        Map<Long, Hypervector> model = new HashMap<>();
        for (int step : steps) {
            long handle = step;
            if (step == 0) {
                Hypervector v = space.random(model.size());
                model.put(own.hold(v), v);
            } else if (model.remove(handle) != null) {
                own.release(handle);
            } else {
                assertFault(ErrorCode.GUEST_TRAP, () -> own.release(handle));
            }
            assertEquals(model.size() * (vector.bytes() + 128L), ledger.heldBytes());
        }
        model.forEach((handle, v) -> assertSame(v, own.get(handle)));
        own.close();
        assertEquals(0, ledger.heldBytes());
    }
}
