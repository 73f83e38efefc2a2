package io.trinity.engine.verify;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.TestEngine;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Each guard of the verifier goes red when the final bytes are spoilt in its way. */
class ClassVerifierTest {
    private static final String GROUP = "io.trinity.guest.code.ModuleFuncGroup_0";

    /** Instructions that take fuel, and those that take a frame behind them. */
    private static final int TAKE = 10;

    private static final int FRAME = 8;
    private static final int BODY = TAKE + FRAME;

    private static SortedMap<String, byte[]> sound;

    @BeforeAll
    static void compile() {
        byte[] module =
                Wat2Wasm.parse(
                        """
                        (module (memory 1)
                          (func $g (param i32) (result i32) (i32.load (local.get 0)))
                          (func (export "f") (param $n i32) (result i32) (local $s i32)
                            (loop $l
                              (local.set $s (i32.add (local.get $s) (call $g (local.get $n))))
                              (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                            (local.get $s)))
                        """);
        sound = TestEngine.ENGINE.compile(PluginRef.named("probe"), module).classes();
    }

    @Test
    void what_the_compiler_makes_passes() {
        ClassVerifier.verify(sound);
        LinkCheck.link(sound);
    }

    /** Applies {@code spoil} to the looping function and expects a refusal that says so. */
    private static void refused(String message, Consumer<MethodNode> spoil) {
        refusedClass(
                message,
                node -> {
                    MethodNode f =
                            node.methods.stream()
                                    .filter(m -> m.name.equals("func_1"))
                                    .findFirst()
                                    .orElseThrow();
                    spoil.accept(f);
                });
    }

    private static void refusedClass(String message, Consumer<ClassNode> spoil) {
        ClassNode node = new ClassNode();
        new ClassReader(sound.get(GROUP)).accept(node, 0);
        spoil.accept(node);
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        SortedMap<String, byte[]> spoilt = new TreeMap<>(sound);
        spoilt.put(GROUP, writer.toByteArray());
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> ClassVerifier.verify(spoilt));
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    private static AbstractInsnNode[] real(MethodNode m) {
        return Arrays.stream(m.instructions.toArray())
                .filter(i -> i.getOpcode() >= 0)
                .toArray(AbstractInsnNode[]::new);
    }

    private static int indexOf(MethodNode m, int opcode, int from) {
        AbstractInsnNode[] code = real(m);
        for (int i = from; i < code.length; i++) {
            if (code[i].getOpcode() == opcode) {
                return i;
            }
        }
        throw new AssertionError("no instruction " + opcode);
    }

    private static void remove(MethodNode m, int first, int count) {
        AbstractInsnNode[] code = real(m);
        for (int i = first; i < first + count; i++) {
            m.instructions.remove(code[i]);
        }
    }

    private static int backJump(MethodNode m) {
        return indexOf(m, Opcodes.GOTO, 0);
    }

    @Test
    void a_removed_tick_is_seen() {
        refused("jumps back without paying", m -> remove(m, backJump(m) - TAKE, TAKE));
    }

    @Test
    void a_tick_that_pays_too_little_is_seen() {
        refused(
                "not paid for",
                m ->
                        m.instructions.set(
                                real(m)[backJump(m) - TAKE + 3], new InsnNode(Opcodes.ICONST_1)));
    }

    @Test
    void a_tick_that_pays_a_negative_amount_is_seen() {
        refused(
                "touches field fuel",
                m ->
                        m.instructions.set(
                                real(m)[backJump(m) - TAKE + 3],
                                new IntInsnNode(Opcodes.SIPUSH, -100)));
    }

    @Test
    void a_backward_jump_past_the_tick_is_seen() {
        refused(
                "without paying",
                m -> {
                    // A way to the jump that leaves its tick out.
                    AbstractInsnNode jump = real(m)[backJump(m)];
                    LabelNode bypass = new LabelNode();
                    m.instructions.insertBefore(jump, bypass);
                    InsnList way = new InsnList();
                    way.add(new VarInsnNode(Opcodes.ILOAD, 0));
                    way.add(new JumpInsnNode(Opcodes.IFEQ, bypass));
                    m.instructions.insertBefore(real(m)[BODY], way);
                });
    }

    @Test
    void an_added_backward_jump_is_seen() {
        refused(
                "jumps back without paying",
                m -> {
                    LabelNode target = new LabelNode();
                    m.instructions.insertBefore(real(m)[BODY], target);
                    InsnList jump = new InsnList();
                    jump.add(new VarInsnNode(Opcodes.ILOAD, 0));
                    jump.add(new JumpInsnNode(Opcodes.IFNE, target));
                    m.instructions.insertBefore(real(m)[backJump(m) - TAKE], jump);
                });
    }

