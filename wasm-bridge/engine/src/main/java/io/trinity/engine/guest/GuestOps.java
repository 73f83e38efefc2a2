package io.trinity.engine.guest;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.PassiveElement;
import com.dylibso.chicory.wasm.types.Value;
import org.jspecify.annotations.Nullable;

/**
 * Tables, globals, segments, host calls and traps, as compiled code calls them. Names and order of
 * parameters are Chicory's.
 */
public final class GuestOps {
    /** An entry of a segment is a constant expression that is evaluated each time. */
    private static final int ENTRY_UNITS = 8;

    private GuestOps() {}

    public static long[] callHostFunction(Instance instance, int function, long[] arguments) {
        return instance.imports().function(function).handle().apply(instance, arguments);
    }

    /** Only for references to other instances, which a guest never holds. */
    @SuppressWarnings("DoNotCallSuggester") // compiled code has the call, and never makes it
    public static long[] callIndirect(
            long[] arguments, int type, int function, @Nullable Instance instance) {
        throw new IllegalStateException("reference to a function of another instance");
    }

    public static boolean isRefNull(int reference) {
        return reference == Value.REF_NULL_VALUE;
    }

    public static long readGlobal(int index, Instance instance) {
        return instance.global(index).getValue();
    }

    public static void writeGlobal(long value, int index, Instance instance) {
        instance.global(index).setValue(value);
    }

    public static int readGlobalRef(int index, Instance instance) {
        return (int) instance.global(index).getValue();
    }

    private static GuestTable table(Instance instance, int index) {
        return (GuestTable) instance.table(index);
    }

    public static int tableGet(int index, int table, Instance instance) {
        GuestTable t = table(instance, table);
        GuestTable.check(index, 1, t.size());
        return t.ref(index);
    }

    public static void tableSet(int index, int value, int table, Instance instance) {
        GuestTable t = table(instance, table);
        GuestTable.check(index, 1, t.size());
        t.setRef(index, value, instance);
    }

    public static int tableGrow(int value, int count, int table, Instance instance) {
        return table(instance, table).grow(count, value, instance);
    }

    public static int tableSize(int table, Instance instance) {
        return table(instance, table).size();
    }

    public static void tableFill(int at, int value, int count, int table, Instance instance) {
        table(instance, table).fill(at, value, count);
    }

    public static void tableCopy(
            int to, int from, int count, int toTable, int fromTable, Instance instance) {
        table(instance, toTable).copyFrom(table(instance, fromTable), to, from, count);
    }

    public static void tableInit(
            int to, int from, int count, int segment, int table, Instance instance) {
        GuestTable t = table(instance, table);
        t.charge(count, ENTRY_UNITS);
        Element element = instance.element(segment);
        // A segment that is not passive counts as dropped.
        int size = element instanceof PassiveElement ? element.elementCount() : 0;
        GuestTable.check(from, count, size);
        GuestTable.check(to, count, t.size());
        for (int i = 0; i < count; i++) {
            long[] value =
                    ConstantEvaluators.computeConstantValue(
                            instance, element.initializers().get(from + i));
            t.setRef(to + i, (int) value[0], instance);
        }
    }

    @SuppressWarnings("NullAway") // null is how Chicory marks a dropped element segment
    public static void elementDrop(Instance instance, int segment) {
        instance.setElement(segment, null);
    }

    public static void dataDrop(int segment, Instance instance) {
        instance.dropDataSegment(segment);
    }

    public static RuntimeException throwIndirectCallTypeMismatch() {
        return new WasmRuntimeException("indirect call type mismatch");
    }

    public static RuntimeException throwOutOfBoundsMemoryAccess() {
        return new WasmRuntimeException("out of bounds memory access");
    }

    public static RuntimeException throwTrapException() {
        return new TrapException("unreachable");
    }

    public static RuntimeException throwUnknownFunction(int index) {
        return new WasmRuntimeException("indirect call type mismatch");
    }
}
