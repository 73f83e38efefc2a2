package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.Guest.GuestFunction;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.GuestCode.HostImport;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.testkit.MapClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine does with a module that behaves. */
abstract class EngineContract extends EngineFixture {
    private static final String COUNTER =
            """
            (global $n (mut i32) (i32.const 0)) (memory (export "memory") 1)
            (func (export "next") (result i32)
              (global.set $n (i32.add (global.get $n) (i32.const 1)))
              (i32.store (i32.const 8) (global.get $n))
              (global.get $n))
            """;

    @Test
    void all_four_number_types_go_in_and_come_out() {
        Guest g =
                guest(
                        """
                        (func (export "i32") (param i32) (result i32) (i32.sub (local.get 0) (i32.const 1)))
                        (func (export "i64") (param i64) (result i64) (i64.mul (local.get 0) (i64.const 3)))
                        (func (export "f32") (param f32) (result f32) (f32.neg (local.get 0)))
                        (func (export "f64") (param f64 i32 i64) (result f64) (f64.sqrt (local.get 0)))
                        """);
        assertEquals(Integer.MAX_VALUE, call(g, "i32", Integer.MIN_VALUE));
        assertEquals(-1, call(g, "i32", 0));
        assertEquals(-3_000_000_000L, call(g, "i64", -1_000_000_000L));
        assertEquals(
                Float.floatToRawIntBits(-1.5f),
                (int) call(g, "f32", Float.floatToRawIntBits(1.5f)));
        assertEquals(
                Double.doubleToRawLongBits(1.5),
                call(g, "f64", Double.doubleToRawLongBits(2.25), 1, 2));
    }

    @Test
    void upper_bits_of_an_i32_argument_do_not_matter() {
        Guest g = guest("(func (export \"id\") (param i32) (result i32) (local.get 0))");
        assertEquals(-2, call(g, "id", 0xFFFF_FFFEL));
        assertEquals(-2, call(g, "id", -2));
    }

    @Test
    void host_reads_and_writes_what_the_guest_writes_and_reads() {
        Guest g =
                guest(
                        """
                        (memory (export "memory") 1)
                        (func (export "get") (param i32) (result i64) (i64.load (local.get 0)))
                        (func (export "set") (param i32 i64) (i64.store (local.get 0) (local.get 1)))
                        """);
        g.memory().putLong(16, 0x0102030405060708L);
        assertEquals(0x0102030405060708L, call(g, "get", 16));
        assertEquals(0x08, g.memory().getByte(16));
        call(g, "set", 100, -1);
        assertEquals(-1, g.memory().getInt(104));
        g.memory().write(65_534, new byte[] {7, 1, 2, 9}, 1, 2);
        assertArrayEquals(new byte[] {1, 2}, g.memory().read(65_534, 2));
        assertEquals(65_536, g.memory().sizeBytes());
        assertThrows(IndexOutOfBoundsException.class, () -> g.memory().getShort(65_535));
        assertThrows(IndexOutOfBoundsException.class, () -> g.memory().read(-1, 1));
    }

    @Test
    void a_module_without_memory_has_an_empty_one() {
        Guest g = guest("(func (export \"f\") (result i32) (i32.const 5))");
        assertEquals(5, call(g, "f"));
        assertEquals(0, g.memory().sizeBytes());
    }

    @Test
    void host_functions_get_arguments_and_give_results() {
        Guest g =
                guest(
                        """
                        (import "env" "add" (func $add (param i32 i32) (result i32)))
                        (func (export "f") (param i32) (result i32)
                          (call $add (local.get 0) (i32.const -3)))
                        """,
                        host("add", 2, (guest, a) -> a[0] + a[1]));
        assertEquals(4, call(g, "f", 7));
    }

    @Test
    void a_host_function_may_call_back_into_the_guest() {
        Guest g =
                guest(
                        """
                        (import "env" "twice" (func $twice (param i32) (result i32)))
                        (func (export "inc") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
                        (func (export "f") (param i32) (result i32) (call $twice (local.get 0)))
                        """,
                        host(
                                "twice",
                                1,
                                (guest, a) -> {
                                    GuestFunction inc = guest.function("inc");
                                    return inc.call(inc.call(a[0]));
                                }));
        assertEquals(12, call(g, "f", 10));
    }

