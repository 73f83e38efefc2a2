package io.trinity.engine.admit;

import io.trinity.api.engine.ModuleSize;
import io.trinity.api.plugin.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks through a module's bytes before any parser does: features on the allow-list, limits held.
 * Takes time linear in the bytes and memory for types, functions and custom sections only; whether
 * the module is valid is for the parser to say.
 */
public final class ModuleScan {
    private static final int CUSTOM = 0;

    /**
     * Section ids in the order in which they must stand; the tag section (13) is refused anyway.
     */
    private static final List<Integer> ORDER = List.of(1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11);

    private final byte[] module;
    private final List<Admitted.Section> sections = new ArrayList<>();
    private final Map<String, byte[]> customSections = new HashMap<>();

    private final HeapCost cost = new HeapCost();

    private Types types = Types.NONE;
    private int[] importedTypes = {};
    private int[] functionTypes = {};
    private int tables;
    private int memories;
    private int globals;
    private long customBytes;
    private int customCount;
    private int lastInOrder = -1;

    private ModuleScan(byte[] module) {
        this.module = module;
    }

    /**
     * Scans a whole module.
     *
     * @throws Refused MODULE_MALFORMED, MODULE_COMPONENT, MODULE_FEATURE, LIMIT_MODULE
     */
    public static Admitted scan(byte[] module) {
        return new ModuleScan(module).scan();
    }

    static void atMost(String what, long actual, long admitted) {
        if (actual > admitted) {
            throw Refused.limit(what, actual, admitted);
        }
    }

    private Admitted scan() {
        atMost("bytes of the module", module.length, Limits.MODULE_BYTES);
        Cursor in = new Cursor(module, 0, module.length);
        readHeader(in);
        while (!in.atEnd()) {
            int start = in.at();
            int id = in.u8();
            Cursor content = in.part(in.u32());
            if (id != CUSTOM) {
                checkOrder(id, start);
                sections.add(new Admitted.Section(id, start, content.at(), in.at()));
            }
            scanSection(id, content);
            if (!content.atEnd()) {
                throw Refused.malformed("section size mismatch", content.at());
            }
        }
        boolean hasCode = sections.stream().anyMatch(s -> s.id() == Admitted.Section.CODE);
        if (functionTypes.length > 0 && !hasCode) {
            throw Refused.malformed("functions without code", module.length);
        }
        return new Admitted(
                sections,
                customSections,
                functionTypes.length,
                new ModuleSize(cost.kept(), cost.ofGuest(), cost.parsed()));
    }

    private static void readHeader(Cursor in) {
        if (in.u8() != 0 || in.u8() != 'a' || in.u8() != 's' || in.u8() != 'm') {
            throw Refused.malformed("it does not begin with \\0asm", 0);
        }
        int version = in.u8() | in.u8() << 8;
        int layer = in.u8() | in.u8() << 8;
        if (layer == 1) {
            throw new Refused(
                    ErrorCode.MODULE_COMPONENT,
                    "the file is a WebAssembly component, a core module is expected",
                    "take the core module out of it (wasm-tools component unbundle)");
        }
        if (version != 1 || layer != 0) {
            throw Refused.malformed("unknown binary version " + version, 4);
        }
    }

    private void checkOrder(int id, int offset) {
        int order = ORDER.indexOf(id);
        if (order < 0) {
            throw Refused.malformed("unknown section " + id, offset);
        }
        if (order <= lastInOrder) {
            throw Refused.malformed("section " + id + " is out of order or twice", offset);
        }
        lastInOrder = order;
    }

    private void scanSection(int id, Cursor in) {
        switch (id) {
            case CUSTOM -> scanCustom(in);
            case 1 -> {
                types = Types.read(in, module);
                cost.types(types.size(), types.parametersAndResults());
            }
            case 2 -> importedTypes = Declarations.imports(in, types, cost);
            case 3 -> {
                functionTypes = Declarations.functions(in, types, importedTypes.length);
                cost.functions(functionTypes.length);
            }
            case 4 -> tables = Declarations.tables(in);
            case 5 -> memories = Declarations.memories(in);
            case 6 -> {
                globals = Declarations.globals(in);
                cost.globals(globals);
            }
            case 7 -> {
                int functions = importedTypes.length + functionTypes.length;
                Declarations.exports(in, new int[] {functions, tables, memories, globals}, cost);
            }
            case 8, 12 -> in.u32();
            case 9 -> Segments.elements(in, importedTypes.length + functionTypes.length, cost);
            case 10 -> new CodeScan(types, functionTypes, importedTypes).scan(in);
            case 11 -> Segments.data(in, cost);
            case 13 -> throw Refused.feature("exceptions", "tag section");
            default -> throw new IllegalStateException("section " + id + " is in ORDER");
        }
    }

    private void scanCustom(Cursor in) {
        customBytes += in.left();
        atMost("bytes of custom sections", customBytes, Limits.CUSTOM_BYTES);
        atMost("custom sections", ++customCount, Limits.CUSTOM_SECTIONS);
        String name = in.name();
        byte[] content = in.rest();
        customSections.putIfAbsent(name, content);
    }
}
