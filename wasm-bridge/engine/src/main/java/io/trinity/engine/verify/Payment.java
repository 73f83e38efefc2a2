package io.trinity.engine.verify;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * Whether every path through a method has paid a unit for each of its instructions before they run;
 * the counting itself is free. A round that is counted in a local variable is paid for where it is
 * counted; {@link Strips} sees to it that the debt is settled.
 *
 * <p>Solves for the credit that is needed at each instruction, from the end upwards, until nothing
 * changes. A loop that pays less than it runs needs more each time round and never settles.
 */
final class Payment {
    private Payment() {}

    static boolean isEnough(
            AbstractInsnNode[] code, @Nullable Counting[] countingOf, Strips strips, Flow flow) {
        long[] need = new long[code.length];
        // Each level of nested loops may take one more round, and needs instructions of its own.
        for (int round = 0; round <= code.length; round++) {
            if (!raise(code, countingOf, strips, flow, need)) {
                return need[0] == 0;
            }
        }
        return false;
    }

    private static boolean raise(
            AbstractInsnNode[] code,
            @Nullable Counting[] countingOf,
            Strips strips,
            Flow flow,
            long[] need) {
        boolean changed = false;
        for (int i = code.length - 1; i >= 0; i--) {
            long most = flow.continues(i, code.length) ? need[i + 1] : 0;
            long paid = paidForJump(i, strips);
            for (int target : flow.targets(i)) {
                most = Math.max(most, need[target] - paid);
            }
            long value = Math.max(0, most + own(i, countingOf[i], strips));
            if (value > need[i]) {
                need[i] = value;
                changed = true;
            }
        }
        return changed;
    }

    /** The round that a jump begins may have been paid for; whoever goes on has none left. */
    private static long paidForJump(int i, Strips strips) {
        Strip strip = strips.of(i);
        if (strip == null || strip.kind() != Strip.Kind.PREPAID_ROUND || i != strip.last()) {
            return 0;
        }
        return strips.price(strip);
    }

    private static long own(int i, @Nullable Counting counting, Strips strips) {
        Strip strip = strips.of(i);
        if (strip != null) {
            if (i != strip.first()) {
                return 0;
            }
            return switch (strip.kind()) {
                case ROUND, PREPAY -> -strip.price() - strip.more();
                case SETTLE -> -strip.more();
                // What it computes is one more term of an address.
                case TOLD -> 1;
                case SET, PREPAID_ROUND -> 0;
            };
        }
        if (counting == null) {
            return 1;
        }
        boolean pays = counting.kind() == Counting.Kind.FUEL && i == counting.first();
        return pays ? -counting.amount() : 0;
    }
}