    @Test
    void instances_of_one_code_share_nothing() {
        GuestCode code = load(COUNTER);
        Guest a = guest(code);
        Guest b = guest(code);
        assertEquals(1, call(a, "next"));
        assertEquals(2, call(a, "next"));
        assertEquals(1, call(b, "next"));
        assertEquals(2, a.memory().getInt(8));
        assertEquals(1, b.memory().getInt(8));
    }

    @Test
    void start_function_segments_and_initialize_run_in_that_order() {
        Guest g =
                guest(
                        """
                        (memory (export "memory") 1) (data (i32.const 0) "\\05")
                        (global $n (mut i32) (i32.const 1))
                        (func $start (global.set $n (i32.load8_u (i32.const 0)))) (start $start)
                        (func (export "_initialize") (global.set $n (i32.mul (global.get $n) (i32.const 10))))
                        (func (export "n") (result i32) (global.get $n))
                        """);
        assertEquals(50, call(g, "n"));
    }

    @Test
    void several_results_inside_of_a_module_work() {
        Guest g =
                guest(
                        """
                        (func $pair (param i32) (result i32 f64) (local.get 0) (f64.const 2.5))
                        (func (export "f") (param i32) (result f64) (local $d f64)
                          (call $pair (local.get 0)) (local.set $d) (drop) (local.get $d))
                        """);
        assertEquals(2.5, Double.longBitsToDouble(call(g, "f", 1)));
    }

    @Test
    void as_many_parameters_as_are_admitted_are_passed_on() {
        String many = "(param" + " i64".repeat(125) + ") (result i64)";
        String arguments = "(i64.const 3)" + "(i64.const 0)".repeat(123) + "(i64.const 4)";
        Guest g =
                guest(
                        """
                        (type $many (func %s)) (table funcref (elem $f))
                        (func $f (export "f") (type $many)
                          (i64.sub (local.get 124) (local.get 0)))
                        (func (export "direct") (result i64) (call $f %s))
                        (func (export "indirect") (result i64)
                          (call_indirect (type $many) %s (i32.const 0)))
                        """
                                .formatted(many, arguments, arguments));
        assertEquals(1, call(g, "direct"));
        assertEquals(1, call(g, "indirect"));
        long[] a = new long[125];
        a[0] = 10;
        assertEquals(-10, call(g, "f", a));
    }

    @Test
    void more_functions_than_fit_into_one_switch_are_called_by_reference() {
        int n = 5_000;
        StringBuilder fields = new StringBuilder("(type $t (func (param i64) (result i64)))");
        fields.append("(table %d funcref) (elem (i32.const 0)".formatted(n));
        for (int i = 0; i < n; i++) {
            fields.append(" $f").append(i);
        }
        fields.append(")");
        for (int i = 0; i < n; i++) {
            fields.append(
                    "(func $f%d (type $t) (i64.add (local.get 0) (i64.const %d)))".formatted(i, i));
        }
        fields.append(
                """
                (func (export "f") (param i32) (result i64)
                  (call_indirect (type $t) (i64.const 7) (local.get 0)))
                """);
        Guest g = guest(fields.toString());
        for (int i : new int[] {0, 1, 4_095, 4_096, 4_999}) {
            assertEquals(7 + i, call(g, "f", i));
        }
        refused(ErrorCode.GUEST_TRAP, () -> call(g, "f", n));
    }

    @Test
    void tables_are_read_written_grown_and_filled() {
        Guest g =
                guest(
                        """
                        (table $t 2 10 funcref) (elem declare func $a)
                        (func $a (result i32) (i32.const 42))
                        (func (export "f") (result i32)
                          (drop (table.grow $t (ref.null func) (i32.const 3)))
                          (table.fill $t (i32.const 2) (ref.func $a) (i32.const 2))
                          (table.copy $t $t (i32.const 0) (i32.const 3) (i32.const 1))
                          (i32.add (call_indirect $t (result i32) (i32.const 0)) (table.size $t)))
                        """);
        assertEquals(47, call(g, "f"));
    }

