package io.trinity.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A module that no assembler would write: a well-behaved stage, of which every section can be made
 * larger or replaced. Its function 0 is {@code process}, its function 1 {@code cabi_realloc}.
 */
final class ModuleBuilder {
    static final int CUSTOM = 0;
    static final int TYPE = 1;
    static final int IMPORT = 2;
    static final int FUNCTION = 3;
    static final int TABLE = 4;
    static final int MEMORY = 5;
    static final int GLOBAL = 6;
    static final int EXPORT = 7;
    static final int START = 8;
    static final int ELEMENT = 9;
    static final int CODE = 10;
    static final int DATA = 11;

    /** {@code () -> ()}. */
    static final int NOTHING = 0;

    /** The first type that is added. */
    static final int FIRST_TYPE = 3;

    /** The first function that is added. */
    static final int FIRST_FUNCTION = 2;

    private static final byte[] MAGIC = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int PROCESS_TYPE = 1;
    private static final int REALLOC_TYPE = 2;
    private static final int[] ORDER = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 10, 11};

    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> functions = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final Map<Integer, byte[]> sections = new TreeMap<>();
    private final ByteArrayOutputStream end = new ByteArrayOutputStream();

    ModuleBuilder() {
        types.add(bytes(0x60, 0, 0));
        types.add(bytes(0x60, 2, 0x7F, 0x7F, 1, 0x7F));
        types.add(bytes(0x60, 4, 0x7F, 0x7F, 0x7F, 0x7F, 1, 0x7F));
        function(PROCESS_TYPE, bytes(0, 0x41, 16, 0x0B));
        function(REALLOC_TYPE, bytes(0, 0x41, 0x80, 0x20, 0x0B)); // 4096
        export("memory", 2, 0);
        export("process", 0, 0);
        export("cabi_realloc", 0, 1);
        sections.put(MEMORY, bytes(1, 0, 1));
    }

    ModuleBuilder type(byte[]... form) {
        types.add(concat(form));
        return this;
    }

    /**
     * Adds a function.
     *
     * @param body its locals and instructions, with the last {@code end}
     */
    ModuleBuilder function(int type, byte[]... body) {
        functions.add(unsigned(type));
        bodies.add(concat(body));
        return this;
    }

    ModuleBuilder functions(int count, int type, byte[]... body) {
        byte[] whole = concat(body);
        for (int i = 0; i < count; i++) {
            function(type, whole);
        }
        return this;
    }

    /** Replaces what {@code process} does. */
    ModuleBuilder process(byte[]... body) {
        bodies.set(0, concat(body));
        return this;
    }

    ModuleBuilder export(String name, int kind, int index) {
        exports.add(concat(name(name), bytes(kind), unsigned(index)));
        return this;
    }

    /** Puts a section in place of what would be there. */
    ModuleBuilder section(int id, byte[]... content) {
        sections.put(id, concat(content));
        return this;
    }

    /** Bytes behind all sections. */
    ModuleBuilder then(byte[]... bytes) {
        end.writeBytes(concat(bytes));
        return this;
    }

    byte[] build() {
        sections.putIfAbsent(TYPE, vector(types));
        sections.putIfAbsent(FUNCTION, vector(functions));
        sections.putIfAbsent(EXPORT, vector(exports));
        List<byte[]> sized = new ArrayList<>();
        bodies.forEach(b -> sized.add(concat(unsigned(b.length), b)));
        sections.putIfAbsent(CODE, vector(sized));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        for (int id : ORDER) {
            byte[] content = sections.get(id);
            if (content != null) {
                out.writeBytes(framed(id, content));
            }
        }
        out.writeBytes(end.toByteArray());
        return out.toByteArray();
    }

    static byte[] withManifest(byte[] module, String manifest) {
        return concat(module, manifest(manifest.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] manifest(byte[] content) {
        return custom("trinity:manifest", content);
    }

    static byte[] custom(String name, byte[] content) {
        return framed(CUSTOM, concat(name(name), content));
    }

    static byte[] framed(int id, byte[] content) {
        return concat(bytes(id), unsigned(content.length), content);
    }

    static byte[] name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return concat(unsigned(utf8.length), utf8);
    }

    static byte[] vector(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(unsigned(parts.size()));
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] b = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            b[i] = (byte) values[i];
        }
        return b;
    }

    static byte[] unsigned(long value) {
        ByteArrayOutputStream leb = new ByteArrayOutputStream();
        long rest = value;
        while (rest >= 0x80) {
            leb.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        leb.write((int) rest);
        return leb.toByteArray();
    }

    static byte[] signed(long value) {
        ByteArrayOutputStream leb = new ByteArrayOutputStream();
        long rest = value;
        while (rest < -64 || rest > 63) {
            leb.write((int) ((rest & 0x7F) | 0x80));
            rest >>= 7;
        }
        leb.write((int) (rest & 0x7F));
        return leb.toByteArray();
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] repeat(int times, byte[]... parts) {
        byte[] part = concat(parts);
        ByteArrayOutputStream all = new ByteArrayOutputStream(part.length * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
