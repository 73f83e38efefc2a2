package io.trinity.sandbox;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A guest whose functions are Java, as strict as the engine's: one run at a time, none after one
 * that threw or after close; a cancellation before a run begins is lost; a late run is thrown out.
 */
final class FakeGuest implements Guest {
    static final PluginRef WHO = new PluginRef("lidar", new org.osgi.framework.Version(1, 2, 0));
    static final int PAGE = 65_536;

    final FakeMemory memory = new FakeMemory();
    final Map<String, GuestFunction> functions = new HashMap<>();
    final AtomicInteger runs = new AtomicInteger();
    private final AtomicBoolean running = new AtomicBoolean();
    private final @Nullable MemoryQuota quota;
    volatile boolean cancelled;
    volatile boolean closed;
    private volatile boolean failed;
    private volatile boolean closingFails;
    private volatile @Nullable CallBudget lastBudget;
    private int top = 32_768;

    /** Used by the present or last run. */
    long fuel;

    long cpuSpent;
    long excluded;

    FakeGuest() {
        this(null);
    }

    /** One that takes a page from a quota and gives it back. */
    FakeGuest(@Nullable MemoryQuota quota) {
        this.quota = quota;
        if (quota != null && !quota.tryReserve(PAGE)) {
            throw fault(ErrorCode.LIMIT_MEMORY, "no page is left");
        }
        functions.put("cabi_realloc", a -> allocate((int) a[2], (int) a[3]));
    }

    static PluginException fault(ErrorCode code, String what) {
        return PluginException.of(code, WHO, what, "");
    }

    private long allocate(int alignment, int size) {
        top = (top + alignment - 1) & -alignment;
        int at = top;
        top += size;
        return at;
    }

    @Override
    public FakeMemory memory() {
        return memory;
    }

    @Override
    public GuestFunction function(String export) {
        GuestFunction found = functions.get(export);
        if (found == null) {
            throw new IllegalArgumentException("it exports no " + export);
        }
        return found;
    }

    @Override
    public <T extends @Nullable Object> T run(CallBudget budget, GuestWork<T> work) {
        if (closed || failed || !running.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "closed=%s failed=%s, or running".formatted(closed, failed));
        }
        runs.incrementAndGet();
        lastBudget = budget;
        cancelled = false;
        fuel = 0;
        boolean sound = false;
        try {
            if (System.nanoTime() - budget.deadlineNanos() >= 0) {
                throw fault(ErrorCode.LIMIT_TIME, "the engine found it late");
            }
            T result = work.run();
            sound = true;
            return result;
        } finally {
            failed |= !sound;
            running.set(false);
        }
    }

    /** For functions of guests that loop: ends as the engine's meter does. */
    void checkpoint() {
        if (cancelled) {
            throw fault(ErrorCode.NOT_ACTIVE, "the call was cancelled");
        }
    }

    CallBudget lastBudget() {
        return Objects.requireNonNull(lastBudget);
    }

    /** A defect of the engine, once everything was given back. */
    void breakClosing() {
        closingFails = true;
    }

    @Override
    public long cpuNanos() {
        return 0;
    }

    @Override
    public long fuelUsed() {
        return fuel;
    }

    @Override
    public long cpuNanosLeft() {
        return Math.max(0, lastBudget().cpuNanos() - cpuSpent);
    }

    @Override
    public void charge(long units) {
        fuel += units;
        if (lastBudget().fuel() > 0 && fuel > lastBudget().fuel()) {
            throw fault(ErrorCode.LIMIT_FUEL, "used %d units of fuel".formatted(fuel));
        }
    }

    @Override
    public void excludeCpuTime(long cpuNanos) {
        excluded += cpuNanos;
    }

    @Override
    public void use(long cpuNanos) {
        cpuSpent += cpuNanos;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        if (!closed && quota != null) {
            quota.release(PAGE);
        }
        if (running.get()) {
            throw new IllegalStateException("closed while it runs");
        }
        closed = true;
        if (closingFails) {
            throw new IllegalStateException("closing fails");
        }
    }
}
