package io.trinity.engine.admit;

import java.util.Locale;
import java.util.function.LongToIntFunction;

/** Walks one expression: skips immediates, counts, and refuses what is not on the allow-list. */
final class Instructions {
    private final Cursor in;
    private final String where;
    private final Types types;
    private final LongToIntFunction functionType;
    private final Operands operands;

    private int instructions;
    private int labels;
    private int branchTableTargets;

    /**
     * @param functionType of a function by its index, -1 where there is none
     */
    Instructions(Cursor in, String where, Types types, LongToIntFunction functionType) {
        this.in = in;
        this.where = where;
        this.types = types;
        this.functionType = functionType;
        this.operands = new Operands(types);
    }

    /** Sum over labels of the operands that are on the stack there. */
    long mappedOperands() {
        return operands.mapped();
    }

    int instructions() {
        return instructions;
    }

    int labels() {
        return labels;
    }

    int branchTableTargets() {
        return branchTableTargets;
    }

    /** Goes behind the {@code end} that closes the expression. */
    void walk() {
        int depth = 0;
        while (true) {
            instructions++;
            int op = in.u8();
            switch (op) {
                case 0x02, 0x03, 0x04 -> {
                    if (op == 0x04) {
                        operands.change(-1);
                    }
                    int type = ValueTypes.blockType(in, where);
                    operands.enter(type < types.size() ? type : ValueTypes.NO_RESULT);
                    depth++;
                    labels++;
                }
                case 0x05 -> {
                    operands.orElse();
                    labels++;
                }
                case 0x0B -> {
                    if (depth-- == 0) {
                        return;
                    }
                    operands.leave();
                }
                default -> skipImmediates(op);
            }
        }
    }

    private void skipImmediates(int op) {
        switch (op) {
            case 0x00, 0x01, 0x0F, 0xD1 -> {}
            case 0x1A -> operands.change(-1);
            case 0x1B -> select();
            case 0x06, 0x07, 0x08, 0x09, 0x0A, 0x18, 0x19, 0x1F -> throw refuse("exceptions");
            case 0x0C -> in.u32();
            case 0x0D -> {
                in.u32();
                operands.change(-1);
                operands.label();
            }
            case 0x10 -> call(functionType.applyAsInt(in.u32()));
            case 0xD2 -> {
                in.u32();
                operands.change(1);
            }
            case 0x0E -> {
                operands.change(-1);
                operands.label();
                skipBranchTable();
            }
            case 0x11 -> {
                operands.change(-1);
                long type = in.u32();
                in.u32();
                call(type < types.size() ? (int) type : -1);
            }
            case 0x12, 0x13 -> throw refuse("tail calls");
            case 0x14, 0x15, 0xD4, 0xD5, 0xD6 -> throw refuse("typed function references");
            case 0x1C -> {
                skipTypes();
                select();
            }
            case 0x20, 0x23 -> {
                in.u32();
                operands.change(1);
            }
            case 0x21, 0x24 -> {
                in.u32();
                operands.change(-1);
            }
            case 0x22, 0x25 -> in.u32();
            case 0x26 -> {
                in.u32();
                operands.change(-2);
            }
            case 0x3F -> {
                oneMemory();
                operands.change(1);
            }
            case 0x40 -> oneMemory();
            case 0x41 -> constant(() -> in.skipSigned(32));
            case 0x42 -> constant(() -> in.skipSigned(64));
            case 0x43 -> constant(() -> in.skip(4));
            case 0x44 -> constant(() -> in.skip(8));
            case 0xD0 -> constant(() -> ValueTypes.read(in, where));
            case 0xD3, 0xFB -> throw refuse("GC");
            case 0xFC -> skipPrefixed();
            case 0xFD -> throw refuse("SIMD");
            case 0xFE -> throw refuse("threads");
            default -> skipSimple(op);
        }
    }

    private void call(int type) {
        if (type >= 0) {
            operands.call(type);
        }
    }

    private void select() {
        operands.change(-2);
        operands.label();
    }

    private void constant(Runnable skip) {
        skip.run();
        operands.change(1);
    }

    /** Comparisons and operations on two operands; those on one leave as many as there were. */
    private static boolean takesTwo(int op) {
        return op >= 0x46 && op <= 0x4F
                || op >= 0x51 && op <= 0x66
                || op >= 0x6A && op <= 0x78
                || op >= 0x7C && op <= 0x8A
                || op >= 0x92 && op <= 0x98
                || op >= 0xA0 && op <= 0xA6;
    }

    private void skipSimple(int op) {
        if (takesTwo(op)) {
            operands.change(-1);
        } else if (op >= 0x28 && op <= 0x3E) {
            skipMemoryArgument();
            if (op >= 0x36) {
                operands.change(-2);
            }
        } else if (op < 0x45 || op > 0xC4) {
            throw Refused.malformed(
                    String.format(Locale.ROOT, "unknown instruction 0x%02x", op), in.at() - 1);
        }
    }

    /** Saturating conversions, bulk memory and table instructions. */
    private void skipPrefixed() {
        long op = in.u32();
        if (op <= 7) {
            return;
        }
        operands.change(op == 15 ? -1 : op == 16 ? 1 : op == 9 || op == 13 ? 0 : -3);
        switch ((int) Math.min(op, Integer.MAX_VALUE)) {
            case 8 -> {
                in.u32();
                oneMemory();
            }
            case 9, 13, 15, 16, 17 -> in.u32();
            case 10 -> {
                oneMemory();
                oneMemory();
            }
            case 11 -> oneMemory();
            case 12, 14 -> skipTwo();
            case 18 -> throw refuse("memory control");
            case 19, 20, 21, 22 -> throw refuse("wide arithmetic");
            default -> throw Refused.malformed("unknown instruction 0xfc " + op, in.at());
        }
    }

    private void oneMemory() {
        int index = in.u8();
        if (index >= 0x80) {
            throw Refused.malformed("zero byte expected", in.at() - 1);
        }
        if (index != 0) {
            throw refuse("multi-memory");
        }
    }

    private void skipMemoryArgument() {
        long alignment = in.u32();
        if (alignment >= 0x40 && alignment < 0x80) {
            throw refuse("multi-memory");
        }
        for (int i = 0; i < 5; i++) {
            if (in.u8() < 0x80) {
                return;
            }
        }
        throw refuse("memory64");
    }

    private void skipTwo() {
        in.u32();
        in.u32();
    }

    private void skipTypes() {
        int count = in.count("types of select in " + where, Limits.RESULTS);
        for (int i = 0; i < count; i++) {
            ValueTypes.read(in, where);
        }
    }

    private void skipBranchTable() {
        int targets = in.count("branch targets in " + where, Limits.BRANCH_TABLE_TARGETS);
        for (int i = 0; i <= targets; i++) {
            in.u32();
        }
        branchTableTargets += targets + 1;
    }

    private Refused refuse(String feature) {
        return Refused.feature(feature, where);
    }
}
