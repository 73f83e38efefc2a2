package io.trinity.canonical.abi;

/** One lift: the memory it reads, which cannot change meanwhile, and what is left of its budget. */
final class LiftCall {
    private static final byte[] NOTHING = {};

    final LinearMemory memory;
    final Handles handles;
    private final long memoryBytes;
    private final long budget;
    private long left;

    LiftCall(LinearMemory memory, LiftBudget budget, Handles handles) {
        this.memory = memory;
        this.handles = handles;
        this.memoryBytes = memory.sizeBytes();
        this.budget = budget.bytes();
        this.left = this.budget;
    }

    /** Takes host memory from the budget, before it is allocated. */
    void charge(long bytes) {
        if (bytes > left) {
            throw AbiFault.ofGuest(
                    "the call lifts more than the "
                            + budget
                            + " bytes of host memory it may; "
                            + left
                            + " are left, this needs "
                            + bytes);
        }
        left -= bytes;
        memory.lifting(bytes);
    }

    void requireRange(int address, long bytes, int alignment, Object what) {
        requireRange(memoryBytes, address, bytes, alignment, what);
    }

    /** Bytes of a range that was checked. */
    byte[] read(int address, int length) {
        return length == 0 ? NOTHING : memory.read(address, length);
    }

    /**
     * Refuses a range that is not aligned or not within memory.
     *
     * @param what names the type, for the message only
     */
    static void requireRange(
            long memoryBytes, int address, long bytes, int alignment, Object what) {
        long from = Integer.toUnsignedLong(address);
        if ((address & (alignment - 1)) != 0) {
            throw AbiFault.ofGuest(
                    what + " at address " + from + " is not aligned to " + alignment + " bytes");
        }
        if (bytes > memoryBytes - from) {
            throw AbiFault.ofGuest(
                    what
                            + " of "
                            + bytes
                            + " bytes at address "
                            + from
                            + " is not within the memory of "
                            + memoryBytes
                            + " bytes");
        }
    }
}
