package io.trinity.engine.verify;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.engine.TestEngine;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Each rule about the stack goes red when the final bytes are spoilt in its way. */
class FramesTest {
    /** Instructions that take fuel, and those that take a frame behind them. */
    private static final int TAKE = 10;

    private static final int BODY = TAKE + 8;

    /** Slots of memory and of what is left of the stack, in functions of one parameter. */
    private static final int MEMORY = 1;

    private static final int LEFT = 3;

    private static final String ASKS = "func_1";

    private static final SortedMap<String, byte[]> SOUND =
            TestEngine.ENGINE
                    .compile(
                            Mined.WHO,
                            Wat2Wasm.parse(
                                    """
                                    (module (import "host" "f" (func $h (param i32) (result i32))) (memory 1)
                                      (func $asks (param i32) (result i32) (call $h (local.get 0)))
                                      (func (export "f") (param i32) (result i32)
                                        (call $asks (i32.add (local.get 0) (i32.const 1)))))
                                    """))
                    .classes();

    /** Applies {@code spoil} to a method and expects a refusal that says so. */
    private static void refusedIn(String name, String message, Consumer<MethodNode> spoil) {
        ClassNode node = new ClassNode();
        new ClassReader(SOUND.get(Mined.GROUP)).accept(node, ClassReader.SKIP_FRAMES);
        spoil.accept(
                node.methods.stream().filter(m -> m.name.equals(name)).findFirst().orElseThrow());
        SortedMap<String, byte[]> spoilt = Mined.with(SOUND, node);
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> ClassVerifier.verify(spoilt));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    private static void refused(String message, Consumer<MethodNode> spoil) {
        refusedIn("func_2", message, spoil);
    }

    @Test
    void what_the_compiler_makes_passes() {
        ClassVerifier.verify(SOUND);
    }

    @Test
    void a_frame_counted_in_another_variable_is_seen() {
        refused(
                "in the stack that it was handed",
                m -> {
                    m.maxLocals++;
                    ((VarInsnNode) Mined.real(m)[TAKE]).var = m.maxLocals - 1;
                    ((VarInsnNode) Mined.real(m)[TAKE + 4]).var = m.maxLocals - 1;
                    m.instructions.set(
                            Mined.real(m)[TAKE + 1], new IntInsnNode(Opcodes.SIPUSH, 500));
                });
    }

    @Test
    void a_frame_taken_from_something_else_is_seen() {
        refused("does not count its frame", m -> ((VarInsnNode) Mined.real(m)[TAKE]).var = 0);
    }

    @Test
    void a_frame_whose_rest_goes_elsewhere_is_seen() {
        refused("does not count its frame", m -> ((VarInsnNode) Mined.real(m)[TAKE + 4]).var = 0);
    }

    /** The field keeps what the last one to leave the guest said: not what a caller has left. */
    @Test
    void a_function_that_fetches_its_stack_is_seen() {
        refused(
                "in the stack that it was handed",
                m -> {
                    AbstractInsnNode load = Mined.real(m)[TAKE];
                    m.instructions.insertBefore(load, new VarInsnNode(Opcodes.ALOAD, MEMORY));
                    m.instructions.set(load, stack(Opcodes.GETFIELD));
                });
    }

    private static FieldInsnNode stack(int opcode) {
        return new FieldInsnNode(opcode, "io/trinity/engine/guest/LinearMemory", "stack", "I");
    }

    @Test
    void what_is_left_of_the_stack_is_not_written_over() {
        int half = LEFT - 1;
        for (InsnList store :
                List.of(
                        list(new InsnNode(Opcodes.ICONST_0), new VarInsnNode(Opcodes.ISTORE, LEFT)),
                        list(new InsnNode(Opcodes.FCONST_0), new VarInsnNode(Opcodes.FSTORE, LEFT)),
                        list(new InsnNode(Opcodes.LCONST_0), new VarInsnNode(Opcodes.LSTORE, half)),
                        list(new InsnNode(Opcodes.DCONST_0), new VarInsnNode(Opcodes.DSTORE, LEFT)),
                        list(new IincInsnNode(LEFT, 100)))) {
            refused(
                    "writes over what is left of its stack",
                    m -> m.instructions.insertBefore(Mined.real(m)[BODY], store));
        }
    }

