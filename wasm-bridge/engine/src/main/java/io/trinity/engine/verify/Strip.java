package io.trinity.engine.verify;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * One place where rounds of a loop are counted in a local variable, recognised in the real
 * instructions of a method.
 *
 * @param kind what is done
 * @param first index of its first instruction
 * @param last index of its last one
 * @param slot of the variable, which holds the rounds that are left; below zero where they are paid
 *     for before
 * @param most rounds that it begins with, at least 1
 * @param price of a round, at least 1; 0 where it is not told: the rounds belong to another place
 *     that tells it
 * @param more units that are paid besides, for what stands around the rounds
 */
record Strip(Kind kind, int first, int last, int slot, int most, int price, int more) {
    enum Kind {
        /** {@code left = most} */
        SET,
        /** {@code if (--left > 0) goto head; pay most * price; left = most; goto head} */
        ROUND,
        /** {@code charge (most - left) * price + 1}; the 1 is for a jump behind it */
        SETTLE,
        /**
         * {@code rounds = Rounds.…(…, most); pay rounds * price + more; round = -rounds}, with at
         * least 1 of them
         */
        PREPAY,
        /** {@code if (++round < 0) goto head}, for a round that was paid for before */
        PREPAID_ROUND,
        /** {@code variable = another ± round * constant}: looks at the rounds, and no more */
        TOLD
    }

    /** Owed at most, in units: more would let a loop run too far beyond its slice. */
    static final int MOST_OWED = 10_000;

    /** Paid before at most, in units, for the same reason. */
    private static final int MOST_PAID = 40_000;

    private static final String ROUNDS = "io/trinity/engine/guest/Rounds";

    /** A way out: {@link Counting}'s TAKE with a product for the amount. */
    private static final int[] SETTLE = {
        Opcodes.ALOAD,
        Opcodes.DUP,
        Opcodes.GETFIELD,
        -1,
        Opcodes.ILOAD,
        -1,
        Opcodes.IMUL,
        Opcodes.ISUB,
        Opcodes.ISUB,
        Opcodes.DUP_X1,
        Opcodes.PUTFIELD,
        Opcodes.IFGE,
        Opcodes.ALOAD,
        Opcodes.INVOKEVIRTUAL
    };

    /** {@link Counting}'s TAKE with rounds that are asked for. */
    private static final int[] PREPAY = {
        Opcodes.ALOAD,
        Opcodes.DUP,
        Opcodes.GETFIELD,
        Opcodes.ILOAD,
        -1,
        -1,
        -1,
        Opcodes.INVOKESTATIC,
        Opcodes.DUP,
        Opcodes.INEG,
        Opcodes.ISTORE,
        -1,
        Opcodes.IMUL,
        -1,
        Opcodes.IADD,
        Opcodes.ISUB,
        Opcodes.DUP_X1,
        Opcodes.PUTFIELD,
        Opcodes.IFGE,
        Opcodes.ALOAD,
        Opcodes.INVOKEVIRTUAL
    };

    private static final int[] TOLD = {
        Opcodes.ILOAD, Opcodes.ILOAD, -1, Opcodes.IMUL, -1, Opcodes.ISTORE
    };

    /** The strip that begins at {@code code[at]}, if one does. */
    static @Nullable Strip at(AbstractInsnNode[] code, int at, int memorySlot) {
        Strip found = round(code, at, memorySlot);
        if (found == null) {
            found = settle(code, at, memorySlot);
        }
        if (found == null) {
            found = prepay(code, at, memorySlot);
        }
        return found == null ? prepaidRound(code, at) : found;
    }

    /** A constant that is stored in the variable. */
    static @Nullable Strip set(AbstractInsnNode[] code, int at, int slot) {
        if (at + 1 >= code.length) {
            return null;
        }
        int most = Counting.constant(code[at]);
        return most > 0 && isVariable(code[at + 1], Opcodes.ISTORE, slot)
                ? new Strip(Kind.SET, at, at + 1, slot, most, 0, 0)
                : null;
    }

    /** Another variable that is told by the one that counts. */
    static @Nullable Strip told(AbstractInsnNode[] code, int at, int slot) {
        if (!Counting.matches(code, at, TOLD)) {
            return null;
        }
        int sum = code[at + 4].getOpcode();
        return isVariable(code[at + 1], Opcodes.ILOAD, slot)
                        && code[at + 2].getOpcode() <= Opcodes.LDC
                        && (sum == Opcodes.IADD || sum == Opcodes.ISUB)
                        && !isVariable(code[at], Opcodes.ILOAD, slot)
                        && !isVariable(code[at + 5], Opcodes.ISTORE, slot)
                ? new Strip(Kind.TOLD, at, at + TOLD.length - 1, slot, 0, 0, 0)
                : null;
    }

