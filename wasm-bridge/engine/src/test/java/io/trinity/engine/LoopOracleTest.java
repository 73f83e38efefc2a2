package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.engine.LoopTree.State;
import io.trinity.engine.LoopTree.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random loops against Java that computes the same: equal results, and fuel that is the same in
 * every run, limits exactly, and is at least one unit for each round.
 */
class LoopOracleTest extends EngineFixture {
    private static final int FUNCTIONS = 12;
    private static final int LEAST_MODULES = 10;
    private static final long MOST_ROUNDS = 100_000;

    /** Rounds that a run may owe when it is stopped. */
    private static final long OWED = 10_000;

    @Override
    Engine engine() {
        return TestEngine.ENGINE;
    }

    /** What came out of one call. */
    private record Outcome(String result, long fuel) {}

    @Test
    void randomLoopsComputeAndCountAsTheyShould() {
        Fuzz fuzz = new Fuzz();
        int finished = 0;
        int trapped = 0;
        int endless = 0;
        while (fuzz.goesOn(LEAST_MODULES)) {
            Random random = fuzz.random();
            List<Statement> functions = new ArrayList<>();
            for (int i = 0; i < FUNCTIONS; i++) {
                functions.add(new RandomLoops(random).function());
            }
            GuestCode code = load(module(functions));
            for (int i = 0; i < FUNCTIONS; i++) {
                for (int n = 0; n < 3; n++) {
                    RandomLoops edges = new RandomLoops(random);
                    int[] arguments = {edges.edge(), edges.edge(), random.nextInt(50)};
                    String where =
                            "%s: f%d%s of\n%s"
                                    .formatted(
                                            fuzz,
                                            i,
                                            Arrays.toString(arguments),
                                            functions.get(i).wat());
                    switch (check(code, functions.get(i), "f" + i, arguments, where)) {
                        case "endless" -> endless++;
                        case "trap" -> trapped++;
                        default -> finished++;
                    }
                }
            }
        }
        assertTrue(
                finished > 100 && trapped > 5 && endless > 5,
                "finished %d, trapped %d, endless %d".formatted(finished, trapped, endless));
    }

    private static String module(List<Statement> functions) {
        StringBuilder wat =
                new StringBuilder(
                        """
                        (memory 1)
                        (func $leaf (param i32) (result i32)
                          (i32.add (i32.mul (local.get 0) (i32.const 5)) (i32.const 1)))
                        """);
        for (int i = 0; i < functions.size(); i++) {
            wat.append("(func (export \"f%d\")".formatted(i));
            for (int v = 0; v < LoopTree.VARIABLES; v++) {
                wat.append(v < LoopTree.PARAMETERS ? " (param $v" : " (local $v").append(v);
                wat.append(" i32)").append(v == LoopTree.PARAMETERS - 1 ? " (result i32)" : "");
            }
            wat.append(" (local $w i64) (local $h i32) (local $i i32)\n(block $return\n");
            wat.append(functions.get(i).wat());
            wat.append(")\n").append(hash()).append(")\n");
        }
        return wat.toString();
    }

    /** {@link State#result}. */
    private static String hash() {
        StringBuilder wat =
                new StringBuilder(
                        "(local.set $h (i32.wrap_i64 (i64.xor (local.get $w)"
                                + " (i64.shr_u (local.get $w) (i64.const 32)))))\n");
        String next = "(local.set $h (i32.add (i32.mul (local.get $h) (i32.const 31)) %s))\n";
        for (int v = 0; v < LoopTree.VARIABLES; v++) {
            wat.append(next.formatted("(local.get $v" + v + ")"));
        }
        for (int m = 0; m < 16; m++) {
            wat.append(next.formatted("(i32.load (i32.const " + 4 * m + "))"));
        }
        return wat.append("(local.get $h)").toString();
    }

    private static String check(
            GuestCode code, Statement function, String name, int[] arguments, String where) {
        State state = new State(MOST_ROUNDS, arguments);
        String expected;
        try {
            function.run(state);
            expected = String.valueOf(state.result());
        } catch (LoopTree.Trap e) {
            expected = "trap";
        } catch (LoopTree.Endless e) {
            // A unit for each round at least.
            Outcome stopped = run(code, name, MOST_ROUNDS - OWED, false, arguments);
            assertEquals(ErrorCode.LIMIT_FUEL.name(), stopped.result(), where);
            assertEquals(stopped, run(code, name, MOST_ROUNDS - OWED, true, arguments), where);
            return "endless";
        }
        Outcome outcome = run(code, name, 0, false, arguments);
        assertEquals(expected, outcome.result(), where);
        assertEquals(outcome, run(code, name, 0, false, arguments), where);
        assertEquals(outcome, run(code, name, 0, true, arguments), where);
        long owed = expected.equals("trap") ? OWED : 0;
        assertTrue(
                outcome.fuel() + owed >= state.rounds,
                () -> outcome + " for " + state.rounds + where);
        assertEquals(outcome, run(code, name, outcome.fuel(), false, arguments), where);
        for (long less : new long[] {1, outcome.fuel() / 3, outcome.fuel() - 1}) {
            Outcome stopped = run(code, name, Math.max(1, less), false, arguments);
            assertEquals(ErrorCode.LIMIT_FUEL.name(), stopped.result(), where);
            assertEquals(stopped, run(code, name, Math.max(1, less), true, arguments), where);
        }
        return expected;
    }