    @Test
    void inspect_tells_what_the_module_is_made_of() {
        byte[] module =
                wasm(
                        """
                        (import "env" "h" (func (param i32 i64) (result f32)))
                        (memory (export "memory") 2 7) (func (export "run") (param f64))
                        """);
        ModuleInfo info = engine().inspect(WHO, module);
        FunctionSignature h =
                new FunctionSignature(
                        List.of(ValueType.I32, ValueType.I64), List.of(ValueType.F32));
        assertEquals(List.of(new ModuleInfo.FunctionImport("env", "h", h)), info.imports());
        assertEquals("(f64) -> ()", String.valueOf(info.exports().get("run")));
        assertTrue(info.hasMemory());
        assertEquals(2, info.memoryMinPages());
        assertEquals(7, info.memoryMaxPages());
    }

    @Test
    void the_same_bytes_give_the_same_classes() {
        byte[] module = wasm(COUNTER);
        CompiledModule a = engine().compile(WHO, module);
        CompiledModule b = engine().compile(WHO, module.clone());
        assertEquals(a.classes().keySet(), b.classes().keySet());
        a.classes().forEach((name, bytes) -> assertArrayEquals(bytes, b.classes().get(name), name));
        assertArrayEquals(a.module().bytes(), b.module().bytes());
        assertTrue(a.classes().containsKey(a.module().mainClass()));
        assertTrue(a.module().bytes().length < module.length);
    }

    @Test
    void classes_of_another_build_are_not_loaded() {
        CompiledModule c = engine().compile(WHO, wasm(COUNTER));
        StrippedModule other = new StrippedModule(c.module().bytes(), c.module().mainClass(), "x");
        refused(
                ErrorCode.BUNDLE_FAILED,
                () -> engine().load(WHO, other, new MapClassLoader(c.classes())));
        ClassLoader empty = getClass().getClassLoader();
        refused(ErrorCode.BUNDLE_FAILED, () -> engine().load(WHO, c.module(), empty));
    }

    @Test
    void an_import_that_is_missing_or_of_another_type_is_told_by_name() {
        GuestCode code = load("(import \"env\" \"gone\" (func (param i32) (result i32)))");
        PluginException missing = refused(ErrorCode.IMPORT_UNKNOWN, () -> guest(code));
        assertTrue(missing.getMessage().contains("env.gone"), missing.getMessage());
        HostImport other = host("gone", 2, (g, a) -> 0);
        PluginException wrong = refused(ErrorCode.IMPORT_SIGNATURE, () -> guest(code, other));
        assertTrue(wrong.getMessage().contains("(i32) -> (i32)"), wrong.getMessage());
    }

    @Test
    void functions_are_called_within_run_by_name_and_with_all_arguments() {
        Guest g = guest("(func (export \"f\") (param i32))");
        assertThrows(IllegalArgumentException.class, () -> g.function("nope"));
        GuestFunction f = g.function("f");
        assertThrows(IllegalStateException.class, () -> f.call(1));
        assertThrows(IllegalArgumentException.class, () -> g.run(GENEROUS, () -> f.call(1, 2)));
    }

    @Test
    void a_refusal_by_a_host_function_comes_out_unchanged() {
        PluginException refusal =
                PluginException.of(ErrorCode.CAPABILITY_DENIED, WHO, "no", "grant it");
        GuestCode code = load(CALLS_HOST);
        Guest g =
                guest(
                        code,
                        host(
                                "h",
                                0,
                                (guest, a) -> {
                                    throw refusal;
                                }));
        assertSame(refusal, assertThrows(PluginException.class, () -> call(g, "f")));
    }

    private static final String CALLS_HOST =
            """
            (import "env" "h" (func $h (result i32)))
            (func (export "f") (result i32) (call $h))
            """;

    @Test
    void a_defect_of_a_host_function_is_never_blamed_on_the_guest() {
        GuestCode code = load(CALLS_HOST);
        for (RuntimeException bug :
                List.of(new IndexOutOfBoundsException("host"), new NullPointerException("host"))) {
            Guest g =
                    guest(
                            code,
                            host(
                                    "h",
                                    0,
                                    (guest, a) -> {
                                        throw bug;
                                    }));
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> call(g, "f"));
            assertSame(bug, e.getCause());
            assertFalse(e.getMessage().isEmpty());
        }
    }
}
