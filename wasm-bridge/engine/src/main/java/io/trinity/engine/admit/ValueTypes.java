package io.trinity.engine.admit;

/** Value types on the allow-list; the others refused by the name of the proposal they are of. */
final class ValueTypes {
    private static final int I32 = 0x7F;
    private static final int I64 = 0x7E;
    private static final int F32 = 0x7D;
    private static final int F64 = 0x7C;
    private static final int FUNCREF = 0x70;
    private static final int EXTERNREF = 0x6F;

    /** Types of a block that has none of its own. */
    static final int NO_RESULT = -1;

    static final int ONE_RESULT = -2;

    private ValueTypes() {}

    static int read(Cursor in, String where) {
        return check(in.u8(), in, where);
    }

    static int check(int type, Cursor in, String where) {
        return switch (type) {
            case I32, I64, F32, F64, FUNCREF, EXTERNREF -> type;
            case 0x7B -> throw Refused.feature("SIMD", where);
            case 0x69, 0x74 -> throw Refused.feature("exceptions", where);
            case 0x63, 0x64 -> throw Refused.feature("typed function references", where);
            case 0x6E, 0x6D, 0x6C, 0x6B, 0x6A, 0x71, 0x72, 0x73 ->
                    throw Refused.feature("GC", where);
            default -> throw Refused.malformed("unknown value type", in.at());
        };
    }

    static boolean isReference(int type) {
        return type == FUNCREF || type == EXTERNREF;
    }

    /** Reads one and returns how many JVM slots it takes. */
    static int slots(Cursor in, String where) {
        return slotsOf(read(in, where));
    }

    /** How many JVM slots a value of that type takes. */
    static int slotsOf(int type) {
        return type == I64 || type == F64 ? 2 : 1;
    }

    /**
     * A block's type: an index, {@link #NO_RESULT}, or {@link #ONE_RESULT} for a value type.
     * WebAssembly Core §5.4.1.
     */
    static int blockType(Cursor in, String where) {
        int first = in.u8();
        if (first == 0x40) {
            return NO_RESULT;
        }
        if (first >= 0x80) {
            return index(first & 0x7F, in);
        }
        if (first >= 0x40) {
            check(first, in, where);
            return ONE_RESULT;
        }
        return first;
    }

    /** The other bytes of a signed 33-bit index; too large is what there is no type of. */
    private static int index(int first, Cursor in) {
        long value = first;
        for (int shift = 7; shift < 35; shift += 7) {
            int b = in.u8();
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return (int) Math.min(value, Integer.MAX_VALUE);
            }
        }
        throw Refused.malformed("integer representation too long", in.at());
    }
}
