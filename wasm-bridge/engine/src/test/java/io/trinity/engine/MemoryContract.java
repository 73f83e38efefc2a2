package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every engine does about memory, tables and traps. */
abstract class MemoryContract extends EngineFixture {
    private static final String GROWING =
            """
            (memory (export "memory") 1 1000)
            (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
            (func (export "size") (result i32) (memory.size))
            (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
            (func (export "store") (param i32 i32) (i32.store (local.get 0) (local.get 1)))
            """;

    @Test
    void growth_beyond_the_quota_is_minus_one_and_the_guest_goes_on() {
        Quota quota = Quota.pages(10);
        Guest g = load(GROWING).instantiate(List.of(), quota, GENEROUS);
        call(g, "store", 100, 77);
        assertEquals(1, call(g, "grow", 4));
        assertEquals(-1, call(g, "grow", 6));
        assertEquals(5, call(g, "size"));
        assertEquals(5, call(g, "grow", 5));
        assertEquals(77, call(g, "load", 100));
        assertEquals(0, call(g, "load", 10 * Quota.PAGE - 4));
        assertEquals(10L * Quota.PAGE, quota.taken());
        assertEquals(10L * Quota.PAGE, g.memory().sizeBytes());
        assertEquals(-1, call(g, "grow", -1));
        assertEquals(-1, call(g, "grow", Integer.MAX_VALUE));
        g.close();
        g.close();
        assertEquals(0, quota.taken());
    }

    @Test
    void whatTheCollectorSpendsIsCountedBesideWhatTheGuestSees() {
        Quota quota = Quota.pages(40);
        Guest g = load("(table 100 funcref)" + GROWING).instantiate(List.of(), quota, GENEROUS);
        for (int page = 1; page < 30; page++) {
            assertEquals(page, call(g, "grow", 1));
            assertEquals((page + 1L) * Quota.PAGE + 400, quota.taken());
            assertTrue(quota.heapTaken() > quota.taken(), "an array has a header");
        }
        assertTrue(quota.heapTaken() < 3 * quota.taken(), "what was replaced is gone");
        // One of 30 pages was copied into one of 31.
        assertTrue(quota.heapPeak() > 59L * Quota.PAGE, "both arrays, while one is copied");
        assertEquals(-1, call(g, "grow", 30));
        g.close();
        assertEquals(0, quota.taken());
        assertEquals(0, quota.heapTaken());
    }

    @Test
    void whereTheTotalOfAllPluginsRefusesItIsNamed() {
        Quota quota = Quota.pages(10).withTotal(2 * Quota.PAGE + 1000);
        Guest g = load(GROWING).instantiate(List.of(), quota, GENEROUS);
        assertEquals(-1, call(g, "grow", 2));
        PluginException e =
                refused(
                        ErrorCode.LIMIT_TOTAL_MEMORY,
                        () -> load("(memory 3)").instantiate(List.of(), quota, GENEROUS));
        assertTrue(e.detail().contains("196608 bytes; all plugins hold"), e.detail());
        assertTrue(
                e.remedy().contains("totalMemoryBytes in conf/io.trinity.limits.cfg"), e.remedy());
        g.close();
        assertEquals(0, quota.heapTaken());
    }

    @Test
    void growth_beyond_the_declared_maximum_is_minus_one() {
        Guest g =
                guest(
                        """
                        (memory 1 3)
                        (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
                        """);
        assertEquals(-1, call(g, "grow", 3));
        assertEquals(1, call(g, "grow", 2));
        assertEquals(-1, call(g, "grow", 1));
        assertEquals(3, call(g, "grow", 0));
    }

    @Test
    void a_minimum_over_the_quota_is_told_with_both_numbers() {
        Quota quota = Quota.pages(1);
        GuestCode code = load("(memory 3)");
        PluginException e =
                refused(ErrorCode.LIMIT_MEMORY, () -> code.instantiate(List.of(), quota, GENEROUS));
        assertTrue(e.detail().contains("196608 bytes, allowed are 65536"), e.detail());
        assertTrue(e.remedy().contains("memoryBytes"), e.remedy());
        assertEquals(0, quota.taken());
    }

    @Test
    void tables_count_too_and_are_given_back() {
        Quota quota = new Quota(65_536 + 4_000);
        GuestCode code = load("(memory 1) (table 1000 funcref)");
        code.instantiate(List.of(), quota, GENEROUS).close();
        assertEquals(0, quota.taken());
        GuestCode larger = load("(memory 1) (table 1001 funcref)");
        refused(ErrorCode.LIMIT_MEMORY, () -> larger.instantiate(List.of(), quota, GENEROUS));
        assertEquals(0, quota.taken());
    }

