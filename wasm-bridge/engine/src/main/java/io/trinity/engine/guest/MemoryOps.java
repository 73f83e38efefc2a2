package io.trinity.engine.guest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Memory instructions, as compiled code calls them. Names and order of parameters are Chicory's.
 *
 * <p>An address outside of the memory throws {@link IndexOutOfBoundsException}, which becomes a
 * trap where the call entered the guest. WebAssembly Core §4.4.7.
 */
public final class MemoryOps {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private MemoryOps() {}

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }

    /** Negative where the address does not fit into an array, so that the access fails. */
    private static int at(int base, int offset) {
        return base < 0 ? base : base + offset;
    }

    public static byte memoryReadByte(int base, int offset, LinearMemory m) {
        return m.bytes[at(base, offset)];
    }

    public static short memoryReadShort(int base, int offset, LinearMemory m) {
        return (short) SHORT.get(m.bytes, at(base, offset));
    }

    public static int memoryReadInt(int base, int offset, LinearMemory m) {
        return (int) INT.get(m.bytes, at(base, offset));
    }

    public static long memoryReadLong(int base, int offset, LinearMemory m) {
        return (long) LONG.get(m.bytes, at(base, offset));
    }

    public static float memoryReadFloat(int base, int offset, LinearMemory m) {
        return (float) FLOAT.get(m.bytes, at(base, offset));
    }

    public static double memoryReadDouble(int base, int offset, LinearMemory m) {
        return (double) DOUBLE.get(m.bytes, at(base, offset));
    }

    public static void memoryWriteByte(int base, byte value, int offset, LinearMemory m) {
        m.bytes[at(base, offset)] = value;
    }

    public static void memoryWriteShort(int base, short value, int offset, LinearMemory m) {
        SHORT.set(m.bytes, at(base, offset), value);
    }

    public static void memoryWriteInt(int base, int value, int offset, LinearMemory m) {
        INT.set(m.bytes, at(base, offset), value);
    }

    public static void memoryWriteLong(int base, long value, int offset, LinearMemory m) {
        LONG.set(m.bytes, at(base, offset), value);
    }

    public static void memoryWriteFloat(int base, float value, int offset, LinearMemory m) {
        FLOAT.set(m.bytes, at(base, offset), value);
    }

    public static void memoryWriteDouble(int base, double value, int offset, LinearMemory m) {
        DOUBLE.set(m.bytes, at(base, offset), value);
    }

    public static int memoryPages(LinearMemory m) {
        return m.pages();
    }

    public static int memoryGrow(int pages, LinearMemory m) {
        return m.grow(pages);
    }

    public static void memoryFill(int at, byte value, int size, LinearMemory m) {
        m.fill(at, value, size);
    }

    public static void memoryCopy(int to, int from, int size, LinearMemory m) {
        m.copy(to, from, size);
    }

    public static void memoryInit(int to, int from, int size, int segment, LinearMemory m) {
        m.initPassiveSegment(segment, to, from, size);
    }
}
