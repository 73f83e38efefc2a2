package io.trinity.engine.compile;

import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Pays for the rounds of a loop with a {@link Bound} before they begin, so many at a time, and
 * looks at the bound when those are done. What is left in between is a loop with a counter and one
 * way out: the JVM unrolls and vectorises it as any.
 *
 * <pre>
 * outer:
 *   rounds = Rounds.ne(i, limit, step, most)
 *   pay rounds * price + more
 *   round = -rounds
 *   end = i - round * step
 * head:
 *   i = end + round * step
 *   …; i += step
 *   if (++round < 0) goto head
 *   if (i == limit) goto exit
 *   goto outer
 * </pre>
 *
 * <p>{@code i} is told by the round where that is a shift. The JVM of Java 17 does not find out by
 * itself that the two go together, and then neither vectorises a plain loop over memory nor lifts
 * the checks of its addresses out of it.
 */
final class BoundMiner {
    /** What is paid before at most, in units, so that no loop runs far beyond its slice. */
    private static final int MOST_PAID = 32_768;

    /** For the comparison and the jumps after the last of so many rounds. */
    private static final int MORE = 8;

    private final MethodNode method;
    private final CountingCode code;
    private final InnerLoops.Loop loop;
    private final Bound bound;
    private final int round;
    private final int end;

    /**
     * @param round slot of the first of two local variables; loops side by side may share them
     */
    BoundMiner(MethodNode method, CountingCode code, InnerLoops.Loop loop, Bound bound, int round) {
        this.method = method;
        this.code = code;
        this.loop = loop;
        this.bound = bound;
        this.round = round;
        this.end = round + 1;
    }

    void apply() {
        int most = Math.max(1, MOST_PAID / loop.price());
        LabelNode outer = new LabelNode();
        InsnList before = new InsnList();
        before.add(outer);
        InsnList rounds = new InsnList();
        rounds.add(new VarInsnNode(Opcodes.ILOAD, bound.variable()));
        rounds.add(limit());
        rounds.add(CountingCode.constant(bound.step()));
        rounds.add(CountingCode.constant(most));
        before.add(code.takeFuelBefore(rounds, bound.rounds(), round, loop.price(), MORE));
        if (bound.isShift()) {
            before.add(code.tell(end, bound.variable(), Opcodes.ISUB, round, bound.step()));
            method.instructions.insert(
                    loop.head(),
                    code.tell(bound.variable(), end, Opcodes.IADD, round, bound.step()));
        }
        method.instructions.insertBefore(loop.head(), before);

        JumpInsnNode back = loop.backs().get(0);
        InsnList behind = code.countUp(round, loop.head());
        behind.add(new VarInsnNode(Opcodes.ILOAD, bound.variable()));
        if (bound.test() != null) {
            behind.add(limit());
            if (!bound.onTheLeft()) {
                behind.add(new InsnNode(Opcodes.SWAP));
            }
            behind.add(bound.test().clone(Map.of()));
        }
        behind.add(new JumpInsnNode(Opcodes.IFEQ, bound.exit().label));
        method.instructions.insertBefore(back, behind);
        method.instructions.set(bound.exit(), new InsnNode(Opcodes.POP));
        back.label = outer;
    }

    private AbstractInsnNode limit() {
        return bound.limit().clone(Map.of());
    }
}
