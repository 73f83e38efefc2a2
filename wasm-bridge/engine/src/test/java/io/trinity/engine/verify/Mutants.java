package io.trinity.engine.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Every small way to spoil a method: one instruction, constant, jump or counting at a time. */
final class Mutants {
    private final MethodNode sound;
    private final AbstractInsnNode[] code;
    private final List<Mutant> all = new ArrayList<>();

    /** A way to spoil a fresh copy of the method. */
    record Mutant(String name, Consumer<MethodNode> spoil) {}

    private Mutants(MethodNode sound) {
        this.sound = sound;
        this.code = Mined.real(sound);
    }

    static List<Mutant> of(MethodNode sound) {
        Mutants m = new Mutants(sound);
        m.instructions();
        m.places();
        m.jumps();
        return m.all;
    }

    private void add(String name, Consumer<MethodNode> spoil) {
        all.add(new Mutant(sound.name + ": " + name, spoil));
    }

    private void instructions() {
        for (int i = 0; i < code.length; i++) {
            int at = i;
            add("without instruction " + i, m -> m.instructions.remove(Mined.real(m)[at]));
            if (i + 1 < code.length) {
                add("instructions changed about at " + i, m -> swap(m, at, at + 1, at + 1));
            }
            if (code[i] instanceof VarInsnNode || code[i] instanceof IincInsnNode) {
                for (int slot = 0; slot < sound.maxLocals; slot++) {
                    int other = slot;
                    add("slot %d at %d".formatted(slot, i), m -> slot(Mined.real(m)[at], other));
                }
            }
            int constant = Counting.constant(code[i]);
            if (constant > 0) {
                TreeSet<Integer> values = new TreeSet<>(List.of(1, -1, 0, 30_000, 1_000_000));
                values.addAll(
                        List.of(constant - 1, constant + 1, constant / 2, constant * 2, -constant));
                values.remove(constant);
                for (int value : values) {
                    add(
                            "%d for %d at %d".formatted(value, constant, i),
                            m -> m.instructions.set(Mined.real(m)[at], new LdcInsnNode(value)));
                }
            }
        }
    }

    private static void slot(AbstractInsnNode i, int slot) {
        if (i instanceof IincInsnNode n) {
            n.var = slot;
        } else {
            ((VarInsnNode) i).var = slot;
        }
    }

    /** Whole countings: taken out, doubled, and changed about with each other. */
    private void places() {
        List<int[]> places = new ArrayList<>();
        for (int i = 0; i < code.length; i++) {
            Counting c = Counting.at(code, i, Mined.MEMORY_SLOT);
            if (c != null) {
                places.add(new int[] {c.first(), c.last()});
            }
        }
        Mined.strips(sound).forEach(s -> places.add(new int[] {s.first(), s.last()}));
        for (int[] a : places) {
            add("without counting " + a[0], m -> take(m, a[0], a[1]));
            add(
                    "counting twice " + a[0],
                    m -> {
                        InsnList copy = copy(m, a[0], a[1]);
                        m.instructions.insertBefore(Mined.real(m)[a[0]], copy);
                    });
            for (int[] b : places) {
                if (a[1] < b[0]) {
                    add(
                            "countings changed about " + a[0] + " " + b[0],
                            m -> {
                                AbstractInsnNode[] now = Mined.real(m);
                                InsnList first = copy(m, a[0], a[1]);
                                InsnList second = copy(m, b[0], b[1]);
                                m.instructions.insertBefore(now[a[0]], second);
                                m.instructions.insertBefore(now[b[0]], first);
                                take(now, m, a[0], a[1]);
                                take(now, m, b[0], b[1]);
                            });
                }
            }
        }
    }

    private static void take(MethodNode m, int first, int last) {
        take(Mined.real(m), m, first, last);
    }

    private static void take(AbstractInsnNode[] code, MethodNode m, int first, int last) {
        for (int i = first; i <= last; i++) {
            m.instructions.remove(code[i]);
        }
    }

    /** Jumps of a copy within itself lead to its own labels. */
    private static InsnList copy(MethodNode m, int first, int last) {
        AbstractInsnNode[] now = Mined.real(m);
        Map<LabelNode, LabelNode> labels = new HashMap<>();
        for (AbstractInsnNode i : m.instructions.toArray()) {
            if (i instanceof LabelNode l) {
                labels.put(l, l);
            }
        }
        List<AbstractInsnNode> part = new ArrayList<>();
        AbstractInsnNode end = last + 1 < now.length ? now[last + 1] : null;
        for (AbstractInsnNode i = now[first]; i != end; i = i.getNext()) {
            part.add(i);
            if (i instanceof LabelNode l) {
                labels.put(l, new LabelNode());
            }
        }
        InsnList copy = new InsnList();
        part.stream()
                .filter(i -> i.getOpcode() >= 0 || i instanceof LabelNode)
                .forEach(i -> copy.add(i.clone(labels)));
        return copy;
    }

    private static void swap(MethodNode m, int first, int second, int last) {
        AbstractInsnNode[] now = Mined.real(m);
        AbstractInsnNode moved = now[first];
        m.instructions.remove(moved);
        m.instructions.insert(now[last], moved);
    }

    /** Each jump to each place, both ways round, and new ones from everywhere to everywhere. */
    private void jumps() {
        for (int i = 0; i < code.length; i++) {
            int at = i;
            if (code[i] instanceof JumpInsnNode jump) {
                add("jump never at " + i, m -> m.instructions.remove(Mined.real(m)[at]));
                if (jump.getOpcode() != Opcodes.GOTO) {
                    add("jump always at " + i, m -> always(m, at));
                }
                for (int to = 0; to < code.length; to++) {
                    int target = to;
                    add(
                            "jump at %d leads to %d".formatted(i, to),
                            m -> {
                                LabelNode label = label(m, target);
                                ((JumpInsnNode) Mined.real(m)[at]).label = label;
                            });
                }
            }
        }
    }

    private static void always(MethodNode m, int at) {
        JumpInsnNode jump = (JumpInsnNode) Mined.real(m)[at];
        m.instructions.insertBefore(jump, new InsnNode(Opcodes.POP));
        m.instructions.set(jump, new JumpInsnNode(Opcodes.GOTO, jump.label));
    }

    /** A jump from each second instruction to each other one, taken where the argument is even. */
    static List<Mutant> newJumps(MethodNode sound) {
        List<Mutant> all = new ArrayList<>();
        int length = Mined.real(sound).length;
        for (int from = 0; from < length; from++) {
            for (int to = from % 2; to < length; to += 2) {
                int begin = from;
                int target = to;
                all.add(
                        new Mutant(
                                "%s: new jump at %d to %d".formatted(sound.name, from, to),
                                m -> {
                                    LabelNode label = label(m, target);
                                    InsnList jump = new InsnList();
                                    jump.add(new VarInsnNode(Opcodes.ILOAD, 0));
                                    jump.add(new InsnNode(Opcodes.ICONST_1));
                                    jump.add(new InsnNode(Opcodes.IAND));
                                    jump.add(new JumpInsnNode(Opcodes.IFEQ, label));
                                    m.instructions.insertBefore(Mined.real(m)[begin], jump);
                                }));
            }
        }
        return all;
    }

    private static LabelNode label(MethodNode m, int target) {
        LabelNode label = new LabelNode();
        m.instructions.insertBefore(Mined.real(m)[target], label);
        return label;
    }
}
