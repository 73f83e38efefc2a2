package io.trinity.hostile;

import static io.trinity.hostile.ModuleBuilder.FIRST_FUNCTION;
import static io.trinity.hostile.ModuleBuilder.FIRST_TYPE;
import static io.trinity.hostile.ModuleBuilder.NOTHING;
import static io.trinity.hostile.ModuleBuilder.bytes;
import static io.trinity.hostile.ModuleBuilder.concat;
import static io.trinity.hostile.ModuleBuilder.repeat;
import static io.trinity.hostile.ModuleBuilder.signed;
import static io.trinity.hostile.ModuleBuilder.unsigned;

import io.trinity.hostile.Attack.Stage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Modules that are too much of something: for the parser, the compiler, the JVM or its JIT. */
final class Giants {
    private static final byte[] EMPTY = bytes(0, 0x0B);
    private static final byte[] NO_LOCALS = bytes(0);
    private static final byte[] END = bytes(0x0B);

    /** A constant of the constant pool, and away with it: about four bytes for the JVM. */
    private static final byte[] FLOAT_DROP = bytes(0x43, 1, 2, 3, 4, 0x1A);

    private final List<Attack> all = new ArrayList<>();

    private Giants() {}

    static List<Attack> all() {
        Giants giants = new Giants();
        giants.functions();
        giants.bodies();
        giants.frames();
        giants.heat();
        return giants.all;
    }

    private void add(
            String name, String what, String codes, Stage stage, Supplier<ModuleBuilder> module) {
        all.add(Attack.of(name, what, codes, stage, () -> module.get().build()));
    }

    private void functions() {
        add(
                "functions-100000",
                "100,000 functions.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () -> new ModuleBuilder().functions(100_000, NOTHING, EMPTY));
        add(
                "functions-20000",
                "20,000 functions, which become several classes.",
                Attack.SERVES,
                Stage.CALL,
                () -> new ModuleBuilder().functions(20_000, NOTHING, EMPTY));
        add(
                "function-near-64-kib",
                "A function that just fits into a method of the JVM.",
                Attack.SERVES,
                Stage.CALL,
                () -> straight(12_000));
        add(
                "function-over-64-kib",
                "A function that does not fit into a method of the JVM.",
                "LIMIT_MODULE",
                Stage.COMPILE,
                () -> straight(25_000));
        add(
                "function-4-mib",
                "One function with more code than a whole module may have.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () -> straight(800_000));
        add(
                "functions-near-64-kib",
                "Twelve functions that each just fit.",
                Attack.SERVES,
                Stage.CALL,
                () ->
                        new ModuleBuilder()
                                .functions(
                                        40, NOTHING, NO_LOCALS, repeat(12_000, FLOAT_DROP), END));
        add(
                "instructions-4-million",
                "Four million instructions of one byte.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () ->
                        new ModuleBuilder()
                                .functions(100, NOTHING, NO_LOCALS, repeat(40_100, bytes(1)), END));
        add(
                "constants-distinct",
                "60,000 different numbers: more constants than a class of the JVM has room for.",
                Attack.SERVES,
                Stage.CALL,
                Giants::constants);
    }

    private static ModuleBuilder straight(int drops) {
        return new ModuleBuilder().function(NOTHING, NO_LOCALS, repeat(drops, FLOAT_DROP), END);
    }

    private static ModuleBuilder constants() {
        ModuleBuilder module = new ModuleBuilder();
        long value = 1L << 40;
        for (int f = 0; f < 60; f++) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int i = 0; i < 1_000; i++) {
                body.writeBytes(concat(bytes(0x42), signed(value++), bytes(0x1A)));
            }
            module.function(NOTHING, NO_LOCALS, body.toByteArray(), END);
        }
        return module;
    }