    @Test
    void a_backward_switch_is_seen() {
        refused(
                "jumps back without paying",
                m -> {
                    LabelNode target = new LabelNode();
                    m.instructions.insertBefore(real(m)[BODY], target);
                    InsnList jump = new InsnList();
                    jump.add(new VarInsnNode(Opcodes.ILOAD, 0));
                    jump.add(
                            new org.objectweb.asm.tree.LookupSwitchInsnNode(
                                    target, new int[0], new LabelNode[0]));
                    m.instructions.insertBefore(real(m)[backJump(m) - TAKE], jump);
                });
    }

    @Test
    void an_entry_that_is_not_charged_is_seen() {
        refused("not charged at its entry", m -> remove(m, 0, TAKE));
    }

    @Test
    void an_entry_that_is_charged_too_little_is_seen() {
        refused(
                "not paid for",
                m -> m.instructions.set(real(m)[3], new InsnNode(Opcodes.ICONST_1)));
    }

    @Test
    void a_frame_that_is_not_counted_is_seen() {
        refused("does not count its frame", m -> remove(m, TAKE, FRAME));
    }

    @Test
    void a_frame_counted_too_small_is_seen() {
        refused(
                "does not count its frame",
                m -> m.instructions.set(real(m)[TAKE + 1], new IntInsnNode(Opcodes.BIPUSH, 96)));
    }

    @Test
    void a_counter_that_is_set_is_seen() {
        refused(
                "touches field fuel",
                m -> {
                    InsnList refill = new InsnList();
                    refill.add(new VarInsnNode(Opcodes.ALOAD, 1));
                    refill.add(new LdcInsnNode(1_000_000));
                    refill.add(
                            new FieldInsnNode(
                                    Opcodes.PUTFIELD,
                                    "io/trinity/engine/guest/LinearMemory",
                                    "fuel",
                                    "I"));
                    m.instructions.insertBefore(real(m)[BODY], refill);
                });
    }

    @Test
    void another_memory_in_its_slot_is_seen() {
        refused(
                "writes over its memory",
                m -> {
                    InsnList store = new InsnList();
                    store.add(new InsnNode(Opcodes.ACONST_NULL));
                    store.add(new VarInsnNode(Opcodes.ASTORE, 1));
                    m.instructions.insertBefore(real(m)[BODY], store);
                });
    }

    @Test
    void a_foreign_call_is_seen() {
        refused("calls java/lang/System.gc", m -> insertCall(m, "java/lang/System", "gc"));
        refused(
                "calls io/trinity/guest/code/Gone",
                m -> insertCall(m, "io/trinity/guest/code/Gone", "f"));
        refused(
                "calls io/trinity/engine/guest/MemoryOps.<clinit>",
                m -> insertCall(m, "io/trinity/engine/guest/MemoryOps", "<clinit>"));
    }

    private static void insertCall(MethodNode m, String owner, String name) {
        m.instructions.insertBefore(
                real(m)[BODY], new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, "()V", false));
    }

    @Test
    void instructions_that_guests_have_no_use_for_are_seen() {
        refused("loads no number", m -> insertAndPop(m, new LdcInsnNode("text")));
        refused(
                "has the instruction " + Opcodes.NEW,
                m ->
                        insertAndPop(
                                m,
                                new org.objectweb.asm.tree.TypeInsnNode(
                                        Opcodes.NEW, "java/lang/Thread")));
        refused(
                "has the instruction " + Opcodes.GETSTATIC,
                m ->
                        insertAndPop(
                                m,
                                new FieldInsnNode(
                                        Opcodes.GETSTATIC,
                                        "java/lang/System",
                                        "out",
                                        "Ljava/io/PrintStream;")));
    }

    private static void insertAndPop(MethodNode m, AbstractInsnNode push) {
        InsnList code = new InsnList();
        code.add(push);
        code.add(new InsnNode(Opcodes.POP));
        m.instructions.insertBefore(real(m)[BODY], code);
    }

    @Test
    void a_handler_is_seen() {
        refused(
                "catches exceptions",
                m -> {
                    LabelNode start = new LabelNode();
                    LabelNode end = new LabelNode();
                    m.instructions.insert(start);
                    m.instructions.insert(real(m)[0], end);
                    m.tryCatchBlocks.add(
                            new TryCatchBlockNode(start, end, end, "java/lang/Throwable"));
                });
    }

    @Test
    void a_method_or_field_of_another_kind_is_seen() {
        refusedClass("not public static", c -> c.methods.get(0).access |= Opcodes.ACC_SYNCHRONIZED);
        refusedClass(
                "has a field",
                c -> c.fields.add(new FieldNode(Opcodes.ACC_STATIC, "x", "I", null, null)));
        refusedClass("extends or implements", c -> c.interfaces.add("java/lang/Runnable"));
    }

    @Test
    void a_method_that_does_not_count_is_seen() {
        refusedClass(
                "does not count",
                c -> {
                    MethodNode m =
                            new MethodNode(
                                    Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                                    "x",
                                    "()V",
                                    null,
                                    null);
                    m.instructions.add(new InsnNode(Opcodes.RETURN));
                    c.methods.add(m);
                });
    }
}
