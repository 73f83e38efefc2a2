package io.trinity.engine.admit;

import java.util.HashSet;
import java.util.Set;

/** Sections that declare: imports, functions, tables, memories, globals, exports. */
final class Declarations {
    private Declarations() {}

    /** Returns the types of the imported functions. */
    static int[] imports(Cursor in, Types types, HeapCost cost) {
        int count = in.count("imports", Limits.IMPORTS);
        int[] functionTypes = new int[count];
        long names = 0;
        for (int i = 0; i < count; i++) {
            long text = in.skipName() + in.skipName();
            names += text;
            ModuleScan.atMost("bytes of names of imports", names, Limits.NAME_BYTES);
            cost.imported(text);
            String where = "import " + i;
            int kind = in.u8();
            switch (kind) {
                case 0 -> {
                    functionTypes[i] = type(in, types);
                    types.countFunction(functionTypes[i]);
                }
                case 1 -> throw Refused.feature("an imported table", where);
                case 2 -> throw Refused.feature("an imported memory", where);
                case 3 -> throw Refused.feature("an imported global", where);
                case 4 -> throw Refused.feature("exceptions", where);
                default -> throw Refused.malformed("unknown kind of import " + kind, in.at());
            }
        }
        return functionTypes;
    }

    /** Returns the types of the functions. */
    static int[] functions(Cursor in, Types types, int imported) {
        int count = in.count("functions", Limits.FUNCTIONS);
        int[] functionTypes = new int[count];
        for (int i = 0; i < count; i++) {
            functionTypes[i] = type(in, types);
            types.countFunction(functionTypes[i]);
        }
        types.checkMatches((long) imported + count);
        return functionTypes;
    }

    private static int type(Cursor in, Types types) {
        long type = in.u32();
        if (type >= types.size()) {
            throw Refused.malformed("unknown type " + type, in.at());
        }
        return (int) type;
    }

    /** Returns how many. */
    static int tables(Cursor in) {
        int count = in.count("tables", Limits.TABLES);
        long entries = 0;
        for (int i = 0; i < count; i++) {
            String where = "table " + i;
            int type = in.u8();
            if (type == 0x40) {
                throw Refused.feature("typed function references", where);
            }
            if (!ValueTypes.isReference(ValueTypes.check(type, in, where))) {
                throw Refused.malformed("a table of numbers", in.at());
            }
            entries += limits(in, where);
            ModuleScan.atMost("entries of tables", entries, Limits.TABLE_ENTRIES);
        }
        return count;
    }

    /** Returns how many. */
    static int memories(Cursor in) {
        long count = in.u32();
        if (count > 1) {
            throw Refused.feature("multi-memory", "memory section");
        }
        for (int i = 0; i < count; i++) {
            long pages = limits(in, "memory " + i);
            if (pages > 65_536) {
                throw Refused.malformed("memory of more than 4 GiB", in.at());
            }
        }
        return (int) count;
    }

    /** Reads limits and returns the minimum. */
    private static long limits(Cursor in, String where) {
        int flags = in.u8();
        switch (flags) {
            case 0, 1 -> {}
            case 2, 3 -> throw Refused.feature("threads", where);
            case 4, 5, 6, 7 -> throw Refused.feature("memory64", where);
            case 8, 9, 10, 11, 12, 13, 14, 15 -> throw Refused.feature("custom page sizes", where);
            default -> throw Refused.malformed("unknown limits", in.at());
        }
        long min = in.u32();
        if (flags == 1) {
            in.u32();
        }
        return min;
    }

    /** Returns how many. */
    static int globals(Cursor in) {
        int count = in.count("globals", Limits.GLOBALS);
        for (int i = 0; i < count; i++) {
            String where = "global " + i;
            ValueTypes.read(in, where);
            int mutability = in.u8();
            if (mutability == 2 || mutability == 3) {
                throw Refused.feature("threads", where);
            }
            Constants.skip(in, where);
        }
        return count;
    }

    /**
     * @param sizes of the index spaces of functions, tables, memories and globals
     */
    static void exports(Cursor in, int[] sizes, HeapCost cost) {
        int count = in.count("exports", Limits.EXPORTS);
        Set<String> names = new HashSet<>();
        long nameBytes = 0;
        for (int i = 0; i < count; i++) {
            String name = in.name();
            long text = Cursor.textBytes(name);
            nameBytes += text;
            ModuleScan.atMost("bytes of names of exports", nameBytes, Limits.NAME_BYTES);
            cost.exported(text);
            if (!names.add(name)) {
                throw Refused.malformed("export " + Printable.of(name) + " twice", in.at());
            }
            int kind = in.u8();
            long index = in.u32();
            if (kind == 4) {
                throw Refused.feature("exceptions", "export " + i);
            }
            if (kind > 4 || index >= sizes[kind]) {
                throw Refused.malformed("export of nothing: " + Printable.of(name), in.at());
            }
        }
    }
}
