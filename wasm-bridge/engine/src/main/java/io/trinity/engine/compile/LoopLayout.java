package io.trinity.engine.compile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Moves code that stands in the midst of an inner loop without being part of it behind the loop's
 * end. Compilers put the way on from a loop that is left in its middle there, often with the jumps
 * of the loops around it; in its place it would be paid for in each round, and would keep {@link
 * InnerLoops} from seeing an inner loop.
 */
final class LoopLayout {
    /** A longer loop gains nothing; keeps the work for a method linear. */
    private static final int LONGEST = 2_000;

    private static final int MOST_MOVES = 64;

    private final InsnList list;
    private AbstractInsnNode[] code = {};
    private final IdentityHashMap<AbstractInsnNode, Integer> position = new IdentityHashMap<>();
    private final Map<AbstractInsnNode, List<Integer>> jumpsTo = new IdentityHashMap<>();

    private LoopLayout(InsnList list) {
        this.list = list;
    }

    static void tidy(InsnList list) {
        new LoopLayout(list).tidy();
    }

    private void tidy() {
        int moves = 0;
        read();
        for (Span span : spans()) {
            if (moves < MOST_MOVES && moveOut(span)) {
                moves++;
                read();
            }
        }
    }

    private void read() {
        code = list.toArray();
        position.clear();
        jumpsTo.clear();
        for (int i = 0; i < code.length; i++) {
            position.put(code[i], i);
        }
        for (int i = 0; i < code.length; i++) {
            for (LabelNode target : InnerLoops.targets(code[i])) {
                jumpsTo.computeIfAbsent(target, t -> new ArrayList<>()).add(i);
            }
        }
    }

    /** From a loop's head to the last of its unconditional jumps back. */
    private record Span(LabelNode head, AbstractInsnNode last) {}

    /** Shortest first: of nested loops the inner one. */
    private List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        jumpsTo.forEach(
                (head, jumps) -> {
                    int last = jumps.get(jumps.size() - 1);
                    int length = last - at(head);
                    if (length > 0 && length <= LONGEST && code[last].getOpcode() == Opcodes.GOTO) {
                        spans.add(new Span((LabelNode) head, code[last]));
                    }
                });
        spans.sort(
                Comparator.comparingInt((Span s) -> at(s.last) - at(s.head))
                        .thenComparingInt(s -> at(s.head)));
        return spans;
    }

    private boolean moveOut(Span span) {
        int from = at(span.head);
        int to = at(span.last);
        BitSet loop = membersOf(from, to);
        if (loop.cardinality() == to - from + 1 || !isInner(loop, from)) {
            return false;
        }
        AbstractInsnNode behind = span.last;
        boolean moved = false;
        for (int a = loop.nextClearBit(from); a < to; a = loop.nextClearBit(a)) {
            int b = loop.nextSetBit(a);
            if (StaticCost.fallsThrough(code[a - 1]) || isReal(a, b)) {
                behind = move(a, b, behind);
                moved = true;
            }
            a = b;
        }
        return moved;
    }

    /** What leads to a jump back without passing the head; empty where something else enters. */
    private BitSet membersOf(int from, int to) {
        BitSet members = new BitSet();
        members.set(from);
        List<Integer> waiting = new ArrayList<>();
        for (int jump : jumpsTo.getOrDefault(code[from], List.of())) {
            if (jump > from && jump <= to) {
                waiting.add(jump);
            }
        }
        while (!waiting.isEmpty()) {
            int i = waiting.remove(waiting.size() - 1);
            if (i < from || i > to) {
                return new BitSet();
            }
            if (!members.get(i)) {
                members.set(i);
                waiting.addAll(jumpsTo.getOrDefault(code[i], List.of()));
                if (StaticCost.fallsThrough(code[i - 1])) {
                    waiting.add(i - 1);
                }
            }
        }
        return members;
    }

    /** Calls nobody, and has no loop in it. */
    private boolean isInner(BitSet loop, int from) {
        for (int i = loop.nextSetBit(0); i >= 0; i = loop.nextSetBit(i + 1)) {
            if (code[i] instanceof MethodInsnNode call && !FuelCosts.isPlain(call)) {
                return false;
            }
            for (LabelNode target : InnerLoops.targets(code[i])) {
                int there = at(target);
                if (there <= i && there != from) {
                    return false;
                }
            }
        }
        return !loop.isEmpty();
    }

    private boolean isReal(int a, int b) {
        for (int i = a; i < b; i++) {
            if (code[i].getOpcode() >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Moves {@code code[a..b)} behind an instruction; returns the last of them. */
    private AbstractInsnNode move(int a, int b, AbstractInsnNode behind) {
        InsnList block = new InsnList();
        AbstractInsnNode before = code[a - 1];
        if (StaticCost.fallsThrough(before)) {
            LabelNode away = new LabelNode();
            if (before instanceof JumpInsnNode jump && leadsTo(jump.label, b)) {
                jump.setOpcode(opposite(jump.getOpcode()));
                jump.label = away;
            } else {
                list.insert(before, new JumpInsnNode(Opcodes.GOTO, away));
            }
            block.add(away);
        }
        for (int i = a; i < b; i++) {
            list.remove(code[i]);
            block.add(code[i]);
        }
        AbstractInsnNode last = block.getLast();
        list.insert(behind, block);
        return last;
    }

    private boolean leadsTo(LabelNode label, int b) {
        for (int i = b; code[i].getOpcode() < 0; i++) {
            if (code[i] == label) {
                return true;
            }
        }
        return false;
    }

    private static int opposite(int opcode) {
        return switch (opcode) {
            case Opcodes.IFNULL -> Opcodes.IFNONNULL;
            case Opcodes.IFNONNULL -> Opcodes.IFNULL;
            default -> ((opcode + 1) ^ 1) - 1;
        };
    }

    @SuppressWarnings("NullAway") // every node of the list has a position
    private int at(AbstractInsnNode node) {
        return position.get(node);
    }
}
