package io.trinity.engine.guest;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.Value;
import io.trinity.api.engine.MemoryQuota;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A guest's table. Chicory's own shares its limits between all instances of a module, and takes no
 * quota. References in it are always the guest's own, so {@link #instance} is null.
 */
public final class GuestTable extends TableInstance {
    private static final int ENTRY_BYTES = Integer.BYTES;

    private final TableLimits limits;
    private final Reserved reserved;
    private final LinearMemory memory;
    private int[] refs;

    /**
     * Takes the minimum from the quota.
     *
     * @throws GuestStop LIMIT_MEMORY
     */
    public GuestTable(Table table, int initial, MemoryQuota quota, LinearMemory memory) {
        super(new Table(table.elementType(), new TableLimits(0, 0)), initial);
        // The limits tell Chicory the size at the beginning, for element segments.
        this.limits = new TableLimits(table.limits().min(), table.limits().max());
        this.reserved = new Reserved(quota);
        this.memory = memory;
        long size = limits.min() * ENTRY_BYTES;
        if (limits.min() > Integer.MAX_VALUE || !reserved.tryBegin(size)) {
            throw GuestStop.noMemory(
                    "a table begins with %s entries (%s bytes)".formatted(limits.min(), size),
                    size,
                    quota);
        }
        try {
            refs = new int[(int) limits.min()];
        } catch (OutOfMemoryError e) {
            release();
            throw LinearMemory.heapFull("a table", size);
        }
        Arrays.fill(refs, initial);
    }

    /** Gives its bytes back to the quota. */
    public void release() {
        refs = new int[0];
        reserved.release();
    }

    @Override
    public int size() {
        return refs.length;
    }

    @Override
    public TableLimits limits() {
        return limits;
    }

    @Override
    public int grow(int count, int value, @Nullable Instance instance) {
        int before = refs.length;
        if (count < 0 || (long) before + count > limits.max()) {
            return -1;
        }
        memory.charge((long) before + count);
        long now = (long) before * ENTRY_BYTES;
        long then = ((long) before + count) * ENTRY_BYTES;
        if (!reserved.tryGrow(now, then)) {
            return -1;
        }
        try {
            refs = Arrays.copyOf(refs, before + count);
        } catch (OutOfMemoryError e) {
            reserved.notGrown(now, then);
            throw LinearMemory.heapFull("a table", then);
        }
        reserved.grown(now);
        Arrays.fill(refs, before, refs.length, value);
        return before;
    }

    @Override
    public int ref(int index) {
        if (index < 0 || index >= refs.length) {
            throw new WasmRuntimeException("undefined element");
        }
        return refs[index];
    }

    @Override
    public int requiredRef(int index) {
        int ref = ref(index);
        if (ref == Value.REF_NULL_VALUE) {
            throw new WasmRuntimeException("uninitialized element " + index);
        }
        return ref;
    }

    @Override
    public void setRef(int index, int value, @Nullable Instance instance) {
        if (index < 0 || index >= refs.length) {
            throw new UninstantiableException("out of bounds table access");
        }
        refs[index] = value;
    }

    @Override
    @SuppressWarnings("NullAway") // null says "this guest's own" to compiled code
    public @Nullable Instance instance(int index) {
        return null;
    }

    @Override
    public void reset() {
        Arrays.fill(refs, Value.REF_NULL_VALUE);
    }

    void fill(int at, int value, int count) {
        charge(count);
        check(at, count, refs.length);
        Arrays.fill(refs, at, at + count, value);
    }

    void copyFrom(GuestTable source, int to, int from, int count) {
        charge(count);
        check(from, count, source.refs.length);
        check(to, count, refs.length);
        System.arraycopy(source.refs, from, refs, to, count);
    }

    void charge(int count) {
        memory.charge(count & 0xFFFFFFFFL);
    }

    void charge(int count, int unitsEach) {
        memory.charge((count & 0xFFFFFFFFL) * unitsEach);
    }

    static void check(int at, int count, int size) {
        if ((at | count) < 0 || at > size - count) {
            throw new WasmRuntimeException("out of bounds table access");
        }
    }
}
