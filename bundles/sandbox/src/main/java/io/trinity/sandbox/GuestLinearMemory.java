package io.trinity.sandbox;

import io.trinity.api.engine.GuestMemory;
import io.trinity.canonical.abi.LinearMemory;

/**
 * The engine's memory as the canonical ABI wants to see it, with a count of the bytes that pass.
 */
record GuestLinearMemory(GuestMemory memory, GuestState state) implements LinearMemory {
    @Override
    public long sizeBytes() {
        return memory.sizeBytes();
    }

    @Override
    public void lifting(long hostBytes) {
        state.lift(hostBytes);
    }

    @Override
    public byte getByte(int address) {
        return memory.getByte(address);
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
        memory.putByte(address, value);
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
        state.countOut(length);
        return memory.read(address, length);
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        state.countIn(length);
        memory.write(address, source, offset, length);
    }
}
