package io.trinity.engine;

import io.trinity.engine.LoopTree.Binary;
import io.trinity.engine.LoopTree.Block;
import io.trinity.engine.LoopTree.Call;
import io.trinity.engine.LoopTree.Choice;
import io.trinity.engine.LoopTree.Const;
import io.trinity.engine.LoopTree.End;
import io.trinity.engine.LoopTree.If;
import io.trinity.engine.LoopTree.Leave;
import io.trinity.engine.LoopTree.Load;
import io.trinity.engine.LoopTree.Loop;
import io.trinity.engine.LoopTree.Set;
import io.trinity.engine.LoopTree.Statement;
import io.trinity.engine.LoopTree.Step;
import io.trinity.engine.LoopTree.Store;
import io.trinity.engine.LoopTree.Switch;
import io.trinity.engine.LoopTree.Value;
import io.trinity.engine.LoopTree.Var;
import io.trinity.engine.LoopTree.Widen;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random functions of loops, most of them such that a few rounds end them. Variables 4 to 6 count
 * the rounds of loops at depth 1 to 3; little else writes them.
 */
final class RandomLoops {
    private static final int DEEPEST = 3;
    private static final int[] EDGES = {
        0,
        1,
        2,
        3,
        7,
        8,
        100,
        -1,
        -2,
        -8,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 5,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 3
    };

    private final Random random;
    private int loops;

