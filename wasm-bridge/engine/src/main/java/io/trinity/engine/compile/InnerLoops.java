package io.trinity.engine.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;

/**
 * Finds the loops whose rounds can be counted in a local variable instead of in memory: innermost
 * ones that call nobody and are entered at their head alone.
 */
final class InnerLoops {
    /** A loop whose round costs more gains nothing. */
    private static final int DEAREST_ROUND = 1_000;

    /**
     * One such loop.
     *
     * @param head where a round begins
     * @param backs all jumps to it, each unconditional; the last one ends the loop
     * @param price of the dearest round
     * @param body everything from head to the last way back
     */
    record Loop(LabelNode head, List<JumpInsnNode> backs, int price, List<AbstractInsnNode> body) {}

    private final AbstractInsnNode[] code;
    private final IdentityHashMap<AbstractInsnNode, Integer> position = new IdentityHashMap<>();

    /** First and last of the jumps that lead to each position; */
    private final int[] earliest;

    private final int[] latest;

    private InnerLoops(InsnList list) {
        code = list.toArray();
        for (int i = 0; i < code.length; i++) {
            position.put(code[i], i);
        }
        earliest = new int[code.length];
        latest = new int[code.length];
        Arrays.fill(earliest, Integer.MAX_VALUE);
        Arrays.fill(latest, -1);
        for (int i = 0; i < code.length; i++) {
            for (LabelNode target : targets(code[i])) {
                int to = at(target);
                earliest[to] = Math.min(earliest[to], i);
                latest[to] = Math.max(latest[to], i);
            }
        }
    }

    /**
     * @param prices backward jumps in the order of their places, and what a round of each costs
     */
    static List<Loop> of(InsnList list, Map<AbstractInsnNode, Integer> prices) {
        InnerLoops all = new InnerLoops(list);
        Map<LabelNode, List<JumpInsnNode>> byHead = new LinkedHashMap<>();
        Set<LabelNode> others = new HashSet<>();
        for (AbstractInsnNode jump : prices.keySet()) {
            if (jump.getOpcode() == Opcodes.GOTO) {
                JumpInsnNode back = (JumpInsnNode) jump;
                byHead.computeIfAbsent(back.label, h -> new ArrayList<>()).add(back);
            } else {
                others.addAll(targets(jump));
            }
        }
        List<Loop> found = new ArrayList<>();
        byHead.forEach(
                (head, backs) -> {
                    int price = backs.stream().mapToInt(prices::get).max().orElseThrow();
                    int from = all.at(head);
                    int to = backs.stream().mapToInt(all::at).max().orElseThrow();
                    if (price <= DEAREST_ROUND
                            && !others.contains(head)
                            && all.isInner(head, from, to)) {
                        List<AbstractInsnNode> body = List.of(all.code).subList(from, to + 1);
                        found.add(new Loop(head, List.copyOf(backs), price, body));
                    }
                });
        return found;
    }

    private boolean isInner(LabelNode head, int from, int to) {
        if (earliest[from] < from || latest[from] > to) {
            return false;
        }
        for (int i = to; i > from; i--) {
            if (earliest[i] < from || latest[i] > to || callsSomebody(code[i])) {
                return false;
            }
            for (LabelNode target : targets(code[i])) {
                if (target != head && at(target) <= i) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whoever it is may come to the end of the fuel, or take long: then counting costs little. */
    private static boolean callsSomebody(AbstractInsnNode i) {
        return i instanceof MethodInsnNode call && !FuelCosts.isPlain(call);
    }

    @SuppressWarnings("NullAway") // every node of the list has a position
    private int at(AbstractInsnNode node) {
        return position.get(node);
    }

    /** Where an instruction may jump to. */
    static List<LabelNode> targets(AbstractInsnNode node) {
        if (node instanceof JumpInsnNode jump) {
            return List.of(jump.label);
        }
        if (node instanceof TableSwitchInsnNode s) {
            return with(s.labels, s.dflt);
        }
        if (node instanceof LookupSwitchInsnNode s) {
            return with(s.labels, s.dflt);
        }
        return List.of();
    }

    private static List<LabelNode> with(List<LabelNode> labels, LabelNode last) {
        List<LabelNode> all = new ArrayList<>(labels);
        all.add(last);
        return all;
    }
}