    private static InsnList list(AbstractInsnNode... code) {
        InsnList list = new InsnList();
        for (AbstractInsnNode i : code) {
            list.add(i);
        }
        return list;
    }

    private static final String NOT_HANDED = "calls without handing down what is left";

    @Test
    void a_callee_that_is_handed_something_else_is_seen() {
        refused(
                NOT_HANDED,
                m ->
                        m.instructions.set(
                                Mined.real(m)[callOf(m, ASKS) - 1], new LdcInsnNode(1_000_000)));
        refused(NOT_HANDED, m -> ((VarInsnNode) Mined.real(m)[callOf(m, ASKS) - 1]).var = 0);
    }

    @Test
    void a_way_around_what_a_callee_is_handed_is_seen() {
        refused(
                NOT_HANDED,
                m -> {
                    LabelNode call = new LabelNode();
                    AbstractInsnNode load = Mined.real(m)[callOf(m, ASKS) - 1];
                    m.instructions.insert(load, call);
                    m.instructions.insertBefore(
                            load,
                            list(
                                    new LdcInsnNode(1_000_000),
                                    new VarInsnNode(Opcodes.ILOAD, 0),
                                    new JumpInsnNode(Opcodes.IFEQ, call),
                                    new InsnNode(Opcodes.POP)));
                });
    }

    /** A bridge begins with all that the last one to leave the guest had. */
    @Test
    void a_function_that_calls_a_bridge_is_seen() {
        refused(
                NOT_HANDED,
                m -> {
                    MethodInsnNode bridge =
                            new MethodInsnNode(
                                    Opcodes.INVOKESTATIC,
                                    Mined.GROUP.replace('.', '/'),
                                    "call_2",
                                    "([JLio/trinity/engine/guest/LinearMemory;"
                                            + "Lcom/dylibso/chicory/runtime/Instance;)J",
                                    false);
                    m.instructions.insertBefore(
                            Mined.real(m)[BODY],
                            list(
                                    new InsnNode(Opcodes.ICONST_1),
                                    new IntInsnNode(Opcodes.NEWARRAY, Opcodes.T_LONG),
                                    new VarInsnNode(Opcodes.ALOAD, MEMORY),
                                    new VarInsnNode(Opcodes.ALOAD, MEMORY + 1),
                                    bridge,
                                    new InsnNode(Opcodes.POP2)));
                });
    }

    @Test
    void a_call_to_the_host_that_is_not_told_the_stack_is_seen() {
        String message = "leaves without saying what is left of its stack";
        refusedIn("func_0", message, m -> remove(m, callOf(m, "callHostFunction") - 3, 3));
        refusedIn(
                "func_0",
                message,
                m -> ((VarInsnNode) Mined.real(m)[callOf(m, "callHostFunction") - 2]).var = 0);
    }

    @Test
    void a_stack_that_is_told_to_nobody_is_seen() {
        refused(
                "says what is left of its stack where it does not leave",
                m ->
                        m.instructions.insertBefore(
                                Mined.real(m)[BODY],
                                list(
                                        new VarInsnNode(Opcodes.ALOAD, MEMORY),
                                        new VarInsnNode(Opcodes.ILOAD, LEFT),
                                        stack(Opcodes.PUTFIELD))));
    }

    @Test
    void a_bridge_that_fetches_into_its_parameters_is_seen() {
        refusedIn(
                "call_2",
                "in the stack that it was handed",
                m -> ((VarInsnNode) Mined.real(m)[TAKE + 5]).var = 0);
    }

    private static int callOf(MethodNode m, String name) {
        AbstractInsnNode[] code = Mined.real(m);
        for (int i = 0; i < code.length; i++) {
            if (code[i] instanceof MethodInsnNode call && call.name.equals(name)) {
                return i;
            }
        }
        throw new AssertionError(m.name + " does not call " + name);
    }

    private static void remove(MethodNode m, int first, int count) {
        AbstractInsnNode[] code = Mined.real(m);
        for (int i = first; i < first + count; i++) {
            m.instructions.remove(code[i]);
        }
    }
}
