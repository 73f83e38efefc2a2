package io.trinity.engine.compile;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The last parameter of every function: how many bytes of stack its caller has left. Handed down in
 * a register, it costs no access to memory, and nothing has to be given back at a return.
 */
final class StackParameter {
    private static final String TAIL = "L" + Layout.LINEAR_MEMORY + ";L" + Layout.INSTANCE + ";";

    /** Of the parts of a call_indirect, which are told the function behind the instance. */
    private static final String DISPATCH_TAIL = TAIL + "I";

    private StackParameter() {}

    /** Whether a method of this descriptor, to which it was added where it can be, has it. */
    static boolean isIn(String descriptor) {
        return descriptor.contains(TAIL + "I)") || descriptor.contains(DISPATCH_TAIL + "I)");
    }

    /** The descriptor with the parameter; the same where there is no memory to count in. */
    static String addTo(String descriptor) {
        return descriptor
                .replace(DISPATCH_TAIL + ")", DISPATCH_TAIL + "I)")
                .replace(TAIL + ")", TAIL + "I)");
    }

    /** Local variable slot of the parameter of a static method that has it. */
    static int slot(String descriptor) {
        int receiver = 1;
        return (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - receiver - 1;
    }

    /**
     * Adds the parameter to a method, and moves its local variables up by one. Its calls have the
     * new descriptor then, and still lack the argument. Admission leaves room for it below the
     * JVM's limit of 255.
     */
    static void addTo(MethodNode method) {
        String descriptor = addTo(method.desc);
        if (descriptor.equals(method.desc)) {
            return;
        }
        int slot = slot(descriptor);
        method.desc = descriptor;
        method.maxLocals++;
        for (AbstractInsnNode i : method.instructions) {
            if (i instanceof VarInsnNode v && v.var >= slot) {
                v.var++;
            } else if (i instanceof IincInsnNode n && n.var >= slot) {
                n.var++;
            } else if (i instanceof MethodInsnNode call && isOwn(call)) {
                call.desc = addTo(call.desc);
            }
        }
    }

    /** Whether it leads to a function, and not into the guest runtime. */
    static boolean isOwn(MethodInsnNode call) {
        return call.getOpcode() == Opcodes.INVOKESTATIC && call.owner.startsWith(Layout.MAIN);
    }
}
