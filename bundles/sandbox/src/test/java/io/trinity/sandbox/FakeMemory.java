package io.trinity.sandbox;

import io.trinity.api.engine.GuestMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** One page. */
final class FakeMemory implements GuestMemory {
    private final ByteBuffer bytes = ByteBuffer.allocate(65_536).order(ByteOrder.LITTLE_ENDIAN);

    @Override
    public long sizeBytes() {
        return bytes.capacity();
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

    /** Writes UTF-8 and gives its length. */
    int text(int address, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        write(address, utf8, 0, utf8.length);
        return utf8.length;
    }

    /** What a pair of pointer and length at an address stands for. */
    String textAt(int address) {
        int length = getInt(address + 4);
        return length == 0 ? "" : new String(read(getInt(address), length), StandardCharsets.UTF_8);
    }
}
