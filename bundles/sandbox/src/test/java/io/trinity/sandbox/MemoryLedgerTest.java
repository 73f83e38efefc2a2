package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest {
    @Property(tries = 60)
    void manyThreadsNeverHoldMoreThanTheLimitAndLeaveNothing(
            @ForAll @LongRange(min = 0, max = 40) long limit,
            @ForAll @Size(4) List<@IntRange(min = 1, max = 20) Integer> sizes)
            throws Exception {
        MemoryLedger ledger = new MemoryLedger(() -> limit, Totals.plenty());
        AtomicLong held = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(sizes.size());
        ExecutorService threads = Executors.newFixedThreadPool(sizes.size());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int bytes : sizes) {
                all.add(
                        threads.submit(
                                () -> {
                                    start.await(5, TimeUnit.SECONDS);
                                    for (int i = 0; i < 500; i++) {
                                        if (ledger.tryReserve(bytes)) {
                                            assertTrue(held.addAndGet(bytes) <= limit);
                                            held.addAndGet(-bytes);
                                            ledger.release(bytes);
                                        } else {
                                            assertTrue(limit < 80, "refused without need");
                                        }
                                    }
                                    return null;
                                }));
            }
            for (Future<?> one : all) {
                one.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void theLimitIsTakenToTheLastByteAndNoFurther() {
        MemoryLedger ledger = new MemoryLedger(() -> 100, Totals.plenty());
        assertTrue(ledger.tryReserve(60));
        assertFalse(ledger.tryReserve(41));
        assertEquals(60, ledger.heldBytes());
        assertTrue(ledger.tryReserve(40));
        assertFalse(ledger.tryReserve(1));
        ledger.release(1);
        assertTrue(ledger.tryReserve(1));
    }

    @Test
    void whatTheTotalRefusesIsNotThePluginsEither() {
        TotalMemory total = new TotalMemory(() -> 1000);
        MemoryLedger one = new MemoryLedger(() -> 700, total.open("one"));
        assertTrue(one.tryReserve(600, 650));
        assertEquals(MemoryLedger.Reserved.TOTAL, one.reserve(1, 101));
        assertEquals(600, one.heldBytes());
        assertEquals(MemoryLedger.Reserved.OWN_LIMIT, one.reserve(101, 1));
        assertEquals(650, total.held());
    }

    @Test
    void aPluginsOwnLimitLeavesTheTotalAlone() {
        TotalMemory total = new TotalMemory(() -> 1000);
        MemoryLedger one = new MemoryLedger(() -> 10, total.open("one"));
        assertFalse(one.tryReserve(11, 11));
        assertEquals(0, total.held());
        assertEquals(Optional.empty(), one.totalRefusing(11));
    }

    @Test
    void hugeNumbersDoNotWrapRound() {
        MemoryLedger ledger = new MemoryLedger(() -> 4L << 30, Totals.plenty());
        assertTrue(ledger.tryReserve(1));
        assertFalse(ledger.tryReserve(Long.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> ledger.tryReserve(-1));
        assertEquals(1, ledger.heldBytes());
    }

    @Test
    void aChangedLimitHoldsFromThenOnAndTakesNothingAway() {
        AtomicLong limit = new AtomicLong(100);
        MemoryLedger ledger = new MemoryLedger(limit::get, Totals.plenty());
        assertTrue(ledger.tryReserve(80));
        limit.set(50);
        assertEquals(50, ledger.limitBytes());
        assertEquals(80, ledger.heldBytes());
        assertFalse(ledger.tryReserve(1));
        ledger.release(31);
        assertTrue(ledger.tryReserve(1));
        limit.set(200);
        assertTrue(ledger.tryReserve(150));
    }

    @Test
    void givingBackMoreThanWasTakenIsADefectThatMakesNoRoom() {
        MemoryLedger ledger = new MemoryLedger(() -> 100, Totals.plenty());
        assertTrue(ledger.tryReserve(10));
        assertThrows(IllegalStateException.class, () -> ledger.release(11));
        assertThrows(IllegalStateException.class, () -> ledger.release(-5));
        assertEquals(10, ledger.heldBytes());
        assertFalse(ledger.tryReserve(91));
    }
}
