package io.trinity.wasi;

import io.trinity.canonical.abi.LinearMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Some pages, and a count of what the host would have taken of its own. */
final class ByteMemory implements LinearMemory {
    private final ByteBuffer bytes;
    long lifted;

    ByteMemory(int size) {
        bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long sizeBytes() {
        return bytes.capacity();
    }

    @Override
    public void lifting(long hostBytes) {
        lifted += hostBytes;
    }

    @Override
    public byte getByte(int address) {
        return bytes.get(address);
    }

    @Override
    public short getShort(int address) {
        return bytes.getShort(address);
    }

    @Override
    public int getInt(int address) {
        return bytes.getInt(address);
    }

    @Override
    public long getLong(int address) {
        return bytes.getLong(address);
    }

    @Override
    public void putByte(int address, byte value) {
        bytes.put(address, value);
    }

    @Override
    public void putShort(int address, short value) {
        bytes.putShort(address, value);
    }

    @Override
    public void putInt(int address, int value) {
        bytes.putInt(address, value);
    }

    @Override
    public void putLong(int address, long value) {
        bytes.putLong(address, value);
    }

    @Override
    public byte[] read(int address, int length) {
        byte[] copy = new byte[length];
        bytes.get(address, copy);
        return copy;
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        bytes.put(address, source, offset, length);
    }

    String text(int address, int length) {
        return new String(read(address, length), StandardCharsets.UTF_8);
    }
}
