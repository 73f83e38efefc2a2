package io.trinity.engine.verify;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Which single instructions may stand in a guest class. */
final class Instructions {
    private Instructions() {}

    /** What is wrong with {@code i}, or null. Field access is looked at elsewhere. */
    static @Nullable String objection(AbstractInsnNode i, int memorySlot, AllowedCalls calls) {
        if (i instanceof MethodInsnNode call) {
            return calls.allows(call)
                    ? null
                    : "calls %s.%s%s".formatted(call.owner, call.name, call.desc);
        }
        if (writes(i, memorySlot)) {
            return "writes over its memory";
        }
        return switch (i.getOpcode()) {
            case Opcodes.GETSTATIC,
                    Opcodes.PUTSTATIC,
                    Opcodes.INVOKEDYNAMIC,
                    Opcodes.NEW,
                    Opcodes.ANEWARRAY,
                    Opcodes.MULTIANEWARRAY,
                    Opcodes.CHECKCAST,
                    Opcodes.INSTANCEOF,
                    Opcodes.MONITORENTER,
                    Opcodes.MONITOREXIT,
                    Opcodes.AALOAD,
                    Opcodes.AASTORE,
                    Opcodes.JSR,
                    Opcodes.RET ->
                    "has the instruction " + i.getOpcode();
            case Opcodes.NEWARRAY ->
                    ((IntInsnNode) i).operand == Opcodes.T_LONG ? null : "makes another array";
            case Opcodes.LDC -> ((LdcInsnNode) i).cst instanceof Number ? null : "loads no number";
            default -> null;
        };
    }

    /** Whether {@code i} changes the local variable, or half of it. */
    static boolean writes(AbstractInsnNode i, int slot) {
        return switch (i.getOpcode()) {
            case Opcodes.ISTORE, Opcodes.FSTORE, Opcodes.ASTORE -> ((VarInsnNode) i).var == slot;
            case Opcodes.LSTORE, Opcodes.DSTORE -> {
                int var = ((VarInsnNode) i).var;
                yield var == slot || var + 1 == slot;
            }
            case Opcodes.IINC -> ((IincInsnNode) i).var == slot;
            default -> false;
        };
    }
}
