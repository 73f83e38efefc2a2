package io.trinity.api.engine;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A guest's linear memory, little-endian. Addresses are unsigned 32-bit values in an {@code int};
 * the caller has checked them against {@link #sizeBytes()}.
 *
 * <p>Every access outside the memory throws {@link IndexOutOfBoundsException}, which is a defect of
 * the host, never of the guest. WebAssembly Core §4.2.8.
 */
@ProviderType
public interface GuestMemory {
    /** Present size in bytes, a multiple of 65,536; at most 4 GiB. */
    long sizeBytes();

    byte getByte(int address);

    short getShort(int address);

    int getInt(int address);

    long getLong(int address);

    void putByte(int address, byte value);

    void putShort(int address, short value);

    void putInt(int address, int value);

    void putLong(int address, long value);

    /** A copy of {@code length} bytes. */
    byte[] read(int address, int length);

    /** Copies bytes in. */
    void write(int address, byte[] source, int offset, int length);
}
