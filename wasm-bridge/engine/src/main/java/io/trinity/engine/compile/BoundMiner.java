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
 *   left = Rounds.ne(i, limit, step, most)
 *   pay left * price + more
 * head:
 *   …; i += step
 *   if (--left > 0) goto head
 *   if (i == limit) goto exit
 *   goto outer
 * </pre>
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
    private final int left;

    /**
     * @param left slot of the local variable; loops side by side may share it
     */
    BoundMiner(MethodNode method, CountingCode code, InnerLoops.Loop loop, Bound bound, int left) {
        this.method = method;
        this.code = code;
        this.loop = loop;
        this.bound = bound;
        this.left = left;
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
        before.add(code.takeFuelBefore(rounds, bound.rounds(), left, loop.price(), MORE));
        method.instructions.insertBefore(loop.head(), before);

        JumpInsnNode back = loop.backs().get(0);
        InsnList round = code.countDown(left, loop.head());
        round.add(new VarInsnNode(Opcodes.ILOAD, bound.variable()));
        if (bound.test() != null) {
            round.add(limit());
            if (!bound.onTheLeft()) {
                round.add(new InsnNode(Opcodes.SWAP));
            }
            round.add(bound.test().clone(Map.of()));
        }
        round.add(new JumpInsnNode(Opcodes.IFEQ, bound.exit().label));
        method.instructions.insertBefore(back, round);
        method.instructions.set(bound.exit(), new InsnNode(Opcodes.POP));
        back.label = outer;
    }

    private AbstractInsnNode limit() {
        return bound.limit().clone(Map.of());
    }
}
