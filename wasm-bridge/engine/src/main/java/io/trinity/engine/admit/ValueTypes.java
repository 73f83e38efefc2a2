package io.trinity.engine.admit;

/** Value types on the allow-list; the others refused by the name of the proposal they are of. */
final class ValueTypes {
    private static final int I32 = 0x7F;
    private static final int I64 = 0x7E;
    private static final int F32 = 0x7D;
    private static final int F64 = 0x7C;
    private static final int FUNCREF = 0x70;
    private static final int EXTERNREF = 0x6F;

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
        int type = read(in, where);
        return type == I64 || type == F64 ? 2 : 1;
    }

    /** A block's type: empty, a value type, or an index. WebAssembly Core §5.4.1. */
    static void skipBlockType(Cursor in, String where) {
        int first = in.u8();
        if (first == 0x40) {
            return;
        }
        if (first >= 0x80) {
            in.skipSigned(26); // the other bytes of a signed 33-bit index
        } else if (first >= 0x40) {
            check(first, in, where);
        }
    }
}
