package io.trinity.engine.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.ErrorCode;
import org.junit.jupiter.api.Test;

/** When the clocks are looked at, and what follows; on clocks of the test's own. */
class MeterTest {
    private static final long MICROS = 1_000;
    private static final long MILLIS = 1_000_000;
    private static final int COLD_RUNS = 16;

    private long wall = 5 * MILLIS;
    private long cpu = 3 * MILLIS;
    private int reads;
    private final Meter meter =
            new Meter(
                    () -> wall,
                    () -> {
                        reads++;
                        return cpu;
                    });
    private final LinearMemory memory =
            new LinearMemory(new MemoryLimits(1, 1), MemoryQuota.UNCOUNTED, meter);

    private static CallBudget cpuNanos(long limit) {
        return new CallBudget(limit, 3_600_000 * MILLIS, Long.MAX_VALUE, 0, 65_536);
    }

    /** Uses the present slice up, which takes so long. */
    private void slice(long wallNanos, long cpuNanos) {
        wall += wallNanos;
        cpu += cpuNanos;
        memory.fuel = -1;
        memory.refuel();
    }

    private void warm() {
        for (int i = 0; i < COLD_RUNS; i++) {
            meter.begin(cpuNanos(MILLIS), memory);
        }
        reads = 0;
    }

    /** As large as they may be, they still take less than what is worth a look at the clock. */
    @Test
    void slicesThatAreAlwaysShortEndAtTheLimit() {
        warm();
        meter.begin(cpuNanos(100 * MILLIS), memory);
        long begin = cpu;
        GuestStop stop =
                assertThrows(
                        GuestStop.class,
                        () -> {
                            for (int i = 0; i < 100_000; i++) {
                                slice(10 * MICROS, 10 * MICROS);
                            }
                        });
        assertEquals(ErrorCode.LIMIT_CPU, stop.code());
        assertEquals(100, (cpu - begin) / MILLIS);
        assertTrue(reads < 1_000, () -> reads + " reads of the CPU clock in 10,000 slices");
        assertTrue(String.valueOf(stop.getMessage()).startsWith("used 100."), stop::getMessage);
    }

    @Test
    void aShortRunReadsNoCpuClock() {
        warm();
        meter.begin(cpuNanos(100 * MILLIS), memory);
        for (int i = 0; i < 5; i++) {
            slice(9 * MICROS, 9 * MICROS);
        }
        assertEquals(0, reads);
        assertEquals(0, meter.cpuNanos());
        slice(9 * MICROS, 9 * MICROS);
        assertEquals(1, reads, "longer than 50 microseconds");
    }

    @Test
    void aTightLimitIsLookedAtFromTheStart() {
        warm();
        meter.begin(cpuNanos(MILLIS), memory);
        slice(10 * MICROS, 10 * MICROS);
        slice(990 * MICROS, 990 * MICROS);
        assertThrows(GuestStop.class, () -> slice(20 * MICROS, 20 * MICROS));
    }

    /** Cold, the first slice may be long. */
    @Test
    void theFirstRunsCountFromTheirBeginning() {
        meter.begin(cpuNanos(20 * MILLIS), memory);
        assertThrows(GuestStop.class, () -> slice(30 * MILLIS, 30 * MILLIS));
        warm();
        meter.begin(cpuNanos(20 * MILLIS), memory);
        slice(30 * MILLIS, 30 * MILLIS);
        assertEquals(0, meter.cpuNanos(), "counted from the first look");
    }

    @Test
    void whoeverWaitsUsesNoCpuTime() {
        warm();
        meter.begin(cpuNanos(20 * MILLIS), memory);
        for (int i = 0; i < 1_000; i++) {
            slice(50 * MILLIS, 10 * MICROS);
        }
        assertEquals(999 * 10 * MICROS, meter.cpuNanos());
        reads = 0;
        for (int i = 0; i < 100; i++) {
            slice(10 * MICROS, 10 * MICROS);
        }
        assertEquals(0, reads, "the wait is over");
        assertThrows(GuestStop.class, () -> slice(20 * MILLIS, 20 * MILLIS));
    }

    @Test
    void whatOthersUsedIsLeftOut() {
        warm();
        meter.begin(cpuNanos(20 * MILLIS), memory);
        slice(MILLIS, MILLIS);
        wall += 50 * MILLIS;
        cpu += 50 * MILLIS;
        meter.excludeCpuTime(50 * MILLIS);
        slice(MILLIS, MILLIS);
        assertEquals(MILLIS, meter.cpuNanos());
        slice(18 * MILLIS, 18 * MILLIS);
        assertThrows(GuestStop.class, () -> slice(2 * MILLIS, 2 * MILLIS));
    }

    /** Larger while they are short, smaller where they are long, and no further than the end. */
    @Test
    void slicesGetTheirSize() {
        warm();
        meter.begin(cpuNanos(100 * MILLIS), memory);
        assertEquals(Meter.FIRST_SLICE, memory.fuel);
        slice(10 * MICROS, 10 * MICROS);
        assertEquals(2 * Meter.FIRST_SLICE, memory.fuel);
        slice(MILLIS, MILLIS);
        int settled = memory.fuel;
        slice(MILLIS, MILLIS);
        assertEquals(settled, memory.fuel, "a millisecond is right");
        slice(5 * MILLIS, 5 * MILLIS);
        assertEquals(settled / 2, memory.fuel);
        slice(90 * MILLIS, 90 * MILLIS);
        assertTrue(memory.fuel < settled / 4, "only what is left");
        for (int i = 0; i < 40; i++) {
            meter.begin(cpuNanos(100 * MILLIS), memory);
            for (int j = 0; j < 20; j++) {
                slice(MICROS, MICROS);
            }
            assertEquals(Meter.LARGEST_SLICE, memory.fuel);
        }
    }
}
