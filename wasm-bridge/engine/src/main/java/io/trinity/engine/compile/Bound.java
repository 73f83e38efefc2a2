package io.trinity.engine.compile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The end of an inner loop whose rounds can be told before they begin: a variable grows by the same
 * step in each, and the only way out is at the end, when it has reached a bound that stays. The
 * step is in the comparison, or somewhere before it with no jump in between.
 *
 * @param variable slot
 * @param step not 0
 * @param limit pushes what it is compared with, a constant or a variable
 * @param rounds name of the method of {@link io.trinity.engine.guest.Rounds}
 * @param test calls the comparison; absent where the variable itself is tested
 * @param onTheLeft whether the variable is the comparison's first operand
 * @param exit leaves the loop when the value on the stack is 0; the last but one of the loop
 */
record Bound(
        int variable,
        int step,
        AbstractInsnNode limit,
        String rounds,
        @Nullable MethodInsnNode test,
        boolean onTheLeft,
        JumpInsnNode exit) {

    /** By the comparison's name, where the variable stands on the left. */
    private static final Map<String, String> LEFT =
            Map.of("I32_NE", "ne", "I32_LT_S", "ltS", "i32LtU", "ltU");

    private static final Map<String, String> RIGHT =
            Map.of("I32_NE", "ne", "I32_GT_S", "ltS", "i32GtU", "ltU");

    /** The bound of a loop, where it has one of these forms. */
    static @Nullable Bound of(InnerLoops.Loop loop) {
        List<AbstractInsnNode> real = loop.body().stream().filter(i -> i.getOpcode() >= 0).toList();
        int end = real.size() - 2;
        if (loop.backs().size() != 1
                || end < 7
                || real.get(end).getOpcode() != Opcodes.IFEQ
                || real.get(end).getNext() != real.get(end + 1)
                || !(real.get(end) instanceof JumpInsnNode exit)) {
            return null;
        }
        Bound bound = match(real, end, exit);
        return bound != null && bound.isSound(loop) ? bound : null;
    }

    private static @Nullable Bound match(List<AbstractInsnNode> real, int end, JumpInsnNode exit) {
        AbstractInsnNode last = real.get(end - 1);
        if (isVariable(last)) {
            return stepped(real, end - 1, new InsnNode(Opcodes.ICONST_0), "ne", null, true, exit);
        }
        if (!(last instanceof MethodInsnNode test)) {
            return null;
        }
        AbstractInsnNode second = real.get(end - 2);
        String left = LEFT.get(test.name);
        if (left != null && (second.getOpcode() == Opcodes.ILOAD || constant(second) != null)) {
            Bound bound = stepped(real, end - 3, second, left, test, true, exit);
            if (bound != null) {
                return bound;
            }
        }
        String right = RIGHT.get(test.name);
        if (right == null || !isVariable(second)) {
            return null;
        }
        // With its step, or where the step was before.
        AbstractInsnNode limit = real.get(end - (second.getOpcode() == Opcodes.ILOAD ? 3 : 7));
        // Behind a label it may be one of several that end in the same place.
        return isStraight(limit, exit)
                ? stepped(real, end - 2, limit, right, test, false, exit)
                : null;
    }

    private static boolean isVariable(AbstractInsnNode i) {
        return i.getOpcode() == Opcodes.ISTORE || i.getOpcode() == Opcodes.ILOAD;
    }

    /**
     * The variable is at {@code at} of what is compared: either {@code iload v; push step; iadd;
     * dup; istore v}, or {@code iload v} when it was stepped before.
     */
    private static @Nullable Bound stepped(
            List<AbstractInsnNode> real,
            int at,
            AbstractInsnNode limit,
            String rounds,
            @Nullable MethodInsnNode test,
            boolean onTheLeft,
            JumpInsnNode exit) {
        if (!isVariable(real.get(at))) {
            return null;
        }
        int variable = ((VarInsnNode) real.get(at)).var;
        boolean tee = real.get(at).getOpcode() == Opcodes.ISTORE;
        int add = tee ? at - 2 : stepBefore(real, at, variable);
        if (add < 2
                || (tee && real.get(at - 1).getOpcode() != Opcodes.DUP)
                || real.get(add).getOpcode() != Opcodes.IADD
                || real.get(add - 2).getOpcode() != Opcodes.ILOAD) {
            return null;
        }
        Integer step = constant(real.get(add - 1));
        if (step == null || step == 0) {
            return null;
        }
        boolean fits =
                ((VarInsnNode) real.get(add - 2)).var == variable
                        && (rounds.equals("ne") ? isPowerOfTwo(step) : step > 0)
                        && isStraight(real.get(add - 2), exit);
        return fits ? new Bound(variable, step, limit, rounds, test, onTheLeft, exit) : null;
    }

    /** Index of the {@code iadd} of {@code v = v + step}; -1 where there is none. */
    private static int stepBefore(List<AbstractInsnNode> real, int from, int variable) {
        for (int i = from - 1; i > 0; i--) {
            if (real.get(i).getOpcode() == Opcodes.ISTORE
                    && ((VarInsnNode) real.get(i)).var == variable) {
                return i - 1;
            }
        }
        return -1;
    }

    /** Whether the variable is the number of the round, shifted, plus what stays. */
    boolean isShift() {
        return isPowerOfTwo(step);
    }

    private static boolean isPowerOfTwo(int step) {
        return step != Integer.MIN_VALUE && Integer.bitCount(Math.abs(step)) == 1;
    }

    /** Nobody jumps in between: what stands there is done once in each round. */
    private static boolean isStraight(AbstractInsnNode from, AbstractInsnNode to) {
        for (AbstractInsnNode i = from; i != to; i = i.getNext()) {
            if (i instanceof LabelNode || i instanceof JumpInsnNode) {
                return false;
            }
        }
        return true;
    }

    /** The only way out, the only change of the variable, and a limit that stays. */
    private boolean isSound(InnerLoops.Loop loop) {
        if (limit.getOpcode() != Opcodes.ILOAD && constant(limit) == null) {
            return false;
        }
        int fixed = limit.getOpcode() == Opcodes.ILOAD ? ((VarInsnNode) limit).var : -1;
        int changes = 0;
        for (AbstractInsnNode i : loop.body()) {
            if (i.getOpcode() >= Opcodes.IRETURN && i.getOpcode() <= Opcodes.RETURN) {
                return false;
            }
            if (i != exit
                    && InnerLoops.targets(i).stream().anyMatch(t -> !loop.body().contains(t))) {
                return false;
            }
            int written = written(i);
            changes += written == variable ? 1 : 0;
            if (written == fixed && fixed >= 0) {
                return false;
            }
        }
        return changes == 1 && fixed != variable && !loop.body().contains(exit.label);
    }

    /** The variable that an instruction changes; a wide one's second half is never an int's. */
    private static int written(AbstractInsnNode i) {
        if (i instanceof IincInsnNode n) {
            return n.var;
        }
        boolean stores = i.getOpcode() >= Opcodes.ISTORE && i.getOpcode() <= Opcodes.ASTORE;
        return stores ? ((VarInsnNode) i).var : -1;
    }

    private static @Nullable Integer constant(AbstractInsnNode i) {
        int opcode = i.getOpcode();
        if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
            return opcode - Opcodes.ICONST_0;
        }
        if (opcode == Opcodes.BIPUSH || opcode == Opcodes.SIPUSH) {
            return ((IntInsnNode) i).operand;
        }
        return i instanceof LdcInsnNode ldc && ldc.cst instanceof Integer n ? n : null;
    }
}
