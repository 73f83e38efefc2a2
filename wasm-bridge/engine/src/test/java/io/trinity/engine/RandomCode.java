package io.trinity.engine;

import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.engine.RandomModule.Signature;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Random statements and expressions of one function; see {@link RandomModule}. */
final class RandomCode {
    static final List<ValueType> TYPES =
            List.of(ValueType.I32, ValueType.I64, ValueType.F32, ValueType.F64);

    /**
     * @param space local or global
     */
    record Variable(String space, String name, ValueType type) {}

    private static final List<String> INTEGER =
            List.of(
                    "add", "sub", "mul", "and", "or", "xor", "shl", "shr_s", "shr_u", "rotl",
                    "rotr");
    private static final List<String> DIVISION = List.of("div_s", "div_u", "rem_s", "rem_u");
    private static final List<String> INTEGER_COMPARISON =
            List.of("eq", "ne", "lt_s", "lt_u", "gt_s", "gt_u", "le_s", "le_u", "ge_s", "ge_u");
    private static final List<String> FLOAT = List.of("add", "sub", "mul", "div", "min", "max");
    private static final List<String> FLOAT_OF_ONE =
            List.of("ceil", "floor", "trunc", "nearest", "sqrt");
    private static final List<String> FLOAT_COMPARISON =
            List.of("eq", "ne", "lt", "gt", "le", "ge");
    private static final List<String> BITS = List.of("clz", "ctz", "popcnt");

    private static final Map<ValueType, List<String>> LOADS =
            Map.of(
                    ValueType.I32, List.of("load", "load8_s", "load8_u", "load16_s", "load16_u"),
                    ValueType.I64,
                            List.of(
                                    "load",
                                    "load8_s",
                                    "load8_u",
                                    "load16_s",
                                    "load16_u",
                                    "load32_s",
                                    "load32_u"),
                    ValueType.F32, List.of("load"),
                    ValueType.F64, List.of("load"));

    private static final Map<ValueType, List<String>> STORES =
            Map.of(
                    ValueType.I32, List.of("store", "store8", "store16"),
                    ValueType.I64, List.of("store", "store8", "store16", "store32"),
                    ValueType.F32, List.of("store"),
                    ValueType.F64, List.of("store"));

    /**
     * From each type by an instruction of the type that it becomes; those that round stand apart.
     */
    private static final Map<ValueType, Map<String, ValueType>> CONVERSIONS =
            Map.of(
                    ValueType.I32,
                            Map.of(
                                    "wrap_i64", ValueType.I64,
                                    "reinterpret_f32", ValueType.F32,
                                    "trunc_sat_f32_s", ValueType.F32,
                                    "trunc_sat_f64_u", ValueType.F64,
                                    "trunc_f64_s", ValueType.F64,
                                    "extend8_s", ValueType.I32,
                                    "extend16_s", ValueType.I32,
                                    "eqz", ValueType.I32),
                    ValueType.I64,
                            Map.of(
                                    "extend_i32_s", ValueType.I32,
                                    "extend_i32_u", ValueType.I32,
                                    "reinterpret_f64", ValueType.F64,
                                    "trunc_sat_f32_u", ValueType.F32,
                                    "trunc_sat_f64_s", ValueType.F64,
                                    "trunc_f32_u", ValueType.F32,
                                    "extend32_s", ValueType.I64,
                                    "extend8_s", ValueType.I64),
                    ValueType.F32,
                            Map.of(
                                    "convert_i32_s", ValueType.I32,
                                    "convert_i32_u", ValueType.I32,
                                    "convert_i64_s", ValueType.I64,
                                    "convert_i64_u", ValueType.I64,
                                    "reinterpret_i32", ValueType.I32,
                                    "abs", ValueType.F32,
                                    "neg", ValueType.F32,
                                    "demote_f64", ValueType.F64),
                    ValueType.F64,
                            Map.of(
                                    "convert_i32_s", ValueType.I32,
                                    "convert_i32_u", ValueType.I32,
                                    "convert_i64_s", ValueType.I64,
                                    "convert_i64_u", ValueType.I64,
                                    "reinterpret_i64", ValueType.I64,
                                    "abs", ValueType.F64,
                                    "neg", ValueType.F64,
                                    "promote_f32", ValueType.F32));

