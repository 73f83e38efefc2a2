package io.trinity.engine.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/** Puts fuel ticks and the frame counter into one method that is handed its memory. */
final class MethodMeter {
    /** Bytes of a JVM frame without its slots. */
    private static final int FRAME_BYTES = 96;

    /** Operand slots that a tick needs above what is on the stack. */
    private static final int TICK_SLOTS = 3;

    /** Besides, where loops are mined: a local variable, and what asks for rounds. */
    private static final int MINING_SLOTS = 5;

    /** The counting itself, which the static cost of the original code does not know. */
    private static final int COUNTING_COST = 12;

    private final MethodNode method;
    private final CountingCode code;

    MethodMeter(MethodNode method) {
        this.method = method;
        int memory = memorySlot(method.desc);
        this.code = new CountingCode(memory);
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
        List<InnerLoops.Loop> loops = InnerLoops.of(method.instructions, cost.atBackJumps());
        int slots = loops.isEmpty() ? TICK_SLOTS : TICK_SLOTS + MINING_SLOTS;
        int frame = FRAME_BYTES + 8 * (method.maxLocals + method.maxStack + slots);
        Set<AbstractInsnNode> mined = new HashSet<>();
        for (InnerLoops.Loop loop : loops) {
            Bound bound = Bound.of(loop);
            if (bound == null) {
                new StripMiner(method, code, loop, method.maxLocals).apply();
            } else {
                new BoundMiner(method, code, loop, bound, method.maxLocals).apply();
            }
            mined.addAll(loop.backs());
        }
        for (AbstractInsnNode i : method.instructions.toArray()) {
            if (i.getOpcode() >= Opcodes.IRETURN && i.getOpcode() <= Opcodes.RETURN) {
                method.instructions.insertBefore(i, code.giveBack(frame));
            }
        }
        cost.atBackJumps()
                .forEach(
                        (jump, price) -> {
                            if (!mined.contains(jump)) {
                                method.instructions.insertBefore(jump, code.takeFuel(price));
                            }
                        });
        InsnList entry = code.takeFuel(cost.atEntry() + COUNTING_COST);
        entry.add(code.takeStack(frame));
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
}
