package io.trinity.canonical.abi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The guest's {@code cabi_realloc}. It runs the guest: it may grow the memory, write anything to
 * it, and trap; what it throws passes through the codecs. What it returns is checked by them.
 */
@ConsumerType
@FunctionalInterface
public interface Realloc {

    /**
     * Asks for memory.
     *
     * @param oldPointer 0; codecs only ask for new memory
     * @param oldSize 0
     * @param alignment 1, 2, 4 or 8
     * @param newSize bytes, unsigned, at least 1
     * @return unsigned address
     */
    int realloc(int oldPointer, int oldSize, int alignment, int newSize);
}
