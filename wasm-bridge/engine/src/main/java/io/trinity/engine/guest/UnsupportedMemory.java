package io.trinity.engine.guest;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.DataSegment;

/**
 * The part of Chicory's {@link Memory} that is its interpreter's and its users': compiled code
 * calls {@link MemoryOps}, the host a view. So none of this is ever called.
 */
abstract class UnsupportedMemory implements Memory {
    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("not used by compiled code");
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments) {
        initialize(instance, segments, 0);
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    @SuppressWarnings("removal")
    public Object lock(int address) {
        throw unused();
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int address, int expected, long timeout) {
        throw unused();
    }

    @Override
    @SuppressWarnings("removal")
    public int waitOn(int address, long expected, long timeout) {
        throw unused();
    }

    @Override
    @SuppressWarnings("removal")
    public int notify(int address, int maxThreads) {
        throw unused();
    }

    @Override
    public void fill(byte value, int from, int to) {
        throw unused();
    }

    @Override
    public void write(int address, byte[] data, int offset, int size) {
        throw unused();
    }

    @Override
    public byte read(int address) {
        throw unused();
    }

    @Override
    public byte[] readBytes(int address, int length) {
        throw unused();
    }

    @Override
    public void writeI32(int address, int value) {
        throw unused();
    }

    @Override
    public int readInt(int address) {
        throw unused();
    }

    @Override
    public void writeLong(int address, long value) {
        throw unused();
    }

    @Override
    public long readLong(int address) {
        throw unused();
    }

    @Override
    public void writeShort(int address, short value) {
        throw unused();
    }

    @Override
    public short readShort(int address) {
        throw unused();
    }

    @Override
    public long readU16(int address) {
        throw unused();
    }

    @Override
    public void writeByte(int address, byte value) {
        throw unused();
    }

    @Override
    public void writeF32(int address, float value) {
        throw unused();
    }

    @Override
    public long readF32(int address) {
        throw unused();
    }

    @Override
    public float readFloat(int address) {
        throw unused();
    }

    @Override
    public void writeF64(int address, double value) {
        throw unused();
    }

    @Override
    public double readDouble(int address) {
        throw unused();
    }

    @Override
    public long readF64(int address) {
        throw unused();
    }
}
