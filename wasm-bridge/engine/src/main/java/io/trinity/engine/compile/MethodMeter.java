package io.trinity.engine.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Puts fuel ticks and the frame counter into one method that is handed its memory. */
final class MethodMeter {
    /** Bytes of a JVM frame without its slots. */
    private static final int FRAME_BYTES = 96;

    /** Operand slots that a tick needs above what is on the stack. */
    private static final int TICK_SLOTS = 3;

    /** Besides, where loops are mined: two local variables, and what asks for rounds. */
    private static final int MINING_SLOTS = 6;

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
        LoopLayout.tidy(method.instructions);
        StaticCost cost = StaticCost.of(method.instructions);
        List<InnerLoops.Loop> loops = InnerLoops.of(method.instructions, cost.atBackJumps());
        boolean handed = StackParameter.isIn(method.desc);
        int stack = handed ? StackParameter.slot(method.desc) : method.maxLocals++;
        int slots = loops.isEmpty() ? TICK_SLOTS : TICK_SLOTS + MINING_SLOTS;
        int frame = FRAME_BYTES + 8 * (method.maxLocals + method.maxStack + slots);
        handDown(stack);
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
        cost.atBackJumps()
                .forEach(
                        (jump, price) -> {
                            if (!mined.contains(jump)) {
                                method.instructions.insertBefore(jump, code.takeFuel(price));
                            }
                        });
        InsnList entry = code.takeFuel(cost.atEntry() + COUNTING_COST);
        entry.add(code.takeStack(frame, stack, handed));
        method.instructions.insert(entry);
    }

    /** Tells functions, and whoever may call some, what is left of the stack. */
    private void handDown(int stack) {
        for (AbstractInsnNode i : method.instructions.toArray()) {
            if (i instanceof MethodInsnNode call) {
                if (StackParameter.isOwn(call) && StackParameter.isIn(call.desc)) {
                    method.instructions.insertBefore(call, new VarInsnNode(Opcodes.ILOAD, stack));
                } else if (Redirects.leavesGuest(call)) {
                    method.instructions.insertBefore(call, code.tellStack(stack));
                }
            }
        }
    }
}
