package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;

/** What is passed as pointer and count: strings and lists. All checks of their ranges are here. */
abstract class SequenceCodec extends Codec {
    /**
     * 2^28 - 1: {@code MAX_STRING_BYTE_LENGTH} and {@code MAX_LIST_BYTE_LENGTH} of the Canonical
     * ABI.
     */
    static final long MAX_BYTES = (1L << 28) - 1;

    /** An object that holds an array. */
    private static final long HOST_BYTES = 56;

    final WitType type;
    private final int elementSize;
    private final int elementAlignment;
    private final long elementHostBytes;
    private final String allocated;

    /**
     * @param elementHostBytes what one element takes on the host, with the reference to it
     */
    SequenceCodec(WitType type, int elementSize, int elementAlignment, long elementHostBytes) {
        super(Layout.of(type), HOST_BYTES);
        this.type = type;
        this.elementSize = elementSize;
        this.elementAlignment = elementAlignment;
        this.elementHostBytes = elementHostBytes;
        this.allocated = "the memory that cabi_realloc gave for " + type;
    }

    /** Lifts elements whose range was checked and which were charged. */
    abstract Object read(LiftCall call, int address, int count);

    /** The value in the form in which it can be counted and written. */
    abstract Object content(Object value);

    abstract int count(Object content);

    abstract void write(LowerCall call, int address, Object content);

    @Override
    final Object load(LiftCall call, int address) {
        return lift(call, call.memory.getInt(address), call.memory.getInt(address + 4));
    }

    @Override
    final Object liftFlat(LiftCall call, long[] core, int at) {
        return lift(call, (int) core[at], (int) core[at + 1]);
    }

    private Object lift(LiftCall call, int address, int count) {
        long unsignedCount = Integer.toUnsignedLong(count);
        long bytes = unsignedCount * elementSize;
        if (bytes > MAX_BYTES) {
            throw AbiFault.ofGuest(
                    type
                            + " of "
                            + bytes
                            + " bytes at address "
                            + Integer.toUnsignedString(address)
                            + " is larger than the "
                            + MAX_BYTES
                            + " bytes that the canonical ABI allows");
        }
        call.requireRange(address, bytes, elementAlignment, type);
        call.charge(unsignedCount * elementHostBytes);
        return read(call, address, count);
    }

    @Override
    final void store(LowerCall call, int address, Object value) {
        Object content = content(value);
        int pointer = lower(call, content);
        call.memory.putInt(address, pointer);
        call.memory.putInt(address + 4, count(content));
    }

    @Override
    final void lowerFlat(LowerCall call, long[] core, int at, Object value) {
        Object content = content(value);
        core[at] = lower(call, content);
        core[at + 1] = count(content);
    }

    private int lower(LowerCall call, Object content) {
        int count = count(content);
        long bytes = (long) count * elementSize;
        if (bytes > MAX_BYTES) {
            throw AbiFault.ofHost(type + " takes up to " + MAX_BYTES + " bytes, not " + bytes);
        }
        int address = call.allocate((int) bytes, elementAlignment, allocated);
        if (count > 0) {
            write(call, address, content);
        }
        return address;
    }
}
