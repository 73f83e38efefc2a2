package io.trinity.engine.run;

import io.trinity.api.engine.GuestMemory;
import io.trinity.engine.guest.LinearMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/** The host's view of a guest's memory. Asks for the array each time: growing replaces it. */
final class MemoryView implements GuestMemory {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final LinearMemory memory;

    MemoryView(LinearMemory memory) {
        this.memory = memory;
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long sizeBytes() {
        return memory.bytes().length;
    }

    @Override
    public byte getByte(int address) {
        return memory.bytes()[address];
    }

    @Override
    public short getShort(int address) {
        return (short) SHORT.get(memory.bytes(), address);
    }

    @Override
    public int getInt(int address) {
        return (int) INT.get(memory.bytes(), address);
    }

    @Override
    public long getLong(int address) {
        return (long) LONG.get(memory.bytes(), address);
    }

    @Override
    public void putByte(int address, byte value) {
        memory.bytes()[address] = value;
    }

    @Override
    public void putShort(int address, short value) {
        SHORT.set(memory.bytes(), address, value);
    }

    @Override
    public void putInt(int address, int value) {
        INT.set(memory.bytes(), address, value);
    }

    @Override
    public void putLong(int address, long value) {
        LONG.set(memory.bytes(), address, value);
    }

    @Override
    public byte[] read(int address, int length) {
        byte[] bytes = memory.bytes();
        Objects.checkFromIndexSize(address, length, bytes.length);
        return Arrays.copyOfRange(bytes, address, address + length);
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        byte[] bytes = memory.bytes();
        Objects.checkFromIndexSize(address, length, bytes.length);
        Objects.checkFromIndexSize(offset, length, source.length);
        System.arraycopy(source, offset, bytes, address, length);
    }
}
