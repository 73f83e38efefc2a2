package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wabt.Wat2Wasm;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Metered classes compute what Chicory's interpreter computes; that one is the oracle here. */
class OracleTest {
    private static final CallBudget BUDGET =
            new CallBudget(20_000_000_000L, 1, Long.MAX_VALUE, 0, 1 << 16);

    private static final byte[] MODULE =
            Wat2Wasm.parse(
                    """
                    (module (memory (export "memory") 1)
                      (func (export "int") (param $a i32) (param $b i32) (result i64)
                        (i64.or
                          (i64.shl (i64.extend_i32_u
                            (i32.xor (i32.rotl (local.get $a) (local.get $b))
                              (i32.add (i32.clz (local.get $a)) (i32.popcnt (local.get $b)))))
                            (i64.const 32))
                          (i64.extend_i32_u
                            (i32.or (i32.lt_u (local.get $a) (local.get $b))
                            (i32.or (i32.shl (i32.le_u (local.get $a) (local.get $b)) (i32.const 1))
                            (i32.or (i32.shl (i32.gt_u (local.get $a) (local.get $b)) (i32.const 2))
                            (i32.or (i32.shl (i32.ge_u (local.get $a) (local.get $b)) (i32.const 3))
                            (i32.or (i32.shl (i32.lt_s (local.get $a) (local.get $b)) (i32.const 4))
                              (i32.shl (i32.eq (local.get $a) (local.get $b)) (i32.const 5))))))))))
                      (func (export "div") (param $a i32) (param $b i32) (result i64)
                        (i64.add (i64.extend_i32_s (i32.div_s (local.get $a) (local.get $b)))
                          (i64.mul (i64.const 3) (i64.extend_i32_u (i32.rem_u (local.get $a) (local.get $b))))))
                      (func (export "float") (param $a i32) (param $b i32) (result i64) (local $d f64)
                        (local.set $d (f64.div (f64.convert_i32_s (local.get $a)) (f64.convert_i32_u (local.get $b))))
                        (i64.xor (i64.reinterpret_f64 (f64.min (local.get $d) (f64.nearest (local.get $d))))
                          (i64.extend_i32_s (i32.trunc_f64_s (local.get $d)))))
                      (func (export "hash") (param $a i32) (param $b i32) (result i64)
                        (local $i i32) (local $h i64)
                        (local.set $h (i64.const 0xcbf29ce484222325))
                        (loop $o
                          (i32.store16 (i32.and (i32.mul (local.get $i) (local.get $a)) (i32.const 0xfffe)) (local.get $b))
                          (local.set $h (i64.mul (i64.const 0x100000001b3)
                            (i64.xor (local.get $h) (i64.load8_u (i32.and (local.get $i) (i32.const 0xffff))))))
                          (block $skip (br_if $skip (i32.and (local.get $i) (i32.const 7)))
                            (local.set $h (i64.rotr (local.get $h) (i64.const 9))))
                          (br_if $o (i32.ne (i32.const 300)
                            (local.tee $i (i32.add (local.get $i) (i32.const 1))))))
                        (local.get $h))
                      (func (export "switch") (param $a i32) (param $b i32) (result i64)
                        (local $n i32) (local $r i64)
                        (local.set $n (i32.and (local.get $b) (i32.const 63)))
                        (loop $next (block $d (block $c (block $b (block $a
                          (br_table $a $b $c $d (i32.and (local.get $a) (i32.const 3))))
                          (local.set $r (i64.add (local.get $r) (i64.const 1))) (br $d))
                          (local.set $r (i64.mul (local.get $r) (i64.const 3))))
                          (local.set $r (i64.sub (local.get $r) (i64.const 7))))
                          (local.set $a (i32.rotr (local.get $a) (i32.const 1)))
                          (br_if $next (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                        (local.get $r))
                      (func (export "address") (param $a i32) (param $b i32) (result i64)
                        (i64.store offset=8 (local.get $a) (i64.extend_i32_s (local.get $b)))
                        (i64.load offset=6 (local.get $a)))
                      (func (export "bulk") (param $a i32) (param $b i32) (result i64)
                        (memory.fill (local.get $a) (local.get $b) (i32.const 99))
                        (memory.copy (local.get $b) (local.get $a) (i32.const 50))
                        (i64.load (i32.const 64))))
                    """);

    private static final GuestCode CODE = new Loader().load(MODULE);

    private static final class Loader extends EngineFixture {
        @Override
        io.trinity.api.engine.Engine engine() {
            return TestEngine.ENGINE;
        }
    }

    @Property(tries = 300)
    void numbers(@ForAll int a, @ForAll int b) {
        agree("int", a, b);
        agree("int", a, a);
        agree("div", a, b);
        agree("float", a, b);
    }

    @Property(tries = 100)
    void loops(@ForAll int a, @ForAll int b) {
        agree("hash", a, b);
        agree("switch", a, b | 1);
    }

    @Property(tries = 200)
    void addresses(@ForAll @IntRange(min = 65_400, max = 65_560) int a, @ForAll int b) {
        agree("address", a, b);
        agree("bulk", a & 0xFFFF, b & 0xFFFF);
        agree("bulk", a, b);
    }

    /** Same result or both trap, and the same memory afterwards. */
    private static void agree(String function, int a, int b) {
        Instance oracle = Instance.builder(Parser.parse(MODULE)).build();
        Guest guest = CODE.instantiate(List.of(), Quota.pages(4), BUDGET);
        Long expected = null;
        try {
            expected = oracle.export(function).apply(a, b)[0];
        } catch (ChicoryException e) {
            // A trap; ours is to be one too.
        }
        Long actual = null;
        try {
            actual = guest.run(BUDGET, () -> guest.function(function).call(a, b));
        } catch (PluginException e) {
            assertEquals(ErrorCode.GUEST_TRAP, e.code());
        }
        assertEquals(expected, actual, () -> "%s(%d, %d)".formatted(function, a, b));
        if (expected != null) {
            assertArrayEquals(oracle.memory().readBytes(0, 65_536), guest.memory().read(0, 65_536));
        }
    }
}
