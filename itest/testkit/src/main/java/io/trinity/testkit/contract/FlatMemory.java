package io.trinity.testkit.contract;

import io.trinity.canonical.abi.LinearMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A guest's memory of 64 KiB without a guest; the first 2,048 bytes are the return area's. */
public final class FlatMemory implements LinearMemory {
    private final ByteBuffer bytes = ByteBuffer.allocate(65_536).order(ByteOrder.LITTLE_ENDIAN);
    private int next = 2048;

    /** Room for so many bytes. */
    public int take(int size) {
        int at = next;
        next += (size + 7) & -8;
        return at;
    }

    /** Puts an ASCII text somewhere. */
    public int text(String text) {
        int at = take(text.length());
        bytes.put(at, text.getBytes(StandardCharsets.US_ASCII));
        return at;
    }

    /** An ASCII text. */
    public String text(int at, int length) {
        return new String(read(at, length), StandardCharsets.US_ASCII);
    }

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
        byte[] read = new byte[length];
        bytes.get(address, read);
        return read;
    }

    @Override
    public void write(int address, byte[] source, int offset, int length) {
        bytes.put(address, source, offset, length);
    }
}
