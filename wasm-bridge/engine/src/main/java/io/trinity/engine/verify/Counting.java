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
 * @param amount what is taken or given
 */
record Counting(Kind kind, int first, int last, int amount) {
    enum Kind {
        FUEL,
        FRAME,
        FRAME_BACK
    }

    private static final String MEMORY = "io/trinity/engine/guest/LinearMemory";

    private static final int[] TAKE = {
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

    private static final int[] GIVE = {
        Opcodes.ALOAD, Opcodes.DUP, Opcodes.GETFIELD, -1, Opcodes.IADD, Opcodes.PUTFIELD
    };

    /** The counting that begins at {@code code[at]}, if one does. */
    static @Nullable Counting at(AbstractInsnNode[] code, int at, int memorySlot) {
        if (!isLoad(code[at], memorySlot)) {
            return null;
        }
        if (matches(code, at, TAKE)) {
            return take(code, at, memorySlot);
        }
        if (matches(code, at, GIVE)
                && isCounter(code[at + 2], "stack")
                && isCounter(code[at + 5], "stack")) {
            return counting(Kind.FRAME_BACK, code, at, GIVE.length);
        }
        return null;
    }

    private static @Nullable Counting take(AbstractInsnNode[] code, int at, int memorySlot) {
        String counter = ((FieldInsnNode) code[at + 2]).name;
        String below =
                switch (counter) {
                    case "fuel" -> "refuel";
                    case "stack" -> "overflow";
                    default -> "";
                };
        MethodInsnNode call = (MethodInsnNode) code[at + 9];
        boolean sound =
                isCounter(code[at + 2], counter)
                        && isCounter(code[at + 6], counter)
                        && isLoad(code[at + 8], memorySlot)
                        && call.owner.equals(MEMORY)
                        && call.name.equals(below)
                        && jumpsBehind((JumpInsnNode) code[at + 7], code[at + 9]);
        Kind kind = counter.equals("fuel") ? Kind.FUEL : Kind.FRAME;
        return sound ? counting(kind, code, at, TAKE.length) : null;
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

    private static @Nullable Counting counting(
            Kind kind, AbstractInsnNode[] code, int at, int length) {
        int amount = constant(code[at + 3]);
        return amount > 0 ? new Counting(kind, at, at + length - 1, amount) : null;
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