    private static Outcome run(
            GuestCode code, String name, long fuel, boolean smallSlices, int[] arguments) {
        Guest guest = code.instantiate(List.of(), Quota.pages(4), GENEROUS);
        CallBudget budget = budget(20_000, fuel, 65_536);
        long[] core = Arrays.stream(arguments).asLongStream().toArray();
        String result;
        try {
            result =
                    String.valueOf(
                            guest.run(
                                    budget,
                                    () -> {
                                        if (smallSlices) {
                                            Slices.shrink(guest);
                                        }
                                        return guest.function(name).call(core);
                                    }));
        } catch (PluginException e) {
            result = e.code() == ErrorCode.GUEST_TRAP ? "trap" : e.code().name();
        }
        Outcome outcome = new Outcome(result, guest.fuelUsed());
        guest.close();
        return outcome;
    }

    /** More rounds cost more, across the ends of strips and of what is paid before. */
    @Test
    void eachRoundCostsSomething() {
        GuestCode code =
                load(
                        """
                        (func (export "ne") (param $n i32) (local $i i32)
                          (loop $l (br_if $l (i32.ne (local.get $n)
                            (local.tee $i (i32.add (local.get $i) (i32.const 1)))))))
                        (func (export "down") (param $n i32)
                          (loop $l (br_if $l (local.tee $n (i32.add (local.get $n) (i32.const -1))))))
                        (func (export "strip") (param $n i32)
                          (loop $l (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))
                        (func (export "while") (param $n i32) (local $i i32)
                          (block $b (loop $l (br_if $b (i32.ge_u (local.get $i) (local.get $n)))
                            (local.set $i (i32.add (local.get $i) (i32.const 1))) (br $l))))
                        (func (export "signed") (param $n i32) (local $i i32)
                          (loop $l (br_if $l (i32.lt_s
                            (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n)))))
                        (func (export "edge") (param $n i32) (local $i i32)
                          (local.set $i (i32.sub (i32.const -1) (local.get $n)))
                          (loop $l (br_if $l (i32.lt_u
                            (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const -1)))))
                        """);
        Guest guest = code.instantiate(List.of(), Quota.pages(1), GENEROUS);
        for (String name : code.exports().keySet()) {
            long before = 0;
            for (int rounds = 1; rounds < 9_000; rounds += rounds < 10 ? 1 : rounds % 7 + 1) {
                call(guest, name, rounds);
                long used = guest.fuelUsed();
                assertTrue(used >= rounds, name + " " + rounds + " rounds: " + used);
                assertTrue(used > before, name + " " + rounds + " rounds: " + used + " " + before);
                before = used;
            }
        }
    }

    @Test
    void aBoundThatIsOneOfSeveralIsNoneThatIsKnownBeforehand() {
        Guest guest =
                guest(
                        """
                        (func (export "f") (param $c i32) (param $x i32) (result i32) (local $i i32)
                          (loop $l
                            (br_if $l (i32.ne
                              (if (result i32) (local.get $c) (then (i32.const 300)) (else (local.get $x)))
                              (local.tee $i (i32.add (local.get $i) (i32.const 1))))))
                          (local.get $i))
                        """);
        assertEquals(300, call(guest, "f", 1, 1_000));
        assertEquals(1_000, call(guest, "f", 0, 1_000));
    }

    /** It begins at its bound: the first round, in which it stays there, is the last one. */
    @Test
    void aStepThatMayBeLeftOutTellsNoRounds() {
        Guest guest =
                guest(
                        """
                        (func (export "f") (param $c i32) (result i32) (local $i i32) (local $n i32)
                          (local.set $i (i32.const 8))
                          (loop $l
                            (local.set $n (i32.add (local.get $n) (i32.const 1)))
                            (if (local.get $c) (then (local.set $i (i32.add (local.get $i) (i32.const 1)))))
                            (br_if $l (i32.ne (local.get $i) (i32.const 8))))
                          (local.get $n))
                        """);
        assertEquals(1, call(guest, "f", 0));
    }

    @Test
    void theOracleKnowsWhatIsWrong() {
        Statement adds = new LoopTree.Set(0, new LoopTree.Const(1));
        GuestCode code = load(module(List.of(new LoopTree.Set(0, new LoopTree.Const(2)))));
        assertThrows(
                AssertionError.class,
                () -> check(code, adds, "f0", new int[] {0, 0, 0}, "another function"));
    }
}
