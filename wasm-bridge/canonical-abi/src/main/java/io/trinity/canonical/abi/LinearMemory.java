package io.trinity.canonical.abi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A guest's memory, as it is now: an implementation keeps no copy, because any call of {@link
 * Realloc} may grow it.
 *
 * <p>Addresses are unsigned 32-bit; numbers are little-endian and need not be aligned. Codecs check
 * before they access: every access lies within {@link #sizeBytes()}, so an implementation need not
 * check again, and what it throws passes through.
 */
@ConsumerType
public interface LinearMemory {

    /** Size in bytes, 0 to 2^32. It never gets smaller. */
    long sizeBytes();

    /**
     * Called before so many bytes of the host's memory are allocated for values that are lifted out
     * of this one. What it throws passes through, and nothing is allocated.
     *
     * @param hostBytes estimated from above, at least 0
     */
    default void lifting(long hostBytes) {}

    byte getByte(int address);

    short getShort(int address);

    int getInt(int address);

    long getLong(int address);

    void putByte(int address, byte value);

    void putShort(int address, short value);

    void putInt(int address, int value);

    void putLong(int address, long value);

    /** A new array with the bytes from {@code address} on; {@code length} is at least 1. */
    byte[] read(int address, int length);

    /**
     * Copies {@code length} bytes, at least 1, of {@code source} from {@code offset} on to {@code
     * address}.
     */
    void write(int address, byte[] source, int offset, int length);
}
