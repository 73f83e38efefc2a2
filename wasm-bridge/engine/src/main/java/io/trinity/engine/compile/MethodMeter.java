package io.trinity.engine.compile;

import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Puts fuel ticks and the frame counter into one method that is handed its memory. */
final class MethodMeter {
    /** Bytes of a JVM frame without its slots. */
    private static final int FRAME_BYTES = 96;

    /** Operand slots that a tick needs above what is on the stack. */
    private static final int TICK_SLOTS = 3;

    /** The counting itself, which the static cost of the original code does not know. */
    private static final int COUNTING_COST = 12;

    private final MethodNode method;
    private final int memory;

    MethodMeter(MethodNode method) {
        this.method = method;
        this.memory = memorySlot(method.desc);
        if (memory < 0) {
            throw new IllegalStateException("no memory to count in: " + method.name + method.desc);
        }
    }

    /** Local variable slot of the memory parameter of a static method, or -1. */
    static int memorySlot(String descriptor) {
        int slot = 0;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            if (type.getSort() == Type.OBJECT
                    && type.getInternalName().equals(Layout.LINEAR_MEMORY)) {
                return slot;
            }
            slot += type.getSize();
        }
        return -1;
    }

    void apply() {
        if (Layout.isDispatch(method.name)) {
            shareExit();
        }
        StaticCost cost = StaticCost.of(method.instructions);
        int frame = FRAME_BYTES + 8 * (method.maxLocals + method.maxStack + TICK_SLOTS);
        for (Map.Entry<AbstractInsnNode, Integer> jump : cost.atBackJumps().entrySet()) {
            method.instructions.insertBefore(
                    jump.getKey(), take("fuel", jump.getValue(), "refuel"));
        }
        for (AbstractInsnNode i : method.instructions.toArray()) {
            if (i.getOpcode() >= Opcodes.IRETURN && i.getOpcode() <= Opcodes.RETURN) {
                method.instructions.insertBefore(i, giveBack(frame));
            }
        }
        InsnList entry = take("fuel", cost.atEntry() + COUNTING_COST, "refuel");
        entry.add(take("stack", frame, "overflow"));
        method.instructions.insert(entry);
    }

    /**
     * Leads every return to one at the end. Dispatch methods have thousands, with nothing but the
     * result on the stack; giving the frame back at each would overflow the JVM's method size.
     */
    private void shareExit() {
        LabelNode exit = new LabelNode();
        int opcode = Type.getReturnType(method.desc).getOpcode(Opcodes.IRETURN);
        for (AbstractInsnNode i : method.instructions.toArray()) {
            if (i.getOpcode() == opcode) {
                AbstractInsnNode jump = new JumpInsnNode(Opcodes.GOTO, exit);
                method.instructions.set(i, jump);
                while (jump.getNext() != null && !(jump.getNext() instanceof LabelNode)) {
                    method.instructions.remove(jump.getNext()); // never reached
                }
            }
        }
        method.instructions.add(exit);
        method.instructions.add(new InsnNode(opcode));
    }

    /** {@code if ((memory.counter -= amount) < 0) memory.below();} */
    private InsnList take(String counter, int amount, String below) {
        LabelNode enough = new LabelNode();
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, memory));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(field(Opcodes.GETFIELD, counter));
        code.add(constant(amount));
        code.add(new InsnNode(Opcodes.ISUB));
        code.add(new InsnNode(Opcodes.DUP_X1));
        code.add(field(Opcodes.PUTFIELD, counter));
        code.add(new JumpInsnNode(Opcodes.IFGE, enough));
        code.add(new VarInsnNode(Opcodes.ALOAD, memory));
        code.add(
                new MethodInsnNode(
                        Opcodes.INVOKEVIRTUAL, Layout.LINEAR_MEMORY, below, "()V", false));
        code.add(enough);
        return code;
    }

    /** {@code memory.stack += frame;} Only at returns: a throw ends the whole run. */
    private InsnList giveBack(int frame) {
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ALOAD, memory));
        code.add(new InsnNode(Opcodes.DUP));
        code.add(field(Opcodes.GETFIELD, "stack"));
        code.add(constant(frame));
        code.add(new InsnNode(Opcodes.IADD));
        code.add(field(Opcodes.PUTFIELD, "stack"));
        return code;
    }

    private static FieldInsnNode field(int opcode, String counter) {
        return new FieldInsnNode(opcode, Layout.LINEAR_MEMORY, counter, "I");
    }

    private static AbstractInsnNode constant(int value) {
        return value <= Short.MAX_VALUE
                ? new IntInsnNode(Opcodes.SIPUSH, value)
                : new LdcInsnNode(value);
    }
}
