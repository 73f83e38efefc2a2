package io.trinity.testkit.contract;

import io.trinity.canonical.abi.LinearMemory;
import io.trinity.canonical.abi.Realloc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Memory of a guest that grows as needed and never frees. */
final class GuestMemory implements LinearMemory, Realloc {
    private ByteBuffer memory = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private int next = 16;

    @Override
    public int realloc(int oldPointer, int oldSize, int alignment, int newSize) {
        int address = (next + alignment - 1) & -alignment;
        next = address + newSize;
        if (next > memory.capacity()) {
            memory =
                    ByteBuffer.wrap(Arrays.copyOf(memory.array(), next * 2))
                            .order(ByteOrder.LITTLE_ENDIAN);
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
        return memory.getShort(address);
    }

    @Override
    public int getInt(int address) {
        return memory.getInt(address);
    }

    @Override
    public long getLong(int address) {
        return memory.getLong(address);
    }

    @Override
    public void putByte(int address, byte value) {
        memory.put(address, value);
    }

    @Override
    public void putShort(int address, short value) {
        memory.putShort(address, value);
    }

    @Override
    public void putInt(int address, int value) {
        memory.putInt(address, value);
    }

    @Override
    public void putLong(int address, long value) {
        memory.putLong(address, value);
    }

    @Override
    public byte[] read(int address, int length) {
        return Arrays.copyOfRange(memory.array(), address, address + length);
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        System.arraycopy(source, offset, memory.array(), address, length);
    }
}