    private static @Nullable Strip prepaidRound(AbstractInsnNode[] code, int at) {
        return counts(code, at, 1, Opcodes.IFLT)
                ? new Strip(Kind.PREPAID_ROUND, at, at + 2, ((IincInsnNode) code[at]).var, 0, 0, 0)
                : null;
    }

    /** Changes a variable, and jumps if it compares so with 0. */
    private static boolean counts(AbstractInsnNode[] code, int at, int change, int jump) {
        return at + 2 < code.length
                && code[at] instanceof IincInsnNode iinc
                && iinc.incr == change
                && isVariable(code[at + 1], Opcodes.ILOAD, iinc.var)
                && code[at + 2].getOpcode() == jump;
    }

    private static @Nullable Strip prepay(AbstractInsnNode[] code, int at, int memorySlot) {
        if (!Counting.matches(code, at, PREPAY)
                || !isVariable(code[at], Opcodes.ALOAD, memorySlot)
                || !(code[at + 7] instanceof MethodInsnNode asked)
                || !asked.owner.equals(ROUNDS)
                || !Counting.isFuelPaid(code, at + 2, at + 15, memorySlot)) {
            return null;
        }
        int most = Counting.constant(code[at + 6]);
        int price = Counting.constant(code[at + 11]);
        int more = Counting.constant(code[at + 13]);
        int slot = ((VarInsnNode) code[at + 10]).var;
        // What pushes the bound must be one instruction that only pushes.
        boolean pushes =
                code[at + 4].getOpcode() <= Opcodes.ALOAD
                        && code[at + 5].getOpcode() <= Opcodes.LDC;
        return pushes
                        && isStep(asked.name, code[at + 5])
                        && most > 0
                        && price > 0
                        && more > 0
                        && (long) most * price + more <= MOST_PAID
                ? new Strip(Kind.PREPAY, at, at + PREPAY.length - 1, slot, most, price, more)
                : null;
    }

    /** A step that {@code Rounds} takes: it would divide by nothing, or answer nonsense. */
    private static boolean isStep(String function, AbstractInsnNode i) {
        int step = i.getOpcode() == Opcodes.ICONST_M1 ? -1 : Counting.constant(i);
        return function.equals("ne") ? Integer.bitCount(Math.abs(step)) == 1 : step > 0;
    }

    private static @Nullable Strip round(AbstractInsnNode[] code, int at, int memorySlot) {
        if (!counts(code, at, -1, Opcodes.IFGT) || at + 3 >= code.length) {
            return null;
        }
        int slot = ((IincInsnNode) code[at]).var;
        Counting paid = Counting.at(code, at + 3, memorySlot);
        if (paid == null || paid.kind() != Counting.Kind.FUEL) {
            return null;
        }
        Strip again = set(code, paid.last() + 1, slot);
        if (again == null || again.last() + 1 >= code.length) {
            return null;
        }
        AbstractInsnNode back = code[again.last() + 1];
        boolean sameHead =
                back.getOpcode() == Opcodes.GOTO
                        && ((JumpInsnNode) back).label == ((JumpInsnNode) code[at + 2]).label;
        boolean whole = paid.amount() % again.most() == 0 && paid.amount() <= MOST_OWED;
        return sameHead && whole
                ? new Strip(
                        Kind.ROUND,
                        at,
                        again.last() + 1,
                        slot,
                        again.most(),
                        paid.amount() / again.most(),
                        0)
                : null;
    }

    private static @Nullable Strip settle(AbstractInsnNode[] code, int at, int memorySlot) {
        if (!Counting.matches(code, at, SETTLE)
                || !isVariable(code[at], Opcodes.ALOAD, memorySlot)
                || !Counting.isFuelPaid(code, at + 2, at + 8, memorySlot)) {
            return null;
        }
        int all = Counting.constant(code[at + 3]) - 1;
        int price = Counting.constant(code[at + 5]);
        int slot = ((VarInsnNode) code[at + 4]).var;
        return price > 0 && all > 0 && all % price == 0 && all <= MOST_OWED
                ? new Strip(Kind.SETTLE, at, at + SETTLE.length - 1, slot, all / price, price, 1)
                : null;
    }

    private static boolean isVariable(AbstractInsnNode i, int opcode, int slot) {
        return i.getOpcode() == opcode && ((VarInsnNode) i).var == slot;
    }
}
