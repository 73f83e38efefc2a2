package io.trinity.engine;

import static io.trinity.engine.ModuleBuilder.bytes;
import static io.trinity.engine.ModuleBuilder.concat;
import static io.trinity.engine.ModuleBuilder.repeat;
import static io.trinity.engine.ModuleBuilder.unsigned;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every engine does with a module that wants too much. */
abstract class BudgetContract extends EngineFixture {
    private static final String SPIN_AND_WORK =
            """
            (memory (export "memory") 1)
            (func (export "spin") (loop $l (br $l)))
            (func (export "work") (param $n i32) (result i32) (local $s i32)
              (loop $l
                (local.set $s (i32.add (local.get $s) (i32.rem_u (local.get $n) (i32.const 7))))
                (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
              (local.get $s))
            (func $deep (export "deep") (param $n i32) (result i32)
              (if (result i32) (local.get $n)
                (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get $n) (i32.const 1)))))
                (else (i32.const 0))))
            """;

    @ParameterizedTest(name = "{0}")
    @EnumSource(Endless.class)
    void an_endless_loop_of_any_kind_ends_with_the_cpu_limit(Endless endless) {
        GuestCode code = load(endless.fields);
        Guest g = guest(code);
        CallBudget cpu = budget(20, 0, 1 << 17);
        PluginException e = refused(ErrorCode.LIMIT_CPU, () -> call(g, cpu, "f"));
        assertTrue(e.detail().contains("allowed are 20.0 ms"), e.detail());
        assertTrue(e.remedy().contains("cpuMillis in conf/io.trinity.plugin-probe.cfg"));
        assertThrows(IllegalStateException.class, () -> call(g, "f"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Endless.class)
    void fuel_ends_it_at_the_same_unit_in_every_run(Endless endless) {
        GuestCode code = load(endless.fields);
        CallBudget fuel = budget(60_000, 3_000_000, 1 << 17);
        long first = usedUntilRefused(code, fuel);
        assertEquals(first, usedUntilRefused(code, fuel));
        assertEquals(first, usedUntilRefused(code, fuel));
        assertTrue(first > 3_000_000 && first < 4_000_000, "used " + first);
    }

    private static long usedUntilRefused(GuestCode code, CallBudget fuel) {
        Guest g = guest(code);
        PluginException e = refused(ErrorCode.LIMIT_FUEL, () -> call(g, fuel, "f"));
        assertTrue(e.detail().contains("allowed are 3000000"), e.detail());
        return g.fuelUsed();
    }

    @Test
    void fuel_used_is_equal_in_every_run_and_does_not_depend_on_the_budget() {
        GuestCode code = load(SPIN_AND_WORK);
        Guest g = guest(code);
        call(g, "work", 500_000);
        long used = g.fuelUsed();
        assertTrue(used > 500_000 * 5L, "used " + used);
        for (int i = 0; i < 3; i++) {
            call(g, "work", 500_000);
            assertEquals(used, g.fuelUsed());
        }
        call(g, budget(60_000, used, 65_536), "work", 500_000);
        assertEquals(used, g.fuelUsed());
        refused(
                ErrorCode.LIMIT_FUEL,
                () -> call(g, budget(60_000, used - 1, 65_536), "work", 500_000));
    }

    @Test
    void recursion_ends_at_the_same_depth_interpreted_and_compiled() {
        GuestCode code = load(SPIN_AND_WORK);
        long depth = deepest(code);
        assertTrue(depth > 100 && depth < 65_536 / 96, "depth " + depth);
        Guest warm = guest(code);
        for (int i = 0; i < 20_000; i++) {
            call(warm, "deep", 20);
        }
        assertEquals(depth, deepest(code));
        Guest g = guest(code);
        PluginException e = refused(ErrorCode.LIMIT_STACK, () -> call(g, "deep", depth + 1));
        assertTrue(e.getMessage().contains("64 KiB"), e.getMessage());
        assertTrue(e.remedy().contains("stackBytes"), e.remedy());
    }

    /** Deepest recursion that fits, by bisection. */
    private static long deepest(GuestCode code) {
        long fits = 0;
        long fails = 65_536;
        while (fails - fits > 1) {
            long n = (fits + fails) / 2;
            Guest g = guest(code);
            try {
                assertEquals(n, call(g, "deep", n));
                fits = n;
            } catch (PluginException e) {
                assertEquals(ErrorCode.LIMIT_STACK, e.code());
                fails = n;
            }
            g.close();
        }
        return fits;
    }

    @Test
    void the_stack_of_a_call_back_counts_with_the_one_it_interrupts() {
        String fields =
                """
                (import "env" "again" (func $again (param i32) (result i32)))
                (func (export "f") (param i32) (result i32) (call $again (local.get 0)))
                """;
        GuestCode code = load(fields);
        Guest g = guest(code, host("again", 1, (guest, a) -> guest.function("f").call(a[0] + 1)));
        refused(ErrorCode.LIMIT_STACK, () -> call(g, "f", 0));
    }

    @Test
    void loops_nested_fifteen_hundred_deep_are_counted_like_any() {
        int depth = 1_500;
        byte[] add = bytes(0x20, 0, 0x41, 1, 0x6A, 0x21, 0); // local 0 += 1
        byte[] again = bytes(0x20, 0, 0x41, 3, 0x71, 0x0D, 0, 0x0B); // br_if 0 (local 0 & 3)
        byte[] body =
                concat(
                        bytes(0),
                        repeat(concat(bytes(0x03, 0x40), add), depth),
                        repeat(again, depth),
                        bytes(0x20, 0, 0x0B));
        byte[] module =
                new ModuleBuilder()
                        .section(1, bytes(1, 0x60, 1, 0x7F, 1, 0x7F))
                        .section(3, bytes(1, 0))
                        .section(7, bytes(1, 1, 'f', 0, 0))
                        .section(10, bytes(1), unsigned(body.length), body)
                        .build();
        Guest g = guest(load(module));
        assertEquals(depth, call(g, "f", 0));
        long used = g.fuelUsed();
        assertEquals(depth + 4 - depth % 4, call(g, "f", 1));
        assertTrue(g.fuelUsed() > used);
    }

    @Test
    void a_deadline_ends_the_call() {
        Guest g = guest(SPIN_AND_WORK);
        long now = System.nanoTime();
        CallBudget soon = new CallBudget(60_000_000_000L, 20_000_000, now + 20_000_000, 0, 65_536);
        PluginException e = refused(ErrorCode.LIMIT_TIME, () -> call(g, soon, "spin"));
        assertTrue(e.detail().contains("allowed are 20.0 ms"), e.detail());
        assertTrue(e.remedy().contains("wallMillis"), e.remedy());
    }

    @Test
    void cancel_ends_a_running_call() throws InterruptedException {
        GuestCode code =
                load(
                        """
                        (import "env" "begun" (func $begun (result i32)))
                        (func (export "f") (drop (call $begun)) (loop $l (br $l)))
                        """);
        CountDownLatch begun = new CountDownLatch(1);
        Guest g =
                guest(
                        code,
                        host(
                                "begun",
                                0,
                                (guest, a) -> {
                                    begun.countDown();
                                    return 0;
                                }));
        Thread canceller =
                new Thread(
                        () -> {
                            try {
                                begun.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            g.cancel();
                        },
                        "canceller");
        canceller.start();
        refused(ErrorCode.NOT_ACTIVE, () -> call(g, "f"));
        canceller.join();
    }

    @Test
    void a_host_function_that_swallows_the_limit_does_not_save_the_guest() {
        GuestCode code =
                load(
                        """
                        (import "env" "shield" (func $shield (result i32)))
                        (func (export "spin") (result i32) (loop $l (br $l)) (i32.const 0))
                        (func (export "f") (result i32) (call $shield))
                        """);
        AtomicBoolean swallowed = new AtomicBoolean();
        Guest g =
                guest(
                        code,
                        host(
                                "shield",
                                0,
                                (guest, a) -> {
                                    assertThrows(
                                            PluginException.class,
                                            () -> guest.function("spin").call());
                                    swallowed.set(true);
                                    return 0;
                                }));
        refused(ErrorCode.LIMIT_CPU, () -> call(g, budget(20, 0, 65_536), "f"));
        assertTrue(swallowed.get());
    }

    @Test
    void thread_and_code_serve_on_after_each_end() {
        GuestCode code = load(SPIN_AND_WORK);
        for (int i = 0; i < 5; i++) {
            Guest g = guest(code);
            refused(ErrorCode.LIMIT_CPU, () -> call(g, budget(5, 0, 65_536), "spin"));
            g.close();
            Guest h = guest(code);
            refused(ErrorCode.LIMIT_STACK, () -> call(h, "deep", 1 << 20));
            h.close();
            Guest fresh = guest(code);
            assertEquals(3, call(fresh, "deep", 3));
            fresh.close();
        }
    }

    @Test
    void an_endless_start_function_ends_the_instantiation() {
        GuestCode code = load("(memory 1) (func $s (loop $l (br $l))) (start $s)");
        Quota quota = Quota.pages(1);
        refused(
                ErrorCode.LIMIT_CPU,
                () -> code.instantiate(java.util.List.of(), quota, budget(20, 0, 65_536)));
        assertEquals(0, quota.taken());
    }
}
