package io.trinity.canonical.abi;

/** Four gibibytes in which every number is 7; it has no arrays to give. */
final class VastMemory implements LinearMemory {

    @Override
    public long sizeBytes() {
        return 1L << 32;
    }

    @Override
    public byte getByte(int address) {
        return 7;
    }

    @Override
    public short getShort(int address) {
        return 7;
    }

    @Override
    public int getInt(int address) {
        return 7;
    }

    @Override
    public long getLong(int address) {
        return 7;
    }

    @Override
    public void putByte(int address, byte value) {
        throw new AssertionError("written");
    }

    @Override
    public void putShort(int address, short value) {
        throw new AssertionError("written");
    }

    @Override
    public void putInt(int address, int value) {
        throw new AssertionError("written");
    }

    @Override
    public void putLong(int address, long value) {
        throw new AssertionError("written");
    }

    @Override
    public byte[] read(int address, int length) {
        throw new AssertionError("read of " + length + " bytes");
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        throw new AssertionError("written");
    }
}
