package io.trinity.engine.guest;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.ErrorCode;
import java.util.Arrays;
import java.util.Objects;

/**
 * A guest's linear memory in one array, and the two counters that compiled code keeps: fuel and
 * stack. They live here because every compiled function has its memory in a local.
 *
 * <p>Confined to the thread of the run. The fields are public to compiled code and to nobody else.
 */
public final class LinearMemory extends UnsupportedMemory {
    /** Units of the present slice that are left; compiled code calls {@link #refuel} below zero. */
    public int fuel;

    /** Bytes of counted frames that are left; compiled code calls {@link #overflow} below zero. */
    public int stack;

    /** Exactly the memory's bytes: the array's own bounds check is the memory's. */
    byte[] bytes;

    private final int maximumPages;
    private final Reserved reserved;
    private final Meter meter;
    private DataSegment[] segments = {};
    private boolean fresh = true;

    /**
     * Takes the minimum of {@code limits} from the quota.
     *
     * @throws GuestStop LIMIT_MEMORY
     */
    public LinearMemory(MemoryLimits limits, MemoryQuota quota, Meter meter) {
        this.maximumPages = Math.min(limits.maximumPages(), Memory.RUNTIME_MAX_PAGES);
        this.reserved = new Reserved(quota);
        this.meter = meter;
        long size = (long) limits.initialPages() * Memory.PAGE_SIZE;
        if (limits.initialPages() > Memory.RUNTIME_MAX_PAGES || !reserved.tryBegin(size)) {
            throw GuestStop.noMemory("memory begins with %s bytes".formatted(size), size, quota);
        }
        try {
            bytes = new byte[(int) size];
        } catch (OutOfMemoryError e) {
            release();
            throw heapFull("memory", size);
        }
    }

    /** Called by compiled code when {@link #fuel} is below zero. */
    public void refuel() {
        meter.refuel(this);
    }

    /** Called by compiled code when {@link #stack} is below zero. */
    public void overflow() {
        meter.overflow();
    }

    /** The meter of this guest. */
    public Meter meter() {
        return meter;
    }

    /** For the host's view; never kept across a call into the guest, since growing replaces it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Gives everything back to the quota; the memory is empty then. */
    public void release() {
        bytes = new byte[0];
        reserved.release();
    }

    /** Takes fuel for work whose amount is known only when it is done. */
    void charge(long units) {
        long left = fuel - units;
        fuel = (int) Math.max(Integer.MIN_VALUE, left);
        if (left < 0) {
            refuel();
        }
    }

    private static long unitsFor(long size) {
        return size >>> 3;
    }

    @Override
    public int pages() {
        return bytes.length / Memory.PAGE_SIZE;
    }

    @Override
    public int initialPages() {
        return pages();
    }

    @Override
    public int maximumPages() {
        return maximumPages;
    }

    @Override
    public int grow(int pages) {
        int before = pages();
        if (pages < 0 || (long) before + pages > maximumPages) {
            return -1;
        }
        if (pages == 0) {
            return before;
        }
        long now = bytes.length;
        long then = now + (long) pages * Memory.PAGE_SIZE;
        if (!reserved.tryGrow(now, then)) {
            return -1;
        }
        // Copying and zeroing are one pass over what is there afterwards.
        charge(unitsFor(then));
        try {
            bytes = Arrays.copyOf(bytes, (int) then);
        } catch (OutOfMemoryError e) {
            reserved.notGrown(now, then);
            throw heapFull("memory", then);
        }
        reserved.grown(now);
        return before;
    }

    static GuestStop heapFull(String what, long size) {
        return new GuestStop(
                ErrorCode.LIMIT_MEMORY,
                "%s of %s bytes does not fit into the heap that is free".formatted(what, size),
                "");
    }

    @Override
    public void zero() {
        if (!fresh) {
            Arrays.fill(bytes, (byte) 0);
        }
        fresh = false;
    }

    @Override
    public void initialize(Instance instance, DataSegment[] given, int memoryIndex) {
        segments = given;
        for (int i = 0; i < given.length; i++) {
            if (given[i] instanceof ActiveDataSegment active) {
                int at =
                        (int)
                                ConstantEvaluators.computeConstantValue(
                                        instance, active.offsetInstructions())[0];
                byte[] data = active.data();
                charge(unitsFor(data.length));
                try {
                    Objects.checkFromIndexSize(at, data.length, bytes.length);
                } catch (IndexOutOfBoundsException e) {
                    throw new UninstantiableException("out of bounds memory access", e);
                }
                System.arraycopy(data, 0, bytes, at, data.length);
                given[i] = PassiveDataSegment.EMPTY;
            }
        }
    }

    @Override
    public void initPassiveSegment(int segment, int to, int from, int size) {
        charge(unitsFor(size & 0xFFFFFFFFL));
        byte[] data = segments[segment].data();
        Objects.checkFromIndexSize(from, size, data.length);
        Objects.checkFromIndexSize(to, size, bytes.length);
        System.arraycopy(data, from, bytes, to, size);
    }

    void fill(int at, byte value, int size) {
        charge(unitsFor(size & 0xFFFFFFFFL));
        Objects.checkFromIndexSize(at, size, bytes.length);
        Arrays.fill(bytes, at, at + size, value);
    }

    @Override
    public void copy(int to, int from, int size) {
        charge(unitsFor(size & 0xFFFFFFFFL));
        Objects.checkFromIndexSize(from, size, bytes.length);
        Objects.checkFromIndexSize(to, size, bytes.length);
        System.arraycopy(bytes, from, bytes, to, size);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }
}
