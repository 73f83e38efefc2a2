package io.trinity.engine.verify;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * One place where compiled code counts, recognised in the real instructions of a method (labels and
 * frames left out).
 *
 * @param kind what is counted
 * @param first index of its first instruction
 * @param last index of its last one
 * @param amount what is taken; 0 where nothing is
 * @param slot local variable that holds what is left of the stack; -1 for fuel
 */
record Counting(Kind kind, int first, int last, int amount, int slot) {
    enum Kind {
        /** {@code if ((memory.fuel -= amount) < 0) memory.refuel();} */
        FUEL,
        /** {@code if ((slot -= amount) < 0) memory.overflow();} */
        FRAME,
        /** The same, with {@code slot = memory.stack} before. */
        FETCHED_FRAME,
        /** {@code memory.stack = slot;} */
        TELL,
        /** {@code slot} as the last argument of a call that is handed it. */
        HAND
    }

    private static final String MEMORY = "io/trinity/engine/guest/LinearMemory";

    private static final int[] FUEL_TAKEN = {
        Opcodes.ALOAD,
        Opcodes.DUP,
        Opcodes.GETFIELD,
        -1,
        Opcodes.ISUB,
        Opcodes.DUP_X1,
        Opcodes.PUTFIELD,
        Opcodes.IFGE,
        Opcodes.ALOAD,
        Opcodes.INVOKEVIRTUAL
    };

    private static final int[] FRAME_TAKEN = {
        Opcodes.ILOAD,
        -1,
        Opcodes.ISUB,
        Opcodes.DUP,
        Opcodes.ISTORE,
        Opcodes.IFGE,
        Opcodes.ALOAD,
        Opcodes.INVOKEVIRTUAL
    };

    private static final int[] FETCHED = {Opcodes.ALOAD, Opcodes.GETFIELD};

    private static final int[] TOLD = {Opcodes.ALOAD, Opcodes.ILOAD, Opcodes.PUTFIELD};

    private static final int[] HANDED = {Opcodes.ILOAD, Opcodes.INVOKESTATIC};

    /** The counting that begins at {@code code[at]}, if one does. */
    static @Nullable Counting at(AbstractInsnNode[] code, int at, int memorySlot) {
        if (code[at].getOpcode() == Opcodes.ILOAD) {
            return ofStack(code, at, memorySlot);
        }
        if (!isLoad(code[at], memorySlot)) {
            return null;
        }
        if (matches(code, at, FUEL_TAKEN)) {
            int amount = constant(code[at + 3]);
            boolean sound = amount > 0 && isFuelPaid(code, at + 2, at + 4, memorySlot);
            int last = at + FUEL_TAKEN.length - 1;
            return sound ? new Counting(Kind.FUEL, at, last, amount, -1) : null;
        }
        if (matches(code, at, FETCHED) && isCounter(code[at + 1], "stack")) {
            return frame(Kind.FETCHED_FRAME, code, at, at + 1, memorySlot);
        }
        if (matches(code, at, TOLD) && isCounter(code[at + 2], "stack")) {
            return new Counting(Kind.TELL, at, at + 2, 0, slot(code[at + 1]));
        }
        return null;
    }

    private static @Nullable Counting ofStack(AbstractInsnNode[] code, int at, int memorySlot) {
        if (matches(code, at, HANDED) && Frames.isHandedStack((MethodInsnNode) code[at + 1])) {
            return new Counting(Kind.HAND, at, at, 0, slot(code[at]));
        }
        Counting frame = frame(Kind.FRAME, code, at, at, memorySlot);
        return frame != null && frame.slot == slot(code[at]) ? frame : null;
    }

    /**
     * @param load index of the instruction that pushes what is left
     */
    private static @Nullable Counting frame(
            Kind kind, AbstractInsnNode[] code, int at, int load, int memorySlot) {
        for (int i = 1; i < FRAME_TAKEN.length; i++) {
            boolean ends = load + i >= code.length;
            if (ends || (FRAME_TAKEN[i] >= 0 && code[load + i].getOpcode() != FRAME_TAKEN[i])) {
                return null;
            }
        }
        MethodInsnNode call = (MethodInsnNode) code[load + 7];
        int amount = constant(code[load + 1]);
        boolean sound =
                amount > 0
                        && isLoad(code[load + 6], memorySlot)
                        && call.owner.equals(MEMORY)
                        && call.name.equals("overflow")
                        && jumpsBehind((JumpInsnNode) code[load + 5], call);
        return sound ? new Counting(kind, at, load + 7, amount, slot(code[load + 4])) : null;
    }

    private static int slot(AbstractInsnNode i) {
        return ((VarInsnNode) i).var;
    }

    /**
     * Whether the tail of a taking is that of fuel: {@code getfield} at {@code get}, and from
     * {@code sub} on what follows the amount.
     */
    static boolean isFuelPaid(AbstractInsnNode[] code, int get, int sub, int memorySlot) {
        MethodInsnNode call = (MethodInsnNode) code[sub + 5];
        return isCounter(code[get], "fuel")
                && isCounter(code[sub + 2], "fuel")
                && isLoad(code[sub + 4], memorySlot)
                && call.owner.equals(MEMORY)
                && call.name.equals("refuel")
                && jumpsBehind((JumpInsnNode) code[sub + 3], code[sub + 5]);
    }

    static boolean matches(AbstractInsnNode[] code, int at, int[] pattern) {
        if (at + pattern.length > code.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] >= 0 && code[at + i].getOpcode() != pattern[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLoad(AbstractInsnNode i, int slot) {
        return i.getOpcode() == Opcodes.ALOAD && ((VarInsnNode) i).var == slot;
    }

    private static boolean isCounter(AbstractInsnNode i, String name) {
        return i instanceof FieldInsnNode f
                && f.owner.equals(MEMORY)
                && f.name.equals(name)
                && f.desc.equals("I");
    }

    /** The jump's target is where the code goes on after {@code last}. */
    private static boolean jumpsBehind(JumpInsnNode jump, AbstractInsnNode last) {
        for (AbstractInsnNode i = last.getNext(); i != null; i = i.getNext()) {
            if (i == jump.label) {
                return true;
            }
            if (i.getOpcode() >= 0) {
                return false;
            }
        }
        return false;
    }

    /** The positive constant that is pushed, or 0. */
    static int constant(AbstractInsnNode i) {
        if (i instanceof IntInsnNode n && i.getOpcode() != Opcodes.NEWARRAY) {
            return n.operand;
        }
        if (i instanceof LdcInsnNode ldc && ldc.cst instanceof Integer n) {
            return n;
        }
        int op = i.getOpcode();
        return op >= Opcodes.ICONST_1 && op <= Opcodes.ICONST_5 ? op - Opcodes.ICONST_0 : 0;
    }

    /** Whether {@code label} stands between two of this counting's instructions. */
    boolean contains(AbstractInsnNode[] code, LabelNode label) {
        for (AbstractInsnNode i = code[first].getNext(); i != code[last]; i = i.getNext()) {
            if (i == label) {
                return true;
            }
        }
        return false;
    }
}
