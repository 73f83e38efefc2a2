package io.trinity.engine;

import static io.trinity.engine.ModuleBuilder.bytes;
import static io.trinity.engine.ModuleBuilder.concat;
import static io.trinity.engine.ModuleBuilder.oneFunction;
import static io.trinity.engine.ModuleBuilder.repeat;
import static io.trinity.engine.ModuleBuilder.unsigned;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every engine refuses before it compiles, and how it says so. */
abstract class AdmissionContract extends EngineFixture {
    private static final byte[] NO_LOCALS = bytes(0);

    /** A module with every section that is admitted. */
    private static final String EVERYTHING =
            """
            (type $t (func (param i32) (result i32)))
            (import "env" "h" (func $h (param i32) (result i32)))
            (table $tab 2 4 funcref) (memory (export "memory") 1 2)
            (global $g (mut i64) (i64.const -5)) (export "g" (global $g))
            (func $s (nop)) (start $s)
            (elem (table $tab) (i32.const 0) func $f $f) (elem $p funcref (ref.func $f) (ref.null func))
            (func $f (export "f") (type $t) (local i64 f32 f64)
              (block (loop (br_table 0 1 0 (local.get 0))))
              (local.set 2 (f32.const 1.5)) (local.set 3 (f64.const 2.5))
              (drop (select (result i32) (i32.const 1) (i32.const 2) (i32.const 0)))
              (drop (i32.trunc_sat_f64_s (local.get 3))) (drop (i64.extend8_s (i64.const 200)))
              (table.init $tab $p (i32.const 0) (i32.const 0) (i32.const 2)) (elem.drop $p)
              (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)) (data.drop $d)
              (call_indirect $tab (type $t) (call $h (i32.const 0)) (i32.const 0)))
            (data (i32.const 8) "active") (data $d "passive")
            """;

    @Test
    void every_section_and_feature_of_the_allow_list_is_admitted() {
        byte[] module = wasm(EVERYTHING);
        assertEquals(1, engine().inspect(WHO, module).imports().size());
        assertFalse(engine().compile(WHO, module).classes().isEmpty());
    }

    @Test
    void a_module_cut_off_at_any_byte_is_malformed() {
        byte[] module =
                concat(wasm(EVERYTHING), bytes(0, 4, 1, 'x', 1, 2)); // a custom section at the end
        for (int i = 0; i < module.length; i++) {
            byte[] cut = Arrays.copyOf(module, i);
            try {
                engine().inspect(WHO, cut);
                assertTrue(isSectionEnd(module, i), "admitted when cut at " + i);
            } catch (PluginException e) {
                assertEquals(ErrorCode.MODULE_MALFORMED, e.code(), "cut at " + i + ": " + e);
            }
        }
    }

    /**
     * Ends that leave whole sections make another valid module, where nothing refers to the rest.
     */
    private static boolean isSectionEnd(byte[] module, int at) {
        int i = 8;
        while (i < at) {
            int length = 0;
            int shift = 0;
            int b;
            i++;
            do {
                b = module[i++];
                length |= (b & 0x7F) << shift;
                shift += 7;
            } while (b < 0);
            i += length;
        }
        return i == at;
    }

    @Test
    void any_single_byte_changed_is_admitted_or_refused_but_nothing_else() {
        byte[] module = wasm(EVERYTHING);
        for (int i = 0; i < module.length; i++) {
            for (int flip : new int[] {0x01, 0x40, 0x80, 0xFF}) {
                byte[] changed = module.clone();
                changed[i] ^= (byte) flip;
                try {
                    engine().inspect(WHO, changed);
                } catch (PluginException e) {
                    assertTrue(
                            e.code().name().startsWith("MODULE_")
                                    || e.code() == ErrorCode.LIMIT_MODULE,
                            () -> "byte " + e);
                }
            }
        }
    }

    @Test
    void a_component_is_told_apart() {
        byte[] component = bytes(0, 'a', 's', 'm', 0x0D, 0, 1, 0);
        refused(ErrorCode.MODULE_COMPONENT, () -> engine().inspect(WHO, component));
    }

