package io.trinity.engine.verify;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The loops of a method whose rounds are counted in a local variable: that nobody else touches it,
 * and that on every path what is owed is settled, at its price, before the method or the loop is
 * left.
 *
 * <p>A debt begins at a SET and is known by its index. Each ROUND and SETTLE on the way has the
 * most rounds and the price of that SET's debt; two paths that meet have the same debt or none.
 * What a PREPAY has paid for is followed in the same way, up to the round that is the last.
 */
final class Strips {
    private static final int UNKNOWN = -2;
    private static final int NONE = -1;

    private final AbstractInsnNode[] code;
    private final Flow flow;
    private final @Nullable Strip[] stripOf;
    private final Map<Strip, Integer> prices = new HashMap<>();

    /** Slot of the variable, -1 where nothing is counted so. */
    private final int slot;

    Strips(AbstractInsnNode[] code, Flow flow, int memorySlot) {
        this.code = code;
        this.flow = flow;
        this.stripOf = new Strip[code.length];
        this.slot = find(memorySlot);
    }

    private int find(int memorySlot) {
        int variable = -1;
        for (int i = 0; i < code.length; i++) {
            Strip s = Strip.at(code, i, memorySlot);
            if (s != null) {
                variable = s.slot();
                Arrays.fill(stripOf, s.first(), s.last() + 1, s);
                i = s.last();
            }
        }
        for (int i = 0; variable >= 0 && i < code.length; i++) {
            if (stripOf[i] != null) {
                continue;
            }
            Strip set = Strip.set(code, i, variable);
            Strip s = set == null ? Strip.told(code, i, variable) : set;
            if (s != null) {
                Arrays.fill(stripOf, s.first(), s.last() + 1, s);
                i = s.last();
            }
        }
        return variable;
    }

    /** Of a round that was paid for before; known when nothing is objected to. */
    int price(Strip round) {
        return prices.getOrDefault(round, 0);
    }

    /** The strip that an instruction belongs to. */
    @Nullable Strip of(int i) {
        return stripOf[i];
    }

    /** What is wrong, or null. */
    @Nullable String objection() {
        if (slot < 0) {
            return null;
        }
        for (int i = 0; i < code.length; i++) {
            Strip s = stripOf[i];
            if (s == null ? touchesVariable(code[i]) : s.slot() != slot) {
                return "touches the variable that counts rounds";
            }
            if (s != null && i > s.first() && flow.isTarget(i) && !isInnerJump(s, i)) {
                return "jumps into the middle of counting rounds";
            }
        }
        return new Debts().objection();
    }

    /** Countings within a strip jump over their own slow way; its other jumps lead to a round. */
    private boolean isInnerJump(Strip s, int target) {
        int inner = 0;
        for (int i = s.first(); i <= s.last(); i++) {
            for (int t : flow.targets(i)) {
                inner += t == target && code[i].getOpcode() == Opcodes.IFGE ? 1 : 0;
            }
        }
        return inner == flow.ways(target);
    }

    private boolean touchesVariable(AbstractInsnNode i) {
        if (i instanceof IincInsnNode n) {
            return n.var == slot;
        }
        return i instanceof VarInsnNode v
                && (v.var == slot
                        || (v.var + 1 == slot
                                && (v.getOpcode() == Opcodes.LSTORE
                                        || v.getOpcode() == Opcodes.DSTORE)));
    }

    /** Follows what is owed along every path. */
    private final class Debts {
        private final int[] owed = new int[code.length];
        private final int[] price = new int[code.length];
        private final Deque<Integer> waiting = new ArrayDeque<>();
        private @Nullable String objection;

        Debts() {
            Arrays.fill(owed, UNKNOWN);
        }

        @Nullable String objection() {
            come(0, NONE);
            while (objection == null && !waiting.isEmpty()) {
                leave(waiting.remove());
            }
            return objection;
        }

        private void leave(int i) {
            int debt = owed[i];
            Strip s = stripOf[i];
            if (s != null && i == s.first()) {
                debt = after(s, debt);
            }
            int onwards = debt;
            if (s != null && i == s.last() && endsDebt(s)) {
                onwards = NONE;
            }
            int opcode = code[i].getOpcode();
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN && onwards != NONE) {
                objection = "returns before rounds are paid for";
            }
            if (flow.continues(i, code.length)) {
                come(i + 1, onwards);
            }
            for (int target : flow.targets(i)) {
                // The slow way of the last counting leads behind it.
                boolean settled =
                        s != null && s.kind() == Strip.Kind.SETTLE && target == s.last() + 1;
                come(target, settled ? NONE : debt);
            }
        }

        private static boolean endsDebt(Strip s) {
            return s.kind() == Strip.Kind.SETTLE || s.kind() == Strip.Kind.PREPAID_ROUND;
        }

        private int after(Strip s, int debt) {
            if (s.kind() == Strip.Kind.TOLD) {
                return debt;
            }
            if (s.kind() == Strip.Kind.SET || s.kind() == Strip.Kind.PREPAY) {
                if (debt != NONE) {
                    objection = "counts rounds anew before they are paid for";
                }
                return s.first();
            }
            Strip begun = debt < 0 ? null : stripOf[debt];
            boolean prepaid = s.kind() == Strip.Kind.PREPAID_ROUND;
            if (begun == null
                    || prepaid != (begun.kind() == Strip.Kind.PREPAY)
                    || (!prepaid && begun.most() != s.most())) {
                objection = "pays for rounds that were not counted";
                return debt;
            }
            if (prepaid) {
                prices.put(s, begun.price());
                return debt;
            }
            if (price[debt] != 0 && price[debt] != s.price()) {
                objection = "pays two prices for rounds";
            }
            price[debt] = s.price();
            return debt;
        }

        private void come(int i, int debt) {
            if (owed[i] == UNKNOWN) {
                owed[i] = debt;
                waiting.add(i);
            } else if (owed[i] != debt) {
                objection = "comes to one place with and without rounds to pay for";
            }
        }
    }
}
