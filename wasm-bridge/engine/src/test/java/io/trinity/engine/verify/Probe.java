package io.trinity.engine.verify;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Counts the instructions that guest classes really run, those that count left out. Public because
 * guest classes call it. One test thread at a time.
 */
public final class Probe {
    /** So many are an endless loop that nobody pays for. */
    private static final long TOO_MANY = 5_000_000;

    private static long instructions;

    private Probe() {}

    /** Called before each instruction. */
    public static void tick() {
        instructions++;
        if (instructions > TOO_MANY) {
            throw new AssertionError("runs on and on without paying");
        }
    }

    static void reset() {
        instructions = 0;
    }

    static long instructions() {
        return instructions;
    }

    /** Has every function of a class call {@link #tick}. */
    static void into(ClassNode group) {
        for (MethodNode m : group.methods) {
            if (m.name.startsWith("func_")) {
                into(m);
            }
        }
    }

    private static void into(MethodNode m) {
        AbstractInsnNode[] code = Mined.real(m);
        boolean[] counts = counts(m, code);
        for (int i = 0; i < code.length; i++) {
            if (!counts[i]) {
                m.instructions.insertBefore(
                        code[i],
                        new MethodInsnNode(
                                Opcodes.INVOKESTATIC,
                                "io/trinity/engine/verify/Probe",
                                "tick",
                                "()V",
                                false));
            }
        }
    }

    private static boolean[] counts(MethodNode m, AbstractInsnNode[] code) {
        Strips strips = new Strips(code, new Flow(m.name, m.instructions, code), Mined.MEMORY_SLOT);
        boolean[] counts = new boolean[code.length];
        for (int i = 0; i < code.length; i++) {
            counts[i] |= strips.of(i) != null;
            Counting c = Counting.at(code, i, Mined.MEMORY_SLOT);
            for (int j = i; c != null && j <= c.last(); j++) {
                counts[j] = true;
            }
        }
        return counts;
    }
}
