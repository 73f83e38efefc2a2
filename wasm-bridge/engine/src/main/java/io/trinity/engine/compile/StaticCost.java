package io.trinity.engine.compile;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LabelNode;

/**
 * How much fuel a method takes at its entry and at each backward jump, so that whatever path is run
 * has been paid for before.
 *
 * <p>Each position has a potential: the dearest way from there to the end over forward jumps only.
 * Invariant: whoever stands at a position has paid at least its potential. The entry pays the
 * potential of the first instruction. A backward jump pays what its target's potential exceeds its
 * own; to keep that to the loop's own body, the jump is given an edge to the loop's end that it
 * does not have, by which only its own potential grows.
 */
final class StaticCost {
    private final long entry;
    private final Map<AbstractInsnNode, Integer> backJumps = new LinkedHashMap<>();

    private StaticCost(long entry) {
        this.entry = entry;
    }

    static StaticCost of(InsnList code) {
        return new Solver(code).solve();
    }

    int atEntry() {
        return clamp(entry);
    }

    /** Backward jumps (conditional ones and switches too), and what is to be paid before each. */
    Map<AbstractInsnNode, Integer> atBackJumps() {
        return backJumps;
    }

    private static int clamp(long cost) {
        // 64 KB of code cannot weigh more than this; an int that wraps would be free fuel.
        return (int) Math.min(Math.max(1, cost), Integer.MAX_VALUE / 4);
    }

    private static final class Solver {
        private final AbstractInsnNode[] code;
        private final IdentityHashMap<AbstractInsnNode, Integer> position = new IdentityHashMap<>();
        private final int[] loopEnd;
        private final long[] potential;

        Solver(InsnList list) {
            code = list.toArray();
            for (int i = 0; i < code.length; i++) {
                position.put(code[i], i);
            }
            loopEnd = new int[code.length];
            Arrays.fill(loopEnd, -1);
            potential = new long[code.length + 1];
        }

        StaticCost solve() {
            for (int i = 0; i < code.length; i++) {
                for (LabelNode target : InnerLoops.targets(code[i])) {
                    int to = at(target);
                    if (to <= i) {
                        loopEnd[to] = i;
                    }
                }
            }
            Map<AbstractInsnNode, Long> after = new LinkedHashMap<>();
            for (int i = code.length - 1; i >= 0; i--) {
                long rest = fallsThrough(code[i]) ? potential[i + 1] : 0;
                boolean jumpsBack = false;
                for (LabelNode target : InnerLoops.targets(code[i])) {
                    int to = at(target);
                    jumpsBack |= to <= i;
                    rest = Math.max(rest, potential[to <= i ? loopEnd[to] + 1 : to]);
                }
                potential[i] = FuelCosts.of(code[i]) + rest;
                if (jumpsBack) {
                    after.put(code[i], rest);
                }
            }
            StaticCost cost = new StaticCost(potential[0]);
            after.forEach((jump, rest) -> cost.backJumps.put(jump, price(jump, rest)));
            return cost;
        }

        private int price(AbstractInsnNode jump, long rest) {
            long most = 0;
            for (LabelNode target : InnerLoops.targets(jump)) {
                if (at(target) <= at(jump)) {
                    most = Math.max(most, potential[at(target)]);
                }
            }
            return clamp(most - rest);
        }

        @SuppressWarnings("NullAway") // every node of the list has a position
        private int at(AbstractInsnNode node) {
            return position.get(node);
        }
    }

    static boolean fallsThrough(AbstractInsnNode node) {
        int op = node.getOpcode();
        return op != Opcodes.GOTO
                && op != Opcodes.ATHROW
                && op != Opcodes.TABLESWITCH
                && op != Opcodes.LOOKUPSWITCH
                && (op < Opcodes.IRETURN || op > Opcodes.RETURN);
    }
}
