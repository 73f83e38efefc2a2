package io.trinity.engine;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Functions of loops, as text for the assembler and as Java that computes the same. Variables are
 * i32 locals {@code $v0…}; the first three are parameters.
 */
final class LoopTree {
    static final int VARIABLES = 7;
    static final int PARAMETERS = 3;

    private LoopTree() {}

    /** What is computed on: variables, a little memory, and how many rounds may yet begin. */
    static final class State {
        final int[] variables = new int[VARIABLES];
        final int[] memory = new int[16];
        long wide;
        long rounds;
        final long mostRounds;

        State(long mostRounds, int... arguments) {
            this.mostRounds = mostRounds;
            System.arraycopy(arguments, 0, variables, 0, arguments.length);
        }

        void round() {
            rounds++;
            if (rounds > mostRounds) {
                throw new Endless();
            }
        }

        int result() {
            int hash = Long.hashCode(wide);
            for (int v : variables) {
                hash = hash * 31 + v;
            }
            for (int m : memory) {
                hash = hash * 31 + m;
            }
            return hash;
        }
    }

    /** More rounds than a test waits for. */
    @SuppressWarnings("serial")
    static final class Endless extends RuntimeException {}

    /** A trap. */
    @SuppressWarnings("serial")
    static final class Trap extends RuntimeException {}

    /** How a statement ends: goes on, leaves to a loop's end or head, or returns. */
    record End(int loop, boolean again) {
        static final End ON = new End(-1, false);
        static final End RETURN = new End(-2, false);
    }

    /** An i32. */
    interface Value {
        int of(State s);

        String wat();
    }

    record Const(int value) implements Value {
        @Override
        public int of(State s) {
            return value;
        }

        @Override
        public String wat() {
            return "(i32.const " + value + ")";
        }
    }

    record Var(int index) implements Value {
        @Override
        public int of(State s) {
            return s.variables[index];
        }

        @Override
        public String wat() {
            return "(local.get $v" + index + ")";
        }
    }

    /** {@code variable += step}, and its value. */
    record Step(int index, Value by, boolean minus) implements Value {
        /** As a statement of its own. */
        Statement alone() {
            return new Set(index, new Binary(minus ? "sub" : "add", new Var(index), by));
        }

        @Override
        public int of(State s) {
            s.variables[index] += minus ? -by.of(s) : by.of(s);
            return s.variables[index];
        }

        @Override
        public String wat() {
            return "(local.tee $v%d (i32.%s (local.get $v%d) %s))"
                    .formatted(index, minus ? "sub" : "add", index, by.wat());
        }
    }

    record Choice(Value condition, Value yes, Value no) implements Value {
        @Override
        public int of(State s) {
            return condition.of(s) != 0 ? yes.of(s) : no.of(s);
        }

        @Override
        public String wat() {
            return "(if (result i32) %s (then %s) (else %s))"
                    .formatted(condition.wat(), yes.wat(), no.wat());
        }
    }

    record Load(Value address) implements Value {
        @Override
        public int of(State s) {
            return s.memory[address.of(s) & 15];
        }

        @Override
        public String wat() {
            return "(i32.load " + slot(address) + ")";
        }
    }

    private static String slot(Value address) {
        return "(i32.shl (i32.and %s (i32.const 15)) (i32.const 2))".formatted(address.wat());
    }

    /** Any operation of two operands. */
    record Binary(String op, Value left, Value right) implements Value {
        static final List<String> ARITHMETIC =
                List.of("add", "sub", "mul", "xor", "and", "or", "shl", "shr_u", "div_s", "rem_u");
        static final List<String> COMPARISONS =
                List.of("eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u");

        @Override
        public int of(State s) {
            int a = left.of(s);
            int b = right.of(s);
            if (b == 0 && (op.equals("div_s") || op.equals("rem_u"))
                    || op.equals("div_s") && a == Integer.MIN_VALUE && b == -1) {
                throw new Trap();
            }
            return switch (op) {
                case "add" -> a + b;
                case "sub" -> a - b;
                case "mul" -> a * b;
                case "xor" -> a ^ b;
                case "and" -> a & b;
                case "or" -> a | b;
                case "shl" -> a << b;
                case "shr_u" -> a >>> b;
                case "div_s" -> a / b;
                case "rem_u" -> Integer.remainderUnsigned(a, b);
                case "eq" -> a == b ? 1 : 0;
                case "ne" -> a != b ? 1 : 0;
                case "lt_s" -> a < b ? 1 : 0;
                case "lt_u" -> Integer.compareUnsigned(a, b) < 0 ? 1 : 0;
                case "gt_s" -> a > b ? 1 : 0;
                case "gt_u" -> Integer.compareUnsigned(a, b) > 0 ? 1 : 0;
                case "le_s" -> a <= b ? 1 : 0;
                case "le_u" -> Integer.compareUnsigned(a, b) <= 0 ? 1 : 0;
                case "ge_s" -> a >= b ? 1 : 0;
                case "ge_u" -> Integer.compareUnsigned(a, b) >= 0 ? 1 : 0;
                default -> throw new IllegalArgumentException(op);
            };
        }

