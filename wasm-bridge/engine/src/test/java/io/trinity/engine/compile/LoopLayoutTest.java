package io.trinity.engine.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Code that is moved out of a loop does what it did, and the loop is one piece. */
class LoopLayoutTest {
    private static final int[] ARGUMENTS = {-3, 0, 1, 2, 7, 8, 100, 1001};

    /** {@code int f(int n)}, with an int in slot 1 that begins at 0. */
    private static MethodNode method(Consumer<MethodNode> body) {
        MethodNode m =
                new MethodNode(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "f", "(I)I", null, null);
        m.visitInsn(Opcodes.ICONST_0);
        m.visitVarInsn(Opcodes.ISTORE, 1);
        body.accept(m);
        return m;
    }

    private static int[] results(MethodNode m) throws ReflectiveOperationException {
        ClassNode node = new ClassNode();
        node.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC,
                "io/trinity/engine/compile/Moved",
                null,
                "java/lang/Object",
                null);
        MethodNode copy = new MethodNode(m.access, m.name, m.desc, null, null);
        m.accept(copy);
        node.methods.add(copy);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        node.accept(writer);
        MethodHandles.Lookup hidden =
                MethodHandles.lookup().defineHiddenClass(writer.toByteArray(), true);
        try {
            var f =
                    hidden.findStatic(
                            hidden.lookupClass(), "f", MethodType.methodType(int.class, int.class));
            int[] results = new int[ARGUMENTS.length];
            for (int i = 0; i < ARGUMENTS.length; i++) {
                results[i] = (int) f.invokeExact(ARGUMENTS[i]);
            }
            return results;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** The real instructions of the innermost loop. */
    private static List<Integer> loop(MethodNode m) {
        AbstractInsnNode[] code = m.instructions.toArray();
        List<Integer> shortest = null;
        for (int i = 0; i < code.length; i++) {
            if (code[i] instanceof JumpInsnNode jump && m.instructions.indexOf(jump.label) < i) {
                List<Integer> opcodes = new ArrayList<>();
                for (int j = m.instructions.indexOf(jump.label); j <= i; j++) {
                    if (code[j].getOpcode() >= 0) {
                        opcodes.add(code[j].getOpcode());
                    }
                }
                if (shortest == null || opcodes.size() < shortest.size()) {
                    shortest = opcodes;
                }
            }
        }
        return Objects.requireNonNull(shortest, "no loop");
    }

    private static void movesAllMultiplications(MethodNode m) throws ReflectiveOperationException {
        int[] before = results(m);
        assertTrue(loop(m).contains(Opcodes.IMUL), "nothing stands in the midst of the loop");
        LoopLayout.tidy(m.instructions);
        assertEquals(false, loop(m).contains(Opcodes.IMUL), loop(m)::toString);
        assertArrayEquals(before, results(m));
    }

    private static void next(MethodNode m) {
        m.visitIincInsn(0, -1);
        m.visitIincInsn(1, 3);
    }

    private static void exit(MethodNode m) {
        m.visitVarInsn(Opcodes.ILOAD, 1);
        m.visitIntInsn(Opcodes.BIPUSH, 5);
        m.visitInsn(Opcodes.IMUL);
        m.visitInsn(Opcodes.IRETURN);
    }

    @Test
    void aWayOutThatIsJumpedOver() throws ReflectiveOperationException {
        movesAllMultiplications(
                method(
                        m -> {
                            Label head = new Label();
                            Label on = new Label();
                            m.visitLabel(head);
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitJumpInsn(Opcodes.IFGT, on);
                            exit(m);
                            m.visitLabel(on);
                            next(m);
                            m.visitJumpInsn(Opcodes.GOTO, head);
                        }));
    }

    /** The jump before it leads further on than behind it. */
    @Test
    void aWayOutThatIsFallenInto() throws ReflectiveOperationException {
        movesAllMultiplications(
                method(
                        m -> {
                            Label head = new Label();
                            Label far = new Label();
                            Label near = new Label();
                            m.visitLabel(head);
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitInsn(Opcodes.ICONST_3);
                            m.visitInsn(Opcodes.IAND);
                            m.visitJumpInsn(Opcodes.IFNE, near);
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitJumpInsn(Opcodes.IFGT, far);
                            exit(m);
                            m.visitLabel(near);
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitJumpInsn(Opcodes.IFGT, far);
                            exit(m);
                            m.visitLabel(far);
                            next(m);
                            m.visitJumpInsn(Opcodes.GOTO, head);
                        }));
    }

    /** Nothing falls into it; its end goes on behind the loop. */
    @Test
    void aWayOutThatIsJumpedTo() throws ReflectiveOperationException {
        movesAllMultiplications(
                method(
                        m -> {
                            Label head = new Label();
                            Label out = new Label();
                            Label on = new Label();
                            Label end = new Label();
                            m.visitLabel(head);
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitJumpInsn(Opcodes.IFLE, out);
                            m.visitJumpInsn(Opcodes.GOTO, on);
                            m.visitLabel(out);
                            m.visitVarInsn(Opcodes.ILOAD, 1);
                            m.visitInsn(Opcodes.DUP);
                            m.visitInsn(Opcodes.IMUL);
                            m.visitVarInsn(Opcodes.ISTORE, 1);
                            m.visitJumpInsn(Opcodes.GOTO, end);
                            m.visitLabel(on);
                            next(m);
                            m.visitJumpInsn(Opcodes.GOTO, head);
                            m.visitLabel(end);
                            m.visitVarInsn(Opcodes.ILOAD, 1);
                            m.visitInsn(Opcodes.IRETURN);
                        }));
    }

    /** What goes on to the head of the loop around stands in the inner one. */
    @Test
    void theWayBackOfTheLoopAround() throws ReflectiveOperationException {
        movesAllMultiplications(
                method(
                        m -> {
                            Label outer = new Label();
                            Label inner = new Label();
                            Label on = new Label();
                            Label more = new Label();
                            m.visitLabel(outer);
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitJumpInsn(Opcodes.IFGT, more);
                            m.visitVarInsn(Opcodes.ILOAD, 1);
                            m.visitInsn(Opcodes.IRETURN);
                            m.visitLabel(more);
                            m.visitLabel(inner);
                            next(m);
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitInsn(Opcodes.ICONST_3);
                            m.visitInsn(Opcodes.IAND);
                            m.visitJumpInsn(Opcodes.IFNE, on);
                            m.visitVarInsn(Opcodes.ILOAD, 1);
                            m.visitInsn(Opcodes.ICONST_5);
                            m.visitInsn(Opcodes.IMUL);
                            m.visitVarInsn(Opcodes.ISTORE, 1);
                            m.visitJumpInsn(Opcodes.GOTO, outer);
                            m.visitLabel(on);
                            m.visitJumpInsn(Opcodes.GOTO, inner);
                        }));
    }

    /** A loop that is entered in its middle, or has another in it, stays as it is. */
    @Test
    void otherLoopsStayAsTheyAre() {
        MethodNode entered =
                method(
                        m -> {
                            Label head = new Label();
                            Label middle = new Label();
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitJumpInsn(Opcodes.IFGT, middle);
                            m.visitLabel(head);
                            m.visitVarInsn(Opcodes.ILOAD, 0);
                            m.visitJumpInsn(Opcodes.IFGT, middle);
                            exit(m);
                            m.visitLabel(middle);
                            next(m);
                            m.visitJumpInsn(Opcodes.GOTO, head);
                        });
        List<Integer> before = loop(entered);
        LoopLayout.tidy(entered.instructions);
        assertEquals(before, loop(entered));
    }
}
