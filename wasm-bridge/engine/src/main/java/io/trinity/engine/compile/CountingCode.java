package io.trinity.engine.compile;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The instructions that count, in a method whose memory is in a local variable. */
final class CountingCode {
    private static final String ROUNDS = "io/trinity/engine/guest/Rounds";

    private final int memory;

    /**
     * @param memory slot of the memory
     */
    CountingCode(int memory) {
        this.memory = memory;
    }

    /** {@code if ((memory.fuel -= amount) < 0) memory.refuel();} */
    InsnList takeFuel(int amount) {
        InsnList code = fuel();
        code.add(constant(amount));
        code.add(minus());
        return code;
    }

    /**
     * {@code if ((left -= frame) < 0) memory.overflow();}
     *
     * @param left slot of the bytes of stack that are left
     * @param handed whether it is a parameter; else {@code left = memory.stack} before
     */
    InsnList takeStack(int frame, int left, boolean handed) {
        InsnList code = new InsnList();
        if (handed) {
            code.add(new VarInsnNode(Opcodes.ILOAD, left));
        } else {
            code.add(new VarInsnNode(Opcodes.ALOAD, memory));
            code.add(field(Opcodes.GETFIELD, "stack"));
        }
        code.add(constant(frame));
        code.add(new InsnNode(Opcodes.ISUB));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new VarInsnNode(Opcodes.ISTORE, left));
        code.add(unlessBelow("overflow"));
        return code;
    }

    /** {@code memory.stack = left;} for whoever enters the guest again. */
    InsnList tellStack(int left) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, memory));
        code.add(new VarInsnNode(Opcodes.ILOAD, left));
        code.add(field(Opcodes.PUTFIELD, "stack"));
        return code;
    }

    /** Fuel for the rounds since {@code left} was {@code most}, and a unit for a jump behind. */
    InsnList takeFuelFor(int most, int left, int price) {
        InsnList code = fuel();
        code.add(constant(most * price + 1));
        code.add(new VarInsnNode(Opcodes.ILOAD, left));
        code.add(constant(price));
        code.add(new InsnNode(Opcodes.IMUL));
        code.add(new InsnNode(Opcodes.ISUB));
        code.add(minus());
        return code;
    }

    /**
     * Fuel for rounds that are about to begin: {@code round = -rounds; fuel -= rounds * price +
     * more}.
     *
     * @param arguments pushes those of the method
     * @param name of the method of {@link io.trinity.engine.guest.Rounds}
     */
    InsnList takeFuelBefore(InsnList arguments, String name, int round, int price, int more) {
        InsnList code = fuel();
        code.add(arguments);
        code.add(new MethodInsnNode(Opcodes.INVOKESTATIC, ROUNDS, name, "(IIII)I", false));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(new InsnNode(Opcodes.INEG));
        code.add(new VarInsnNode(Opcodes.ISTORE, round));
        code.add(constant(price));
        code.add(new InsnNode(Opcodes.IMUL));
        code.add(constant(more));
        code.add(new InsnNode(Opcodes.IADD));
        code.add(minus());
        return code;
    }

    /** {@code left = most;} */
    InsnList set(int left, int most) {
        InsnList code = new InsnList();
        code.add(constant(most));
        code.add(new VarInsnNode(Opcodes.ISTORE, left));
        return code;
    }

    /** {@code if (--left > 0) goto head;} */
    InsnList countDown(int left, LabelNode head) {
        return count(left, -1, Opcodes.IFGT, head);
    }

    /** {@code if (++round < 0) goto head;} */
    InsnList countUp(int round, LabelNode head) {
        return count(round, 1, Opcodes.IFLT, head);
    }

    private static InsnList count(int variable, int change, int jump, LabelNode head) {
        InsnList code = new InsnList();
        code.add(new IincInsnNode(variable, change));
        code.add(new VarInsnNode(Opcodes.ILOAD, variable));
        code.add(new JumpInsnNode(jump, head));
        return code;
    }

    /** {@code to = from OPCODE round * step;} */
    InsnList tell(int to, int from, int opcode, int round, int step) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ILOAD, from));
        code.add(new VarInsnNode(Opcodes.ILOAD, round));
        code.add(constant(step));
        code.add(new InsnNode(Opcodes.IMUL));
        code.add(new InsnNode(opcode));
        code.add(new VarInsnNode(Opcodes.ISTORE, to));
        return code;
    }

    private InsnList fuel() {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, memory));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(field(Opcodes.GETFIELD, "fuel"));
        return code;
    }

    private InsnList minus() {
        InsnList code = new InsnList();
        code.add(new InsnNode(Opcodes.ISUB));
        code.add(new InsnNode(Opcodes.DUP_X1));
        code.add(field(Opcodes.PUTFIELD, "fuel"));
        code.add(unlessBelow("refuel"));
        return code;
    }

    /** Calls {@code memory.NAME()} if the int on the stack is below zero. */
    private InsnList unlessBelow(String name) {
        LabelNode enough = new LabelNode();
        InsnList code = new InsnList();
        code.add(new JumpInsnNode(Opcodes.IFGE, enough));
        code.add(new VarInsnNode(Opcodes.ALOAD, memory));
        code.add(
                new MethodInsnNode(
                        Opcodes.INVOKEVIRTUAL, Layout.LINEAR_MEMORY, name, "()V", false));
        code.add(enough);
        return code;
    }

    private static FieldInsnNode field(int opcode, String counter) {
        return new FieldInsnNode(opcode, Layout.LINEAR_MEMORY, counter, "I");
    }

    static AbstractInsnNode constant(int value) {
        return value >= Short.MIN_VALUE && value <= Short.MAX_VALUE
                ? new IntInsnNode(Opcodes.SIPUSH, value)
                : new LdcInsnNode(value);
    }
}
