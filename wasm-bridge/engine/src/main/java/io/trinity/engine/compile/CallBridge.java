package io.trinity.engine.compile;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.MethodNode;

/**
 * Writes {@code call_N}: takes arguments from a {@code long[]}, calls {@code func_N}, and returns
 * its result as a {@code long}. The last argument of {@code func_N}, what is left of the stack, is
 * put in where frames are counted. In place of Chicory's, which allocates for the result.
 */
final class CallBridge {
    private static final String NUMERIC_OPS = "io/trinity/engine/guest/NumericOps";

    private CallBridge() {}

    /**
     * @param owner class of the function
     * @param function descriptor of {@code func_N}, ending in memory, instance and stack
     */
    static MethodNode of(String owner, int index, String function) {
        MethodNode m =
                new MethodNode(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        Layout.call(index),
                        Layout.CALL_DESCRIPTOR,
                        null,
                        null);
        Type[] parameters = Type.getArgumentTypes(function);
        int depth = 0;
        for (int i = 0; i < parameters.length - 3; i++) {
            m.visitVarInsn(Opcodes.ALOAD, 0);
            m.visitLdcInsn(i);
            m.visitInsn(Opcodes.LALOAD);
            fromLong(m, parameters[i]);
            depth += parameters[i].getSize();
        }
        m.visitVarInsn(Opcodes.ALOAD, 1);
        m.visitVarInsn(Opcodes.ALOAD, 2);
        m.visitMethodInsn(Opcodes.INVOKESTATIC, owner, Layout.function(index), function, false);
        toLong(m, Type.getReturnType(function));
        m.visitInsn(Opcodes.LRETURN);
        m.visitMaxs(depth + 3, 3);
        return m;
    }

    private static void fromLong(MethodNode m, Type type) {
        switch (type.getSort()) {
            case Type.INT -> m.visitInsn(Opcodes.L2I);
            case Type.FLOAT -> convert(m, "longToFloat", "(J)F");
            case Type.DOUBLE -> convert(m, "longToDouble", "(J)D");
            default -> {}
        }
    }

    private static void toLong(MethodNode m, Type type) {
        switch (type.getSort()) {
            case Type.VOID -> m.visitInsn(Opcodes.LCONST_0);
            case Type.INT -> m.visitInsn(Opcodes.I2L);
            case Type.FLOAT -> convert(m, "floatToLong", "(F)J");
            case Type.DOUBLE -> convert(m, "doubleToLong", "(D)J");
            case Type.ARRAY -> {
                // Several results: the port has no call for them, and never asks for this.
                m.visitInsn(Opcodes.ICONST_0);
                m.visitInsn(Opcodes.LALOAD);
            }
            default -> {}
        }
    }

    private static void convert(MethodNode m, String name, String descriptor) {
        m.visitMethodInsn(Opcodes.INVOKESTATIC, NUMERIC_OPS, name, descriptor, false);
    }
}
