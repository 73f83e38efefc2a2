package io.trinity.engine.admit;

/** Constant expressions: one constant or reference, and {@code end}. */
final class Constants {
    private Constants() {}

    static void skip(Cursor in, String where) {
        for (int op = in.u8(); op != 0x0B; op = in.u8()) {
            switch (op) {
                case 0x41 -> in.skipSigned(32);
                case 0x42 -> in.skipSigned(64);
                case 0x43 -> in.skip(4);
                case 0x44 -> in.skip(8);
                case 0xD2 -> in.u32();
                // Only imported globals may stand here, and none is admitted.
                case 0x23 -> throw Refused.feature("a global in a constant expression", where);
                case 0xD0 -> ValueTypes.read(in, where);
                case 0xFD -> throw Refused.feature("SIMD", where);
                case 0xFB -> throw Refused.feature("GC", where);
                case 0x6A, 0x6B, 0x6C, 0x7C, 0x7D, 0x7E ->
                        throw Refused.feature("extended constant expressions", where);
                default ->
                        throw Refused.malformed("not a constant expression in " + where, in.at());
            }
        }
    }
}
