package io.trinity.canonical.abi;

/** One lower: the memory it writes to, and the guest's allocator. */
final class LowerCall {
    final LinearMemory memory;
    final Handles handles;
    private final Realloc realloc;

    LowerCall(LinearMemory memory, Realloc realloc, Handles handles) {
        this.memory = memory;
        this.handles = handles;
        this.realloc = realloc;
    }

    /**
     * Memory from the guest, checked.
     *
     * @param bytes none are had without asking the guest: the pointer is then any that is aligned
     *     and not null, since Rust's slices must not be null
     * @param what names the memory, for the message only
     */
    int allocate(int bytes, int alignment, String what) {
        if (bytes == 0) {
            return alignment;
        }
        int address = realloc.realloc(0, 0, alignment, bytes);
        if (address == 0) {
            throw AbiFault.ofGuest(what + ", " + bytes + " bytes, is at address 0: it has none");
        }
        // Only now is the size of the memory known: the guest may just have grown it.
        LiftCall.requireRange(memory.sizeBytes(), address, bytes, alignment, what);
        return address;
    }
}