    @Test
    void a_table_that_grows_asks_the_quota_and_does_not_grow_other_instances() {
        GuestCode code =
                load(
                        """
                        (table $t 1 funcref)
                        (func (export "grow") (param i32) (result i32)
                          (table.grow $t (ref.null func) (local.get 0)))
                        (func (export "size") (result i32) (table.size $t))
                        """);
        Quota quota = new Quota(4_000);
        Guest g = code.instantiate(List.of(), quota, GENEROUS);
        assertEquals(1, call(g, "grow", 900));
        assertEquals(-1, call(g, "grow", 900));
        assertEquals(901, call(g, "size"));
        Guest fresh = code.instantiate(List.of(), new Quota(4_000), GENEROUS);
        assertEquals(1, call(fresh, "size"));
    }

    @Test
    void an_active_segment_outside_of_memory_or_table_is_a_trap() {
        GuestCode data = load("(memory 1) (data (i32.const 65535) \"ab\")");
        refused(ErrorCode.GUEST_TRAP, () -> guest(data));
        GuestCode elements = load("(table 1 funcref) (func $f) (elem (i32.const 1) $f)");
        refused(ErrorCode.GUEST_TRAP, () -> guest(elements));
    }

    @Test
    void dropped_segments_are_empty() {
        String fields =
                """
                (memory 1) (data $active (i32.const 0) "x") (data $passive "yz")
                (func (export "active") (memory.init $active (i32.const 0) (i32.const 0) (i32.const 1)))
                (func (export "passive") (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 2)))
                (func (export "drop") (data.drop $passive))
                """;
        GuestCode code = load(fields);
        refused(ErrorCode.GUEST_TRAP, () -> call(guest(code), "active"));
        Guest g = guest(code);
        call(g, "passive");
        call(g, "drop");
        refused(ErrorCode.GUEST_TRAP, () -> call(g, "passive"));
        call(guest(code), "passive");
    }

    private static final String TRAPS =
            """
            (memory 1) (table $t 3 funcref) (elem (i32.const 0) $unreachable)
            (func $unreachable (export "unreachable") unreachable)
            (func (export "divide") (drop (i32.div_s (i32.const 1) (i32.const 0))))
            (func (export "overflow") (drop (i64.div_s (i64.const 0x8000000000000000) (i64.const -1))))
            (func (export "truncate") (drop (i32.trunc_f64_s (f64.const 1e20))))
            (func (export "read") (drop (i32.load (i32.const 65533))))
            (func (export "far") (drop (i64.load offset=0xffffffff (i32.const 16))))
            (func (export "wrap") (drop (i32.load8_u offset=0x7fffffff (i32.const 0x7fffffff))))
            (func (export "negative") (i32.store8 (i32.const -1) (i32.const 0)))
            (func (export "fill") (memory.fill (i32.const 65000) (i32.const 0) (i32.const 1000)))
            (func (export "copy") (memory.copy (i32.const 0) (i32.const 65000) (i32.const 1000)))
            (func (export "size") (memory.fill (i32.const 0) (i32.const 0) (i32.const -1)))
            (func (export "type") (drop (call_indirect $t (result i32) (i32.const 0))))
            (func (export "null") (call_indirect $t (i32.const 1)))
            (func (export "outside") (call_indirect $t (i32.const 3)))
            (func (export "table") (drop (table.get $t (i32.const 3))))
            (func (export "ok") (result i32) (i32.const 1))
            """;

    @ParameterizedTest
    @CsvSource({
        "unreachable, unreachable",
        "divide, integer divide by zero",
        "overflow, integer overflow",
        "truncate, integer overflow",
        "read, out of bounds memory access",
        "far, out of bounds memory access",
        "wrap, out of bounds memory access",
        "negative, out of bounds memory access",
        "fill, out of bounds memory access",
        "copy, out of bounds memory access",
        "size, out of bounds memory access",
        "type, indirect call type mismatch",
        "null, uninitialized element",
        "outside, undefined element",
        "table, out of bounds table access"
    })
    void each_trap_is_told_by_its_name(String function, String message) {
        GuestCode code = load(TRAPS);
        Guest g = guest(code);
        PluginException e = refused(ErrorCode.GUEST_TRAP, () -> call(g, function));
        assertTrue(e.detail().contains(message), e.detail());
        assertEquals(1, call(guest(code), "ok"));
    }

    @Test
    void a_trap_in_the_start_function_is_one_of_the_instantiation() {
        GuestCode code = load("(func $s unreachable) (start $s)");
        PluginException e = refused(ErrorCode.GUEST_TRAP, () -> guest(code));
        assertTrue(e.detail().contains("unreachable"), e.detail());
    }
}