    private final Random random;
    private final List<Variable> variables;
    private final List<Signature> callable;
    private final int leaves;
    private int loops;
    private int blocks;

    /**
     * @param callable the functions before this one
     * @param leaves how many of them are in the table
     */
    RandomCode(Random random, List<Variable> variables, List<Signature> callable, int leaves) {
        this.random = random;
        this.variables = variables;
        this.callable = callable;
        this.leaves = leaves;
    }

    static String name(ValueType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    static ValueType type(Random random) {
        return oneOf(random, TYPES);
    }

    static <T> T oneOf(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <T> T oneOf(List<T> all) {
        return oneOf(random, all);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** The bits of a value, often one at an edge. */
    static long bits(Random random, ValueType type) {
        return switch (type) {
            case I32 -> (int) integer(random, 31);
            case I64 -> integer(random, 63);
            case F32 ->
                    random.nextInt(4) == 0
                            ? random.nextInt()
                            : Float.floatToRawIntBits((float) number(random));
            default ->
                    random.nextInt(4) == 0
                            ? random.nextLong()
                            : Double.doubleToRawLongBits(number(random));
        };
    }

    private static long integer(Random random, int signBit) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(70) - 3;
            case 1 -> (1L << random.nextInt(signBit + 1)) - random.nextInt(2);
            case 2 -> (-1L << signBit) + random.nextInt(3);
            default -> random.nextLong();
        };
    }

    private static double number(Random random) {
        double edge =
                oneOf(
                        random,
                        List.of(
                                0.0,
                                -0.0,
                                0.5,
                                -0.5,
                                1.5,
                                2.5,
                                Double.NaN,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                0x1p31,
                                -0x1p31 - 1,
                                0x1p32,
                                0x1p63,
                                0x1p64,
                                (double) Float.MIN_VALUE,
                                Double.MIN_VALUE,
                                (double) Float.MAX_VALUE));
        return random.nextInt(3) == 0 ? (random.nextInt(4_000) - 2_000) / 16.0 : edge;
    }

    /** As a constant expression; floats by their bits, so that every NaN can be told. */
    static String constant(Random random, ValueType type) {
        long bits = bits(random, type);
        return switch (type) {
            case I32 -> "(i32.const %d)".formatted((int) bits);
            case I64 -> "(i64.const %d)".formatted(bits);
            case F32 ->
                    "(f32.const %s)".formatted(literal(Float.intBitsToFloat((int) bits), bits, 23));
            default -> "(f64.const %s)".formatted(literal(Double.longBitsToDouble(bits), bits, 52));
        };
    }

    private static String literal(double value, long bits, int fraction) {
        if (Double.isNaN(value)) {
            boolean negative = (bits >> (fraction == 23 ? 31 : 63) & 1) != 0;
            long payload = bits & (1L << fraction) - 1;
            return (negative ? "-" : "") + "nan:0x" + Long.toHexString(payload);
        }
        return Double.isInfinite(value) ? value < 0 ? "-inf" : "inf" : Double.toHexString(value);
    }

    private Variable variable(ValueType type) {
        return oneOf(variables.stream().filter(v -> v.type() == type).toList());
    }

    private String i32(int depth) {
        return value(ValueType.I32, depth);
    }

    /** Most of them within the memory. */
    private String address(int depth) {
        int mask = oneIn(3) ? 0x3F : 0xFFFF;
        return oneIn(120) ? i32(depth) : "(i32.and %s (i32.const %d))".formatted(i32(depth), mask);
    }

    private String offset() {
        return oneIn(2) ? "" : " offset=" + (oneIn(200) ? 70_000 : random.nextInt(40));
    }

    /** An expression of that type. */
    String value(ValueType type, int depth) {
        if (depth == 0) {
            return oneIn(3) ? constant(random, type) : get(variable(type));
        }
        String t = name(type);
        boolean isFloat = type == ValueType.F32 || type == ValueType.F64;
        return switch (random.nextInt(12)) {
            case 0 -> constant(random, type);
            case 1 -> get(variable(type));
            case 2 ->
                    "(%s.%s%s %s)"
                            .formatted(t, oneOf(LOADS.get(type)), offset(), address(depth - 1));
            case 3 -> conversion(type, depth);
            case 4 ->
                    "(select %s %s %s)"
                            .formatted(
                                    value(type, depth - 1), value(type, depth - 1), i32(depth - 1));
            case 5 ->
                    "(if (result %s) %s (then %s) (else %s))"
                            .formatted(
                                    t,
                                    i32(depth - 1),
                                    value(type, depth - 1),
                                    value(type, depth - 1));
            case 6 -> call(type, depth);
            case 7 -> tee(type, depth);
            case 8 -> type == ValueType.I32 ? comparison(depth) : block(type, depth);
            default -> isFloat ? number(type, depth) : integer(type, depth);
        };
    }

    private static String get(Variable v) {
        return "(%s.get %s)".formatted(v.space(), v.name());
    }

    private String tee(ValueType type, int depth) {
        Variable v = variable(type);
        return v.space().equals("local")
                ? "(local.tee %s %s)".formatted(v.name(), value(type, depth - 1))
                : get(v);
    }

    private String block(ValueType type, int depth) {
        String label = "$b" + blocks++;
        return "(block %s (result %s) (br_if %s %s %s))"
                .formatted(label, name(type), label, value(type, depth - 1), i32(depth - 1));
    }

    private String conversion(ValueType type, int depth) {
        Map<String, ValueType> all = CONVERSIONS.get(type);
        String op = oneOf(all.keySet().stream().sorted().toList());
        boolean traps = op.startsWith("trunc_f") && !oneIn(12);
        String code =
                "(%s.%s %s)"
                        .formatted(
                                name(type),
                                traps ? op.replace("trunc_", "trunc_sat_") : op,
                                value(all.get(op), depth - 1));
        return op.startsWith("demote") || op.startsWith("promote") ? canonical(type, code) : code;
    }

    /** Of a NaN that arithmetic makes, the bits are not told. */
    private static String canonical(ValueType type, String code) {
        return "(call $nan%s %s)".formatted(type == ValueType.F32 ? "32" : "64", code);
    }

    private String number(ValueType type, int depth) {
        String t = name(type);
        String code =
                oneIn(3)
                        ? "(%s.%s %s)".formatted(t, oneOf(FLOAT_OF_ONE), value(type, depth - 1))
                        : "(%s.%s %s %s)"
                                .formatted(
                                        t,
                                        oneOf(FLOAT),
                                        value(type, depth - 1),
                                        value(type, depth - 1));
        return canonical(type, code);
    }

    private String integer(ValueType type, int depth) {
        String t = name(type);
        String left = value(type, depth - 1);
        if (oneIn(6)) {
            return "(%s.%s %s)".formatted(t, oneOf(BITS), left);
        }
        String right = value(type, depth - 1);
        if (oneIn(5)) {
            // Most divisors are none that traps.
            String divisor =
                    oneIn(25)
                            ? right
                            : "(%s.or %s (%s.const 1))"
                                    .formatted(
                                            t,
                                            "(%s.and %s (%s.const 0xff))".formatted(t, right, t),
                                            t);
            return "(%s.%s %s %s)".formatted(t, oneOf(DIVISION), left, divisor);
        }
        return "(%s.%s %s %s)".formatted(t, oneOf(INTEGER), left, right);
    }

    private String comparison(int depth) {
        ValueType type = type(random);
        List<String> all =
                type == ValueType.F32 || type == ValueType.F64
                        ? FLOAT_COMPARISON
                        : INTEGER_COMPARISON;
        return "(%s.%s %s %s)"
                .formatted(name(type), oneOf(all), value(type, depth - 1), value(type, depth - 1));
    }

    private String call(ValueType type, int depth) {
        for (int i = 0; i < callable.size(); i++) {
            int index = random.nextInt(callable.size());
            Signature s = callable.get(index);
            if (s.result() == type) {
                StringBuilder arguments = new StringBuilder();
                s.parameters().forEach(p -> arguments.append(' ').append(value(p, depth - 1)));
                // Most places of the table have the type that is asked for.
                return index < leaves && oneIn(2)
                        ? "(call_indirect (type $t%d)%s (i32.const %d))"
                                .formatted(
                                        index, arguments, oneIn(40) ? random.nextInt(8) : index + 1)
                        : "(call $f%d%s)".formatted(index, arguments);
            }
        }
        return value(type, depth - 1);
    }

    /** A statement that leaves nothing on the stack. */
    String statement(int depth) {
        ValueType type = type(random);
        return switch (random.nextInt(depth == 0 ? 7 : 12)) {
            case 0, 1 -> {
                Variable v = variable(type);
                yield "(%s.set %s %s)".formatted(v.space(), v.name(), value(type, 3));
            }
            case 2, 3, 4 ->
                    "(%s.%s%s %s %s)"
                            .formatted(
                                    name(type),
                                    oneOf(STORES.get(type)),
                                    offset(),
                                    address(2),
                                    value(type, 3));
            case 5 -> "(drop %s)".formatted(value(type, 3));
            case 6 -> bulk();
            case 7 ->
                    "(if %s (then %s) (else %s))"
                            .formatted(i32(2), statement(depth - 1), statement(depth - 1));
            case 8, 9 -> loop(depth);
            case 10 -> table(depth);
            default -> {
                String label = "$b" + blocks++;
                yield "(block %s %s (br_if %s %s) %s)"
                        .formatted(
                                label, statement(depth - 1), label, i32(2), statement(depth - 1));
            }
        };
    }

    private String bulk() {
        return switch (random.nextInt(6)) {
            case 0 -> "(memory.fill %s %s %s)".formatted(address(1), i32(1), length());
            case 1, 2 -> "(memory.copy %s %s %s)".formatted(address(1), address(1), length());
            case 3 ->
                    "(memory.init $passive %s (i32.const %d) (i32.const %d))"
                            .formatted(
                                    address(1),
                                    random.nextInt(30),
                                    random.nextInt(oneIn(30) ? 60 : 10));
            case 4 ->
                    oneIn(4)
                            ? "(drop (memory.grow (i32.const %d)))".formatted(random.nextInt(3))
                            : "(drop (memory.size))";
            default ->
                    oneIn(9)
                            ? "(data.drop $passive)"
                            : oneIn(9)
                                    ? "(if (i32.eqz %s) (then (unreachable)))".formatted(i32(2))
                                    : "(nop)";
        };
    }

    private String length() {
        return oneIn(80) ? i32(1) : "(i32.and %s (i32.const 0xff))".formatted(i32(1));
    }

    /** Up to a few rounds, in one of the forms that the meter knows or in another. */
    private String loop(int depth) {
        if (loops == 3) {
            return statement(depth - 1);
        }
        int number = loops++;
        String label = "$l" + number;
        String counter = "$count" + number;
        int rounds = 1 + random.nextInt(6);
        String body = statement(depth - 1) + (oneIn(2) ? statement(depth - 1) : "");
        loops--;
        return switch (random.nextInt(3)) {
            case 0 ->
                    "(local.set %s (i32.const %d)) (loop %s %s (br_if %s (local.tee %s (i32.sub (local.get %s) (i32.const 1)))))"
                            .formatted(counter, rounds, label, body, label, counter, counter);
            case 1 ->
                    "(local.set %s (i32.const 0)) (loop %s %s (br_if %s (i32.ne (local.tee %s (i32.add (local.get %s) (i32.const 1))) (i32.const %d))))"
                            .formatted(counter, label, body, label, counter, counter, rounds);
            default ->
                    "(local.set %s (i32.const %d)) (block $o%d (loop %s (br_if $o%d (i32.gt_u (local.get %s) (i32.const 20))) %s (local.set %s (i32.add (local.get %s) (i32.const 2))) (br %s)))"
                            .formatted(
                                    counter,
                                    20 - 2 * rounds,
                                    blocks,
                                    label,
                                    blocks++,
                                    counter,
                                    body,
                                    counter,
                                    counter,
                                    label);
        };
    }

    private String table(int depth) {
        int outer = blocks++;
        int inner = blocks++;
        return "(block $b%d (block $b%d (br_table $b%d $b%d $b%d %s)) %s)"
                .formatted(outer, inner, inner, outer, inner, i32(2), statement(depth - 1));
    }
}
