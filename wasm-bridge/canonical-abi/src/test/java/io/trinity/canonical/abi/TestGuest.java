package io.trinity.canonical.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A guest's memory with an honest allocator that moves all of it at each call. Any access outside
 * of it or unaligned is an {@link IndexOutOfBoundsException} or {@link AssertionError}: so a check
 * that is missing in a codec turns a test red.
 */
public final class TestGuest implements LinearMemory, Realloc {
    private ByteBuffer memory;
    private int next = 16;
    int reallocs;

    TestGuest(int sizeBytes) {
        this(new byte[sizeBytes]);
    }

    /** With this content, which it writes to. */
    public TestGuest(byte[] content) {
        memory = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public int realloc(int oldPointer, int oldSize, int alignment, int newSize) {
        reallocs++;
        int address = (next + alignment - 1) & -alignment;
        next = address + newSize;
        byte[] before = memory.array();
        memory =
                ByteBuffer.wrap(Arrays.copyOf(before, Math.max(before.length, next)))
                        .order(ByteOrder.LITTLE_ENDIAN);
        Arrays.fill(before, (byte) 0xEE);
        return address;
    }

    /** Memory for a return area or a value of the test. */
    int area(int size, int alignment) {
        return realloc(0, 0, alignment, Math.max(size, 1));
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
