package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;

/**
 * The number of a case, in the smallest unsigned integer that has room (Canonical ABI, {@code
 * discriminant_type}).
 */
final class Tag {
    private final WitType.Sum type;
    private final int bytes;
    private final int count;

    Tag(WitType.Sum type) {
        this.type = type;
        this.count = type.cases().size();
        this.bytes = Layout.tagBytes(count);
    }

    int load(LiftCall call, int address) {
        return lift(
                switch (bytes) {
                    case 1 -> call.memory.getByte(address) & 0xFF;
                    case 2 -> call.memory.getShort(address) & 0xFFFF;
                    default -> call.memory.getInt(address);
                });
    }

    int lift(int tag) {
        if (Integer.compareUnsigned(tag, count) >= 0) {
            throw AbiFault.ofGuest(
                    type + " has " + count + " cases, none is " + Integer.toUnsignedString(tag));
        }
        return tag;
    }

    void store(LowerCall call, int address, int tag) {
        switch (bytes) {
            case 1 -> call.memory.putByte(address, (byte) tag);
            case 2 -> call.memory.putShort(address, (short) tag);
            default -> call.memory.putInt(address, tag);
        }
    }

    int lower(int tag) {
        if (tag < 0 || tag >= count) {
            throw AbiFault.ofHost(type + " has " + count + " cases, none is " + tag);
        }
        return tag;
    }
}