    static Stream<Arguments> features() {
        Map<String, byte[]> m = new LinkedHashMap<>();
        m.put("SIMD", oneFunction(NO_LOCALS, concat(bytes(0xFD, 0x0C), new byte[16], bytes(0x1A))));
        m.put("SIMD ", oneFunction(bytes(1, 1, 0x7B), bytes()));
        m.put("threads", oneFunction(NO_LOCALS, bytes(0xFE, 0x03, 0)));
        m.put("threads ", new ModuleBuilder().section(5, bytes(1, 3, 1, 1)).build());
        m.put("GC", new ModuleBuilder().section(1, bytes(1, 0x5F, 0)).build());
        m.put("GC ", oneFunction(NO_LOCALS, bytes(0xFB, 0, 0, 0x1A)));
        m.put("exceptions", oneFunction(NO_LOCALS, bytes(0x1F, 0x40, 0, 0x0B)));
        m.put("exceptions ", oneFunction(NO_LOCALS, bytes(0x08, 0)));
        m.put("exceptions  ", new ModuleBuilder().section(13, bytes(1, 0, 0)).build());
        m.put("tail calls", oneFunction(NO_LOCALS, bytes(0x12, 0)));
        m.put("tail calls ", oneFunction(NO_LOCALS, bytes(0x13, 0, 0)));
        m.put("memory64", new ModuleBuilder().section(5, bytes(1, 4, 1)).build());
        m.put("multi-memory", new ModuleBuilder().section(5, bytes(2, 0, 1, 0, 1)).build());
        m.put("multi-memory ", oneFunction(NO_LOCALS, bytes(0x3F, 1, 0x1A)));
        m.put("typed function references", oneFunction(NO_LOCALS, bytes(0x14, 0)));
        m.put("custom page sizes", new ModuleBuilder().section(5, bytes(1, 8, 1, 0)).build());
        m.put("wide arithmetic", oneFunction(NO_LOCALS, bytes(0xFC, 19)));
        m.put(
                "extended constant expressions",
                new ModuleBuilder()
                        .section(6, bytes(1, 0x7F, 0, 0x41, 1, 0x41, 2, 0x6A, 0x0B))
                        .build());
        m.put(
                "a global in a constant expression",
                new ModuleBuilder()
                        .section(6, bytes(2, 0x7F, 0, 0x41, 1, 0x0B, 0x7F, 0, 0x23, 0, 0x0B))
                        .build());
        m.put(
                "an imported memory",
                new ModuleBuilder().section(2, bytes(1, 1, 'e', 1, 'm', 2, 0, 1)).build());
        return m.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("features")
    void a_feature_is_refused_by_its_name(String name, byte[] module) {
        PluginException e = refused(ErrorCode.MODULE_FEATURE, () -> engine().inspect(WHO, module));
        assertTrue(e.detail().contains("uses " + name.strip() + " ("), e.detail());
        refused(ErrorCode.MODULE_FEATURE, () -> engine().compile(WHO, module));
    }

    static Stream<Arguments> bombs() {
        byte[] i64Locals = concat(bytes(1), unsigned(4_000), bytes(0x7E));
        byte[] manyLocals = concat(bytes(1), unsigned(0xFFFF_FFFFL), bytes(0x7F));
        byte[] equalTypes = repeat(bytes(0x60, 0, 0), 10_000);
        Map<String, byte[]> m = new LinkedHashMap<>();
        m.put("slots of parameters and locals of function 0", oneFunction(i64Locals, bytes()));
        m.put("slots of parameters and locals of function 0 ", oneFunction(manyLocals, bytes()));
        m.put(
                "types",
                new ModuleBuilder()
                        .section(1, unsigned(10_001), equalTypes, bytes(0x60, 0, 0))
                        .build());
        m.put(
                "functions that match types",
                new ModuleBuilder()
                        .section(1, unsigned(10_000), equalTypes)
                        .section(3, unsigned(21), new byte[21])
                        .section(10, unsigned(21), repeat(bytes(2, 0, 0x0B), 21))
                        .build());
        m.put(
                "entries of tables",
                new ModuleBuilder().section(4, bytes(1, 0x70, 0), unsigned(0x7FFF_FFFF)).build());
        m.put(
                "tables",
                new ModuleBuilder()
                        .section(4, unsigned(101), repeat(bytes(0x70, 0, 1), 101))
                        .build());
        m.put("globals", new ModuleBuilder().section(6, unsigned(1_000_000)).build());
        m.put("data segments", new ModuleBuilder().section(11, unsigned(1_000_000)).build());
        m.put("element segments", new ModuleBuilder().section(9, unsigned(1_000_000)).build());
        m.put(
                "branch targets in function 0",
                oneFunction(
                        NO_LOCALS,
                        concat(bytes(0x41, 0, 0x0E), unsigned(100_001), new byte[100_002])));
        m.put(
                "locals and operands times labels of function 0",
                oneFunction(
                        bytes(2, 0x80 | 100, 7, 0x7F, 1, 0x7F), // 996 + 1 locals
                        repeat(bytes(0x02, 0x40, 0x0B), 51_000)));
        m.put("bytes of code", new ModuleBuilder().section(10, new byte[(4 << 20) + 1]).build());
        m.put(
                "parameters of type 0",
                new ModuleBuilder()
                        .section(
                                1,
                                bytes(1, 0x60),
                                unsigned(251),
                                repeat(bytes(0x7F), 251),
                                bytes(0))
                        .build());
        m.put(
                "slots of parameters of type 0",
                new ModuleBuilder()
                        .section(1, bytes(1, 0x60, 126), repeat(bytes(0x7E), 126), bytes(0))
                        .build());
        m.put(
                "bytes of JVM code of func_0",
                oneFunction(NO_LOCALS, repeat(bytes(0x43, 1, 2, 3, 4, 0x1A), 25_000)));
        return m.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void a_module_too_large_is_told_what_and_by_how_much(String what, byte[] module) {
        PluginException e = refused(ErrorCode.LIMIT_MODULE, () -> engine().compile(WHO, module));
        assertTrue(e.detail().startsWith(what.strip() + ": "), e.detail());
        assertTrue(e.detail().contains("admitted are"), e.detail());
    }

    @Test
    void names_of_the_module_are_escaped_before_they_reach_a_message() {
        byte[] export =
                concat(
                        bytes(3),
                        "\n\u001b\u202e".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        export[0] = (byte) (export.length - 1);
        byte[] module =
                new ModuleBuilder()
                        .section(1, bytes(1, 0x60, 0, 0))
                        .section(3, bytes(1, 0))
                        .section(7, bytes(2), export, bytes(0, 0), export, bytes(0, 0))
                        .section(10, bytes(1, 2, 0, 0x0B))
                        .build();
        PluginException e =
                refused(ErrorCode.MODULE_MALFORMED, () -> engine().inspect(WHO, module));
        assertTrue(e.getMessage().chars().noneMatch(c -> c < 32 || c == 0x202e), e.getMessage());
    }

    @Test
    void an_invalid_body_is_malformed() {
        byte[] module = oneFunction(NO_LOCALS, bytes(0x6A)); // i32.add of nothing
        refused(ErrorCode.MODULE_MALFORMED, () -> engine().compile(WHO, module));
    }

    @Test
    void custom_sections_are_handed_on_and_the_first_of_a_name_counts() {
        byte[] module =
                new ModuleBuilder()
                        .section(0, bytes(1, 'm', 1, 2, 3))
                        .section(0, bytes(1, 'm', 9))
                        .section(0, bytes(4, 'n', 'a', 'm', 'e', 0xFF)) // no valid name section
                        .build();
        assertArrayEquals(
                bytes(1, 2, 3), engine().inspect(WHO, module).customSection("m").orElseThrow());
        engine().compile(WHO, module);
    }
}