        @Override
        public String wat() {
            return "(i32.%s %s %s)".formatted(op, left.wat(), right.wat());
        }
    }

    /** A call of {@code $leaf}: {@code x * 5 + 1}. */
    record Call(Value argument) implements Value {
        @Override
        public int of(State s) {
            return argument.of(s) * 5 + 1;
        }

        @Override
        public String wat() {
            return "(call $leaf " + argument.wat() + ")";
        }
    }

    /** Does something and leaves nothing behind. */
    interface Statement {
        End run(State s);

        String wat();
    }

    record Set(int index, Value value) implements Statement {
        @Override
        public End run(State s) {
            s.variables[index] = value.of(s);
            return End.ON;
        }

        @Override
        public String wat() {
            return "(local.set $v%d %s)".formatted(index, value.wat());
        }
    }

    /** {@code wide = wide * 3 + value} in i64. */
    record Widen(Value value) implements Statement {
        @Override
        public End run(State s) {
            s.wide = s.wide * 3 + value.of(s);
            return End.ON;
        }

        @Override
        public String wat() {
            return "(local.set $w (i64.add (i64.mul (local.get $w) (i64.const 3))"
                    + " (i64.extend_i32_s %s)))".formatted(value.wat());
        }
    }

    record Store(Value address, Value value) implements Statement {
        @Override
        public End run(State s) {
            int at = address.of(s) & 15;
            s.memory[at] = value.of(s);
            return End.ON;
        }

        @Override
        public String wat() {
            return "(i32.store %s %s)".formatted(slot(address), value.wat());
        }
    }

    record Block(List<Statement> all) implements Statement {
        @Override
        public End run(State s) {
            for (Statement statement : all) {
                End end = statement.run(s);
                if (end != End.ON) {
                    return end;
                }
            }
            return End.ON;
        }

        @Override
        public String wat() {
            return all.stream().map(Statement::wat).collect(Collectors.joining("\n"));
        }
    }

    record If(Value condition, Statement yes, Statement no) implements Statement {
        @Override
        public End run(State s) {
            return condition.of(s) != 0 ? yes.run(s) : no.run(s);
        }

        @Override
        public String wat() {
            return "(if %s (then %s) (else %s))".formatted(condition.wat(), yes.wat(), no.wat());
        }
    }

    /** To a loop's end or head, or out of the function, or a trap. */
    record Leave(Value condition, End end, boolean traps) implements Statement {
        @Override
        public End run(State s) {
            if (condition.of(s) == 0) {
                return End.ON;
            }
            if (traps) {
                throw new Trap();
            }
            return end;
        }

        @Override
        public String wat() {
            if (traps) {
                return "(if %s (then unreachable))".formatted(condition.wat());
            }
            return end == End.RETURN
                    ? "(br_if $return %s)".formatted(condition.wat())
                    : "(br_if %s %s)".formatted(label(end), condition.wat());
        }
    }

    private static String label(End end) {
        return end == End.RETURN ? "$return" : (end.again() ? "$head" : "$end") + end.loop();
    }

    record Switch(Value index, List<End> ends) implements Statement {
        @Override
        public End run(State s) {
            int i = index.of(s);
            return ends.get(Integer.compareUnsigned(i, ends.size()) < 0 ? i : ends.size() - 1);
        }

        @Override
        public String wat() {
            return "(br_table %s %s)"
                    .formatted(
                            ends.stream().map(LoopTree::label).collect(Collectors.joining(" ")),
                            index.wat());
        }
    }

    /**
     * A loop.
     *
     * @param before asked at the head; where it is 0 the loop ends
     * @param after asked at the end; where it is not 0 it begins another round
     */
    record Loop(int number, Value before, Statement body, Value after) implements Statement {
        static final Value ALWAYS = new Const(1);

        @Override
        public End run(State s) {
            while (true) {
                s.round();
                if (before != ALWAYS && before.of(s) == 0) {
                    return End.ON;
                }
                End end = body.run(s);
                if (end.loop() == number) {
                    if (end.again()) {
                        continue;
                    }
                    return End.ON;
                }
                if (end != End.ON) {
                    return end;
                }
                if (after != ALWAYS && after.of(s) == 0) {
                    return End.ON;
                }
            }
        }

        @Override
        public String wat() {
            String head = "$head" + number;
            String end = "$end" + number;
            String asked =
                    before == ALWAYS ? "" : "(br_if %s (i32.eqz %s))".formatted(end, before.wat());
            String again =
                    after == ALWAYS
                            ? "(br %s)".formatted(head)
                            : "(br_if %s %s)".formatted(head, after.wat());
            return "(block %s (loop %s %s\n%s\n%s))".formatted(end, head, asked, body.wat(), again);
        }
    }
}
