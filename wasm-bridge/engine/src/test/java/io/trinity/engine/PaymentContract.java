package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.plugin.ErrorCode;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** How one run pays, or does not pay, for what others do on its thread. */
abstract class PaymentContract extends EngineFixture {
    private static final String CALLING =
            """
            (import "env" "other" (func $other (param i32) (result i32)))
            (func (export "f") (param $n i32) (result i32) (local $s i32)
              (loop $l
                (local.set $s (i32.add (local.get $s) (call $other (local.get $n))))
                (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
              (local.get $s))
            """;

    /** Calls the host {@code n} times within one run; what the host does is given the guest. */
    private Guest calling(Consumer<Guest> other) {
        GuestCode code = load(CALLING);
        return guest(
                code,
                host(
                        "other",
                        1,
                        (guest, arguments) -> {
                            other.accept(guest);
                            return 1;
                        }));
    }

    private static long fuelOf(Guest g, CallBudget budget) {
        call(g, budget, "f", 10);
        return g.fuelUsed();
    }

    @Test
    void whatIsPaidForOthersIsUsedAndStopsAtTheSameUnit() {
        long own = fuelOf(calling(g -> {}), GENEROUS);
        Guest paying = calling(g -> g.charge(5_000_000_000L));
        assertEquals(own + 50_000_000_000L, fuelOf(paying, GENEROUS));
        long all = own + 10 * 70_000;
        Guest exact = calling(g -> g.charge(70_000));
        assertEquals(all, fuelOf(exact, budget(20_000, all, 65_536)));
        Guest poor = calling(g -> g.charge(70_000));
        refused(ErrorCode.LIMIT_FUEL, () -> call(poor, budget(20_000, all - 1, 65_536), "f", 10));
        Guest atOnce = calling(g -> g.charge(70_001));
        refused(ErrorCode.LIMIT_FUEL, () -> call(atOnce, budget(20_000, 70_000, 65_536), "f", 10));
        assertTrue(atOnce.fuelUsed() > 70_000, "used " + atOnce.fuelUsed());
    }

    @Test
    void aRunThatCannotPayIsOverWhoeverCatchesIt() {
        AtomicLong calls = new AtomicLong();
        Guest g =
                calling(
                        guest -> {
                            calls.incrementAndGet();
                            assertThrows(RuntimeException.class, () -> guest.charge(1_000_000));
                        });
        refused(ErrorCode.LIMIT_FUEL, () -> call(g, budget(20_000, 500_000, 65_536), "f", 10));
        assertEquals(1, calls.get());
    }

    @Test
    void cpuTimeOfOthersCountsUnlessItIsExcused() {
        CallBudget cpu = budget(60, 0, 65_536);
        Guest blamed =
                calling(
                        g -> {
                            g.cpuNanosLeft();
                            burn(12, spent -> {});
                        });
        refused(ErrorCode.LIMIT_CPU, () -> call(blamed, cpu, "f", 10));
        Guest excluded =
                calling(
                        g -> {
                            g.cpuNanosLeft();
                            burn(12, g::excludeCpuTime);
                        });
        assertEquals(10, call(excluded, cpu, "f", 10));
        assertTrue(excluded.cpuNanos() < 60_000_000L, "counted " + excluded.cpuNanos());
    }

    @Test
    void cpuTimeThatOtherThreadsUsedCountsAndEndsTheRunAtItsNextCheck() {
        AtomicInteger calls = new AtomicInteger();
        Guest g =
                calling(
                        guest -> {
                            calls.incrementAndGet();
                            guest.use(25_000_000L);
                        });
        refused(ErrorCode.LIMIT_CPU, () -> call(g, budget(60, 0, 65_536), "f", 10));
        assertTrue(calls.get() <= 4, calls + " calls of 25 ms each within 60 ms");
    }

    @Test
    void whatIsLeftOfCpuTimeFallsAndIsNeverBelowNothing() {
        AtomicLong least = new AtomicLong(Long.MAX_VALUE);
        Guest g =
                calling(
                        guest -> {
                            long before = guest.cpuNanosLeft();
                            burn(12, spent -> {});
                            long after = guest.cpuNanosLeft();
                            assertTrue(before <= 30_000_000L && after >= 0, before + " " + after);
                            assertTrue(after == 0 || before - after >= 12_000_000L);
                            least.set(after);
                        });
        refused(ErrorCode.LIMIT_CPU, () -> call(g, budget(30, 0, 65_536), "f", 10));
        assertEquals(0, least.get());
    }

    @Test
    void outsideOfARunNobodyPays() {
        Guest g = calling(guest -> {});
        assertThrows(IllegalStateException.class, () -> g.charge(1));
        assertThrows(IllegalStateException.class, () -> g.excludeCpuTime(1));
        assertThrows(IllegalStateException.class, () -> g.use(1));
        assertThrows(IllegalStateException.class, g::cpuNanosLeft);
    }

    /** Uses CPU time, and tells how much. */
    private static void burn(long millis, LongConsumer spent) {
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        long now = begin;
        while (now - begin < millis * 1_000_000) {
            now = threads.getCurrentThreadCpuTime();
        }
        spent.accept(threads.getCurrentThreadCpuTime() - begin);
    }
}
