package io.trinity.engine.compile;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Counts the rounds of one inner loop in a local variable, and pays for them when so many are done
 * or the loop is left. The JVM then compiles the rounds in between as it would without counting.
 *
 * <pre>
 *   left = most
 * head:
 *   …                               each way out pays (most - left) * price + 1
 *   if (--left > 0) goto head
 *   pay most * price
 *   left = most
 *   goto head
 * </pre>
 */
final class StripMiner {
    /**
     * Units that are owed at most, so that no loop runs far beyond its slice. A power of two less
     * than the first slice of a run.
     */
    private static final int MOST_OWED = 8192;

    private static final int MOST_ROUNDS = 2048;

    private final MethodNode method;
    private final CountingCode code;
    private final InnerLoops.Loop loop;
    private final int left;
    private final int most;

    /**
     * @param left slot of the local variable; loops side by side may share it
     */
    StripMiner(MethodNode method, CountingCode code, InnerLoops.Loop loop, int left) {
        this.method = method;
        this.code = code;
        this.loop = loop;
        this.left = left;
        this.most = Math.max(1, Math.min(MOST_ROUNDS, MOST_OWED / loop.price()));
    }

    void apply() {
        Set<AbstractInsnNode> inside = new HashSet<>(loop.body());
        Map<LabelNode, LabelNode> ways = new LinkedHashMap<>();
        for (AbstractInsnNode i : loop.body()) {
            if (i.getOpcode() >= Opcodes.IRETURN && i.getOpcode() <= Opcodes.RETURN) {
                method.instructions.insertBefore(i, settle());
            } else {
                redirect(i, inside, ways);
            }
        }
        method.instructions.insertBefore(loop.head(), code.set(left, most));
        for (JumpInsnNode back : loop.backs()) {
            InsnList round = code.countDown(left, loop.head());
            round.add(code.takeFuel(most * loop.price()));
            round.add(code.set(left, most));
            method.instructions.insertBefore(back, round);
        }
        ways.forEach(
                (out, paying) -> {
                    method.instructions.add(paying);
                    method.instructions.add(settle());
                    method.instructions.add(new JumpInsnNode(Opcodes.GOTO, out));
                });
    }

    private InsnList settle() {
        return code.takeFuelFor(most, left, loop.price());
    }

    /** Leads jumps out of the loop past a place, at the method's end, that pays. */
    private static void redirect(
            AbstractInsnNode i, Set<AbstractInsnNode> inside, Map<LabelNode, LabelNode> ways) {
        if (i instanceof JumpInsnNode jump) {
            jump.label = way(jump.label, inside, ways);
        } else if (i instanceof TableSwitchInsnNode s) {
            s.dflt = way(s.dflt, inside, ways);
            redirect(s.labels, inside, ways);
        } else if (i instanceof LookupSwitchInsnNode s) {
            s.dflt = way(s.dflt, inside, ways);
            redirect(s.labels, inside, ways);
        }
    }

    private static void redirect(
            List<LabelNode> labels, Set<AbstractInsnNode> inside, Map<LabelNode, LabelNode> ways) {
        labels.replaceAll(l -> way(l, inside, ways));
    }

    private static LabelNode way(
            LabelNode target, Set<AbstractInsnNode> inside, Map<LabelNode, LabelNode> ways) {
        return inside.contains(target)
                ? target
                : ways.computeIfAbsent(target, t -> new LabelNode());
    }
}
