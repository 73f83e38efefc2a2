package io.trinity.fuzz;

import io.trinity.canonical.abi.LinearMemory;
import io.trinity.canonical.abi.Realloc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A guest's memory with an honest allocator. What is not within it is an {@link
 * IndexOutOfBoundsException}, what is not aligned an {@link AssertionError}: a check that is
 * missing in a codec comes out.
 */
final class CheckedMemory implements LinearMemory, Realloc {
    private ByteBuffer memory;
    private int next = 16;

    CheckedMemory(byte[] content) {
        memory = of(content.clone());
    }

    private static ByteBuffer of(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int realloc(int oldPointer, int oldSize, int alignment, int newSize) {
        int address = (next + alignment - 1) & -alignment;
        next = address + newSize;
        if (next > memory.capacity()) {
            memory = of(Arrays.copyOf(memory.array(), 2 * next));
        }
        return address;
    }

    @Override
    public long sizeBytes() {
        return memory.capacity();
    }

    @Override
    public byte getByte(int address) {
        return memory.get(address);
    }

    @Override
    public short getShort(int address) {
        return memory.getShort(aligned(address, 2));
    }

    @Override
    public int getInt(int address) {
        return memory.getInt(aligned(address, 4));
    }

    @Override
    public long getLong(int address) {
        return memory.getLong(aligned(address, 8));
    }

    @Override
    public void putByte(int address, byte value) {
        memory.put(address, value);
    }

    @Override
    public void putShort(int address, short value) {
        memory.putShort(aligned(address, 2), value);
    }

    @Override
    public void putInt(int address, int value) {
        memory.putInt(aligned(address, 4), value);
    }

    @Override
    public void putLong(int address, long value) {
        memory.putLong(aligned(address, 8), value);
    }

    @Override
    public byte[] read(int address, int length) {
        byte[] bytes = new byte[length];
        memory.get(address, bytes);
        return bytes;
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        memory.put(address, source, offset, length);
    }

    private static int aligned(int address, int alignment) {
        if (address % alignment != 0) {
            throw new AssertionError("unaligned access at " + address);
        }
        return address;
    }
}
