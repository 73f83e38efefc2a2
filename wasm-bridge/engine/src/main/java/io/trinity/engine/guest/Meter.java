package io.trinity.engine.guest;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.plugin.ErrorCode;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Grants fuel to one guest, slice by slice, within the budget of its run.
 *
 * <p>Compiled code takes units off {@link LinearMemory#fuel} and comes here when it falls below
 * zero. A slice's size never changes what is counted, only how often it is looked at the clock.
 */
public final class Meter {
    /** Units of the first slice of each run; small, because interpreted code is slow. */
    static final int FIRST_SLICE = 10_000;

    /** No more than this, because code may turn from compiled to interpreted within a slice. */
    static final int LARGEST_SLICE = 1_000_000;

    private static final int SMALLEST_SLICE = 1_000;
    private static final long SLICE_NANOS = 1_000_000;

    /** So much of a run needs no CPU clock. */
    private static final long UNTIMED_NANOS = 50_000;

    private final LongSupplier wallClock;
    private final LongSupplier cpuClock;
    private volatile boolean cancelled;
    private @Nullable CallBudget budget;
    private long granted;
    private int slice;

    /** In the first runs, classes are linked: the first slice may take milliseconds. */
    private int coldRuns = 16;

    private boolean clockRuns;
    private long cpuBegin;

    /** CPU and wall time when the CPU clock was last read. */
    private long cpuLast;

    private long cpuLastAt;
    private long lookedAt;
    private long wallBegin;

    /** On the clocks of the JVM. */
    public Meter() {
        this(System::nanoTime, CpuClock::nanos);
    }

    /**
     * @param wallClock nanoseconds
     * @param cpuClock nanoseconds of the thread that asks
     */
    Meter(LongSupplier wallClock, LongSupplier cpuClock) {
        this.wallClock = wallClock;
        this.cpuClock = cpuClock;
    }

    /** Opens a run. Fuel and stack of {@code memory} are set to what the budget gives. */
    public void begin(CallBudget given, LinearMemory memory) {
        budget = given;
        cancelled = false;
        clockRuns = false;
        wallBegin = wallClock.getAsLong();
        lookedAt = wallBegin;
        slice = FIRST_SLICE;
        granted = given.fuel() > 0 ? Math.min(given.fuel(), slice) : slice;
        memory.fuel = (int) granted;
        memory.stack = given.stackBytes();
        if (isOver(given, wallBegin)) {
            throw late(given, wallBegin);
        }
        if (coldRuns > 0) {
            coldRuns--;
            startClock(cpuClock.getAsLong(), wallBegin);
        }
    }

    /** Units used since {@link #begin}. */
    public long used(LinearMemory memory) {
        return granted - memory.fuel;
    }

    /** CPU time since the clock was first read in the present or last run; 0 where it was not. */
    public long cpuNanos() {
        return clockRuns ? cpuClock.getAsLong() - cpuBegin : 0;
    }

    /** CPU time that the present run has left; not below 0. From now on its clock runs. */
    public long cpuNanosLeft() {
        CallBudget b = budget;
        if (b == null) {
            throw new IllegalStateException("there is no run");
        }
        long now = cpuClock.getAsLong();
        if (!clockRuns) {
            startClock(now, wallClock.getAsLong());
        }
        return Math.max(0, b.cpuNanos() - (now - cpuBegin));
    }

    private void startClock(long cpu, long now) {
        clockRuns = true;
        cpuBegin = cpu;
        cpuLast = cpu;
        cpuLastAt = now;
    }

    /** Leaves CPU time that others used on this thread out of the present run's. */
    public void excludeCpuTime(long cpuNanos) {
        cpuBegin += cpuNanos;
        cpuLast += cpuNanos;
    }

    /** Takes CPU time that others used for the present run; the next tick looks at the clocks. */
    public void use(LinearMemory memory, long cpuNanos) {
        if (!clockRuns) {
            startClock(cpuClock.getAsLong(), wallClock.getAsLong());
        }
        cpuBegin -= cpuNanos;
        if (memory.fuel > 0) {
            granted -= memory.fuel;
            memory.fuel = 0;
        }
    }

    /**
     * Takes units for what was done elsewhere for the present run. The run has at most what is left
     * then, to the unit.
     *
     * @throws GuestStop LIMIT_FUEL
     */
    public void charge(LinearMemory memory, long units) {
        CallBudget b = budget;
        if (b == null) {
            throw new IllegalStateException("there is no run");
        }
        granted += units;
        if (b.fuel() == 0) {
            return;
        }
        long left = b.fuel() - used(memory);
        if (left < memory.fuel) {
            granted -= memory.fuel - Math.max(-1, left);
            memory.fuel = (int) Math.max(-1, left);
        }
        if (left < 0) {
            throw outOfFuel(b, b.fuel() - left);
        }
    }

    private static GuestStop outOfFuel(CallBudget b, long used) {
        return new GuestStop(
                ErrorCode.LIMIT_FUEL,
                "used %s units of fuel, allowed are %s".formatted(used, b.fuel()),
                "fuel");
    }

    /** Ends the present run at its next look at the clock; from any thread. */
    public void cancel() {
        cancelled = true;
    }

    /** A slice is used up: grants the next one or ends the run. */
    void refuel(LinearMemory memory) {
        CallBudget b = budget;
        if (b == null) {
            throw new IllegalStateException("guest code runs outside of a run");
        }
        long used = used(memory);
        if (b.fuel() > 0 && used > b.fuel()) {
            throw outOfFuel(b, used);
        }
        if (cancelled) {
            throw new GuestStop(ErrorCode.NOT_ACTIVE, "the call was cancelled", "");
        }
        long now = wallClock.getAsLong();
        if (isOver(b, now)) {
            throw late(b, now);
        }
        long wall = now - lookedAt;
        lookedAt = now;
        adapt(b, now, wall);
        long next = b.fuel() > 0 ? Math.min(slice, b.fuel() - used) : slice;
        granted = used + next;
        memory.fuel = (int) next;
    }

    /**
     * A host function has returned. Its work is in no unit, so where much time has passed the slice
     * ends here, and the next tick looks at the clocks. What is counted stays the same.
     */
    public void afterHostCall(LinearMemory memory) {
        if (memory.fuel > 0 && wallClock.getAsLong() - lookedAt > SLICE_NANOS) {
            granted -= memory.fuel;
            memory.fuel = 0;
        }
    }

    /** Calls are nested deeper than the run's stack. */
    void overflow() {
        int bytes = budget == null ? 0 : budget.stackBytes();
        throw new GuestStop(
                ErrorCode.LIMIT_STACK,
                "calls are nested deeper than its stack of "
                        + (bytes % 1024 == 0 ? bytes / 1024 + " KiB" : bytes + " bytes"),
                "stackBytes");
    }

    /**
     * Chooses the next slice. The CPU clock is read only where it can matter, as a read costs as
     * much as a small call: CPU time grows no faster than wall time. But for a guest's first runs,
     * it starts when the run has taken {@link #UNTIMED_NANOS}; before, there is too little of it.
     *
     * @param now of {@link System#nanoTime}
     * @param wall time since the last look
     */
    private void adapt(CallBudget b, long now, long wall) {
        boolean isShort = wall < SLICE_NANOS / 2;
        boolean isTight = b.cpuNanos() <= 2 * SLICE_NANOS;
        if (!clockRuns && (now - wallBegin > UNTIMED_NANOS || isTight)) {
            startClock(cpuClock.getAsLong(), now);
        }
        long mostUsed = clockRuns ? cpuLast - cpuBegin + (now - cpuLastAt) : 0;
        if (isShort && b.cpuNanos() - mostUsed > SLICE_NANOS) {
            slice = Math.min(LARGEST_SLICE, slice * 2);
            return;
        }
        long cpu = cpuClock.getAsLong();
        long left = b.cpuNanos() - (cpu - cpuBegin);
        if (left <= 0) {
            throw outOfCpu(cpu - cpuBegin, b.cpuNanos());
        }
        long took = Math.max(1, Math.min(wall, cpu - cpuLast));
        cpuLast = cpu;
        cpuLastAt = now;
        if (took < SLICE_NANOS / 2) {
            slice = Math.min(LARGEST_SLICE, slice * 2);
        } else if (took > SLICE_NANOS * 2) {
            slice = Math.max(SMALLEST_SLICE, slice / 2);
        }
        if (left < took) {
            slice = (int) Math.max(SMALLEST_SLICE, slice * (double) left / took);
        }
    }

    /** Both in nanoseconds. Public to be made once before it matters. */
    public static GuestStop outOfCpu(long used, long allowed) {
        return new GuestStop(
                ErrorCode.LIMIT_CPU,
                "used " + millis(used) + " of CPU time, allowed are " + millis(allowed),
                "cpuMillis");
    }

    /** No formatter here: its first use takes milliseconds, which the caller waits for. */
    private static String millis(long nanos) {
        return nanos / 1_000_000 + "." + nanos / 100_000 % 10 + " ms";
    }

    private static boolean isOver(CallBudget b, long now) {
        return b.deadlineNanos() != Long.MAX_VALUE && now - b.deadlineNanos() >= 0;
    }

    private GuestStop late(CallBudget b, long now) {
        return new GuestStop(
                ErrorCode.LIMIT_TIME,
                "was over time after "
                        + millis(now - wallBegin)
                        + ", allowed are "
                        + millis(b.wallNanos()),
                "wallMillis");
    }
}