    private void bodies() {
        add(
                "locals-2-32",
                "A function of 2^32 - 1 locals, in ten bytes.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () ->
                        new ModuleBuilder()
                                .function(
                                        NOTHING,
                                        bytes(1),
                                        unsigned(0xFFFFFFFFL),
                                        bytes(0x7F),
                                        END));
        add(
                "locals-groups",
                "Groups of locals whose sum overflows 32 bits.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () ->
                        new ModuleBuilder()
                                .function(
                                        NOTHING,
                                        bytes(2),
                                        unsigned(0xFFFFFFFFL),
                                        bytes(0x7F),
                                        unsigned(0xFFFFFFFFL),
                                        bytes(0x7F),
                                        END));
        add(
                "locals-12-kib",
                "12 KB of functions with a thousand locals each: over a million in all.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () ->
                        new ModuleBuilder()
                                .functions(
                                        1_010, NOTHING, bytes(1), unsigned(996), bytes(0x7F), END));
        add(
                "locals-times-labels",
                "990 locals times 6,000 blocks, in ten functions: stack maps of the JVM.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () ->
                        new ModuleBuilder()
                                .functions(
                                        10,
                                        NOTHING,
                                        bytes(1),
                                        unsigned(990),
                                        bytes(0x7F),
                                        repeat(6_000, bytes(0x02, 0x40, 0x0B)),
                                        END));
        add(
                "branch-targets-100000",
                "A br_table of more than 100,000 targets.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () -> branchTable(100_001));
        add(
                "branch-targets-90000",
                "A br_table of 90,000 targets, which does not fit into a method.",
                "LIMIT_MODULE",
                Stage.COMPILE,
                () -> branchTable(90_000));
        add(
                "blocks-deep",
                "30,000 blocks within each other, for all that walks them recursively.",
                "LIMIT_MODULE or SERVES",
                Stage.CALL,
                () -> nested(30_000, bytes(0x02, 0x40)));
        add(
                "loops-deep",
                "1,000 loops within each other, each with a back edge.",
                "LIMIT_MODULE or SERVES",
                Stage.CALL,
                () ->
                        new ModuleBuilder()
                                .function(
                                        NOTHING,
                                        NO_LOCALS,
                                        repeat(1_000, bytes(0x03, 0x40)),
                                        repeat(1_000, bytes(0x41, 0, 0x0D, 0, 0x0B)),
                                        END));
        add(
                "operands-many",
                "An expression with 70,000 operands on the stack: the JVM has room for 65,535.",
                "LIMIT_MODULE",
                Stage.COMPILE,
                () -> operands(70_000, 0));
        add(
                "operands-times-labels",
                "9,000 operands on the stack times 5,000 blocks: stack maps again, without a"
                        + " local.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () -> operands(9_000, 5_000));
    }

    private static ModuleBuilder branchTable(int targets) {
        return new ModuleBuilder()
                .function(
                        NOTHING,
                        NO_LOCALS,
                        bytes(0x41, 0, 0x0E),
                        unsigned(targets),
                        new byte[targets + 1],
                        END);
    }

    private static ModuleBuilder nested(int depth, byte[] block) {
        return new ModuleBuilder()
                .function(NOTHING, NO_LOCALS, repeat(depth, block), repeat(depth, END), END);
    }

    /** Operands that lie on the stack while so many blocks are passed. */
    private static ModuleBuilder operands(int count, int blocks) {
        return new ModuleBuilder()
                .function(
                        NOTHING,
                        NO_LOCALS,
                        repeat(count, bytes(0x41, 0)),
                        repeat(blocks, bytes(0x02, 0x40, 0x41, 0, 0x0D, 0, 0x0B)),
                        repeat(count, bytes(0x1A)),
                        END);
    }

    private void frames() {
        add(
                "parameters-250",
                "Recursion with 250 parameters, all handed on.",
                "LIMIT_STACK",
                Stage.CALL,
                Giants::manyParameters);
        add(
                "parameters-251",
                "A type of 251 parameters.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () ->
                        new ModuleBuilder()
                                .type(
                                        bytes(0x60),
                                        unsigned(251),
                                        repeat(251, bytes(0x7F)),
                                        bytes(0)));
        add(
                "results-250",
                "A function of 250 results of 64 bits: more than a call of the JVM can carry.",
                "LIMIT_MODULE",
                Stage.ADMISSION,
                () ->
                        new ModuleBuilder()
                                .type(bytes(0x60, 0), unsigned(250), repeat(250, bytes(0x7E)))
                                .function(FIRST_TYPE, NO_LOCALS, repeat(250, bytes(0x42, 0)), END)
                                .process(
                                        NO_LOCALS,
                                        bytes(0x03, 0x40, 0x10, FIRST_FUNCTION),
                                        repeat(250, bytes(0x1A)),
                                        bytes(0x0C, 0, 0x0B, 0x41, 16),
                                        END));
    }

    private static ModuleBuilder manyParameters() {
        ByteArrayOutputStream get = new ByteArrayOutputStream();
        for (int i = 0; i < 250; i++) {
            get.writeBytes(concat(bytes(0x20), unsigned(i)));
        }
        return new ModuleBuilder()
                .type(bytes(0x60), unsigned(250), repeat(250, bytes(0x7F)), bytes(0))
                .function(
                        FIRST_TYPE, NO_LOCALS, get.toByteArray(), bytes(0x10, FIRST_FUNCTION), END)
                .process(
                        NO_LOCALS,
                        repeat(250, bytes(0x41, 0)),
                        bytes(0x10, FIRST_FUNCTION, 0x41, 16),
                        END);
    }

    private void heat() {
        add(
                "jit-bomb",
                "120 functions of nearly 8,000 bytes, all hot: what the JIT compiles longest.",
                "LIMIT_CPU",
                Stage.CALL,
                () -> hot(120, 600));
        add(
                "code-cache-bomb",
                "3,000 functions with a loop each, all hot: room for compiled code.",
                "LIMIT_CPU",
                Stage.CALL,
                () -> hot(3_000, 10));
        add(
                "straight-line-hot",
                "A function of 30 KB without a jump, which the JIT refuses, called for ever.",
                "LIMIT_CPU",
                Stage.CALL,
                () -> hot(1, 3_000));
    }

    /** Functions that do arithmetic in a loop of a few rounds, called one after the other. */
    private static ModuleBuilder hot(int functions, int steps) {
        // local0 = local0 * 3 + 1, and three rounds.
        byte[] step = bytes(0x20, 0, 0x41, 3, 0x6C, 0x41, 1, 0x6A, 0x21, 0);
        byte[] body =
                concat(
                        bytes(1, 2, 0x7F, 0x03, 0x40),
                        repeat(steps, step),
                        bytes(0x20, 1, 0x41, 1, 0x6A, 0x22, 1, 0x41, 3, 0x49, 0x0D, 0, 0x0B),
                        END);
        ByteArrayOutputStream calls = new ByteArrayOutputStream();
        for (int i = 0; i < functions; i++) {
            calls.writeBytes(concat(bytes(0x10), unsigned(FIRST_FUNCTION + i)));
        }
        return new ModuleBuilder()
                .functions(functions, NOTHING, body)
                .process(
                        NO_LOCALS,
                        bytes(0x03, 0x40),
                        calls.toByteArray(),
                        bytes(0x0C, 0, 0x0B, 0x41, 16),
                        END);
    }
}