    RandomLoops(Random random) {
        this.random = random;
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int edge() {
        return oneIn(3)
                ? random.nextInt(300)
                : EDGES[random.nextInt(EDGES.length)] + random.nextInt(5) - 2;
    }

    Statement function() {
        List<Statement> all = new ArrayList<>();
        all.add(loop(1, List.of()));
        if (oneIn(2)) {
            all.add(new Set(3, value(1)));
            all.add(loop(1, List.of()));
        }
        return new Block(all);
    }

    /** Does not write what counts a loop, and does not call where it should stay an inner one. */
    private Value value(int depth) {
        return switch (depth == 0 ? random.nextInt(3) : random.nextInt(9)) {
            case 0 -> new Const(edge());
            case 1, 2, 3 -> new Var(random.nextInt(LoopTree.VARIABLES));
            case 4 -> new Load(value(depth - 1));
            case 5 -> new Choice(value(depth - 1), value(depth - 1), value(depth - 1));
            case 6 -> new Binary(oneOf(Binary.COMPARISONS), value(depth - 1), value(depth - 1));
            default -> binary(depth);
        };
    }

    private Value binary(int depth) {
        String op = oneOf(Binary.ARITHMETIC);
        boolean divides = op.equals("div_s") || op.equals("rem_u");
        // Most divisors are none that traps.
        Value right =
                divides && !oneIn(8)
                        ? new Binary("or", value(depth - 1), new Const(1))
                        : value(depth - 1);
        boolean wraps = op.equals("div_s");
        return new Binary(wraps ? "rem_u" : op, value(depth - 1), right);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private Statement loop(int depth, List<Integer> around) {
        int number = loops++;
        int counter = LoopTree.PARAMETERS + depth;
        List<Integer> within = new ArrayList<>(around);
        within.add(number);
        List<Statement> body = new ArrayList<>();
        int length = random.nextInt(4);
        for (int i = 0; i < length; i++) {
            body.add(statement(depth, within));
        }
        if (depth < DEEPEST && oneIn(2)) {
            body.add(loop(depth + 1, within));
            if (oneIn(2)) {
                body.add(statement(depth, within));
            }
        }
        Form form = oneIn(5) ? new Form(start(), test(counter)) : tame(counter, depth);
        Value test = form.test();
        Step step = stepOf(test);
        if (step != null && oneIn(3)) {
            // In some rounds only, its rounds cannot be told.
            body.add(oneIn(4) ? new If(rarely(), new Widen(value(1)), step.alone()) : step.alone());
            if (oneIn(3)) {
                body.add(statement(depth, within));
            }
            test = withoutStep(test, counter);
        }
        Loop loop =
                oneIn(3)
                        ? new Loop(number, test, new Block(body), Loop.ALWAYS)
                        : new Loop(number, Loop.ALWAYS, new Block(body), test);
        return new Block(List.of(new Set(counter, form.start()), loop));
    }

    private static @Nullable Step stepOf(Value test) {
        if (test instanceof Binary b) {
            return b.left() instanceof Step s ? s : stepOf(b.right());
        }
        return test instanceof Step s ? s : null;
    }

    /** The test when the step was done before. */
    private static Value withoutStep(Value test, int counter) {
        if (test instanceof Binary b) {
            return b.left() instanceof Step
                    ? new Binary(b.op(), new Var(counter), b.right())
                    : new Binary(b.op(), b.left(), withoutStep(b.right(), counter));
        }
        return new Var(counter);
    }

    /** What counts a loop begins with, and what is asked about it. */
    private record Form(Value start, Value test) {}

    /** Ends after so many rounds, wherever the bound lies, unless something writes the counter. */
    private Form tame(int counter, int depth) {
        int rounds = 1 + random.nextInt(depth == 1 && oneIn(4) ? 5_000 : 12);
        int by = oneIn(2) ? 1 : oneIn(2) ? 1 << random.nextInt(31) : 1 + random.nextInt(9);
        boolean down = oneIn(3);
        Value bound = oneIn(2) ? new Const(edge()) : new Var(random.nextInt(LoopTree.PARAMETERS));
        boolean left = oneIn(2);
        List<String> orders =
                down == left ? List.of("ne", "gt_s", "gt_u") : List.of("ne", "lt_s", "lt_u");
        String op = oneOf(orders);
        // Where the last step goes past the bound, it may wrap.
        int past = op.equals("ne") ? 0 : random.nextInt(by);
        int distance = down ? rounds * by - past : past - rounds * by;
        Value start =
                bound instanceof Const c
                        ? new Const(c.value() + distance)
                        : new Binary("add", bound, new Const(distance));
        Value step = new Step(counter, new Const(down ? -by : by), false);
        return new Form(start, left ? new Binary(op, step, bound) : new Binary(op, bound, step));
    }

    private Value start() {
        return oneIn(3) ? new Var(random.nextInt(LoopTree.PARAMETERS)) : new Const(edge());
    }

    /** Most are of the forms whose rounds can be told beforehand. */
    private Value test(int counter) {
        int by = oneIn(2) ? 1 : oneIn(2) ? 1 << random.nextInt(31) : 1 + random.nextInt(9);
        boolean minus = oneIn(3);
        Value step =
                oneIn(3) && minus
                        ? new Step(counter, new Const(by), true)
                        : new Step(counter, new Const(minus ? -by : by), false);
        if (oneIn(6)) {
            return step;
        }
        Value bound =
                oneIn(6) ? value(2) : oneIn(2) ? new Const(edge()) : new Var(random.nextInt(4));
        String op =
                oneIn(2)
                        ? oneOf(List.of("ne", "lt_s", "lt_u", "gt_s", "gt_u"))
                        : oneOf(Binary.COMPARISONS);
        return oneIn(2) ? new Binary(op, step, bound) : new Binary(op, bound, step);
    }

    private Statement statement(int depth, List<Integer> within) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> new Set(variable(), value(2));
            case 4 -> new Widen(value(2));
            case 5, 6 -> new Store(value(1), value(2));
            case 7 -> new If(value(1), statement(depth, within), statement(depth, within));
            case 8 -> new Leave(rarely(), end(within), false);
            case 9 -> oneIn(3) ? new Leave(rarely(), End.ON, true) : new Widen(value(1));
            case 10 ->
                    oneIn(3)
                            ? new If(rarely(), table(within), new Widen(value(1)))
                            : new Set(variable(), value(3));
            default -> oneIn(3) ? new Set(variable(), new Call(value(1))) : new Widen(value(1));
        };
    }

    private Statement table(List<Integer> within) {
        List<End> ends = new ArrayList<>();
        int length = 1 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            ends.add(end(within));
        }
        return new Switch(value(1), ends);
    }

    /** A parameter, a free one, and now and then what counts a loop. */
    private int variable() {
        return random.nextInt(oneIn(15) ? LoopTree.VARIABLES : LoopTree.PARAMETERS + 1);
    }

    private Value rarely() {
        return new Binary(
                "eq", new Binary("and", value(1), new Const(63)), new Const(random.nextInt(64)));
    }

    private End end(List<Integer> within) {
        return oneIn(4) ? End.RETURN : new End(oneOf(within), oneIn(2));
    }
}
