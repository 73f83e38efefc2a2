package io.trinity.engine.admit;

/** Element and data segments. WebAssembly Core §5.5.12 and §5.5.14. */
final class Segments {
    private Segments() {}

    /**
     * @param functions that the module has, imported ones included
     */
    static void elements(Cursor in, int functions, HeapCost cost) {
        int count = in.count("element segments", Limits.SEGMENTS);
        long elements = 0;
        for (int i = 0; i < count; i++) {
            String where = "element segment " + i;
            long flags = in.u32();
            if (flags > 7) {
                throw Refused.malformed("unknown kind of " + where, in.at());
            }
            boolean passive = (flags & 1) != 0;
            boolean explicit = (flags & 2) != 0;
            boolean expressions = (flags & 4) != 0;
            if (!passive && explicit) {
                in.u32();
            }
            if (!passive) {
                Constants.skip(in, where);
            }
            if (passive || explicit) {
                skipKind(in, expressions, where);
            }
            int n = in.count("elements of " + where, Limits.ELEMENTS);
            elements += n;
            cost.segment(0);
            ModuleScan.atMost("elements, up to " + where, elements, Limits.ELEMENTS);
            for (int j = 0; j < n; j++) {
                if (expressions) {
                    Constants.skip(in, where);
                } else {
                    in.u32();
                }
            }
        }
        cost.elements(elements, functions);
    }

    private static void skipKind(Cursor in, boolean expressions, String where) {
        if (expressions) {
            ValueTypes.read(in, where);
        } else if (in.u8() != 0) {
            throw Refused.malformed("unknown kind of elements in " + where, in.at());
        }
    }

    static void data(Cursor in, HeapCost cost) {
        int count = in.count("data segments", Limits.SEGMENTS);
        for (int i = 0; i < count; i++) {
            String where = "data segment " + i;
            long flags = in.u32();
            if (flags > 2) {
                throw Refused.malformed("unknown kind of " + where, in.at());
            }
            if (flags == 2 && in.u32() != 0) {
                throw Refused.feature("multi-memory", where);
            }
            if (flags != 1) {
                Constants.skip(in, where);
            }
            long bytes = in.u32();
            in.skip(bytes);
            cost.segment(bytes);
        }
    }
}
