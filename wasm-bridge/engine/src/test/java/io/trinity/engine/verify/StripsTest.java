package io.trinity.engine.verify;

import static io.trinity.engine.verify.Spoil.ANEW;
import static io.trinity.engine.verify.Spoil.BACK;
import static io.trinity.engine.verify.Spoil.FIELD;
import static io.trinity.engine.verify.Spoil.NO_DEBT;
import static io.trinity.engine.verify.Spoil.TOUCHED;
import static io.trinity.engine.verify.Spoil.UNPAID;
import static io.trinity.engine.verify.Spoil.UNSETTLED;
import static io.trinity.engine.verify.Spoil.at;
import static io.trinity.engine.verify.Spoil.constant;
import static io.trinity.engine.verify.Spoil.first;
import static io.trinity.engine.verify.Spoil.insertAfterHead;
import static io.trinity.engine.verify.Spoil.refused;
import static io.trinity.engine.verify.Spoil.remove;
import static io.trinity.engine.verify.Spoil.strip;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.engine.verify.Strip.Kind;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Rounds that are counted in a local variable: each way to cheat with them is refused. */
class StripsTest {
    private static void accepted(String function, Consumer<MethodNode> change) {
        SortedMap<String, byte[]> classes = Mined.spoilt(function, change);
        ClassVerifier.verify(classes);
        LinkCheck.link(classes);
    }

    private static List<Kind> kinds(String function) {
        return Mined.strips(Mined.method(Mined.group(), function)).stream()
                .map(Strip::kind)
                .toList();
    }

    /** Without this, everything below could be refused for another reason. */
    @Test
    void theProbesHaveTheKindsOfCountingThatAreSpoilt() {
        List<Kind> prepaid = List.of(Kind.PREPAY, Kind.TOLD, Kind.TOLD, Kind.PREPAID_ROUND);
        assertEquals(List.of(Kind.SET, Kind.ROUND, Kind.SETTLE, Kind.SETTLE), kinds("strip"));
        assertEquals(prepaid, kinds("prepaid"));
        assertEquals(prepaid, kinds("single"));
        assertEquals(prepaid, kinds("apart"));
        assertEquals(
                List.of(Kind.SET, Kind.ROUND, Kind.SET, Kind.ROUND, Kind.SETTLE, Kind.SETTLE),
                kinds("beside"));
        assertEquals(
                List.of(
                        Kind.PREPAY,
                        Kind.TOLD,
                        Kind.TOLD,
                        Kind.PREPAID_ROUND,
                        Kind.SET,
                        Kind.ROUND,
                        Kind.SETTLE),
                kinds("nested"));
        assertEquals(List.of(), kinds("ticked"));
        Mined.FUNCTIONS.forEach(f -> accepted(f, m -> {}));
    }

    @Test
    void aCountingThatIsTakenOutIsSeen() {
        refused(NO_DEBT, "strip", m -> remove(m, Kind.SET, 0));
        refused(UNSETTLED, "strip", m -> remove(m, Kind.ROUND, 0));
        refused(UNSETTLED, "strip", m -> remove(m, Kind.SETTLE, 0));
        refused(UNSETTLED, "strip", m -> remove(m, Kind.SETTLE, 1));
        refused(NO_DEBT, "prepaid", m -> remove(m, Kind.PREPAY, 0));
        refused(UNSETTLED, "nested", m -> remove(m, Kind.SETTLE, 0));
        refused(NO_DEBT, "nested", m -> remove(m, Kind.SET, 0));
        refused(NO_DEBT, "nested", m -> remove(m, Kind.PREPAY, 0));
    }

    /** The way back stays; what counted it is gone. */
    @Test
    void aWayBackThatCountsNoLongerIsSeen() {
        refused(
                BACK,
                "strip",
                m -> {
                    LabelNode head = ((JumpInsnNode) at(m, endOf(m, Kind.ROUND))).label;
                    AbstractInsnNode before = first(m, Kind.ROUND, 0).getPrevious();
                    remove(m, Kind.ROUND, 0);
                    m.instructions.insert(before, new JumpInsnNode(Opcodes.GOTO, head));
                });
        refused(
                BACK,
                "prepaid",
                m -> {
                    LabelNode head = ((JumpInsnNode) at(m, endOf(m, Kind.PREPAID_ROUND))).label;
                    AbstractInsnNode before = first(m, Kind.PREPAID_ROUND, 0).getPrevious();
                    remove(m, Kind.PREPAID_ROUND, 0);
                    m.instructions.insert(before, new JumpInsnNode(Opcodes.GOTO, head));
                });
    }

    private static int endOf(MethodNode m, Kind kind) {
        return Mined.strip(m, kind, 0).last();
    }

    @Test
    void anotherNumberOfRoundsIsSeen() {
        int most = strip("strip", Kind.SET, 0).most();
        for (int other : new int[] {1, most - 1, most + 1, 2 * most}) {
            refused(NO_DEBT, "strip", constant("strip", Kind.SET, 0, 0, other));
            refused(NO_DEBT + "|" + TOUCHED, "strip", constant("strip", Kind.ROUND, 0, 13, other));
        }
        // More rounds than the round pays for, at both places.
        refused(
                NO_DEBT + "|" + TOUCHED,
                "strip",
                constant("strip", Kind.SET, 0, 0, 2 * most)
                        .andThen(constant("strip", Kind.ROUND, 0, 13, 2 * most)));
    }

    @Test
    void anotherPriceIsSeen() {
        Strip round = strip("strip", Kind.ROUND, 0);
        int paid = round.most() * round.price();
        for (int other : new int[] {1, round.most(), paid - 1, paid + 1, paid - round.most()}) {
            refused(
                    NO_DEBT + "|pays two prices|" + TOUCHED,
                    "strip",
                    constant("strip", Kind.ROUND, 0, 6, other));
        }
        for (int other : new int[] {1, 2, paid, paid + 2, paid - round.most() + 1}) {
            refused(FIELD, "strip", constant("strip", Kind.SETTLE, 0, 3, other));
        }
        for (int other : new int[] {1, round.price() - 1, round.price() + 1, 3 * paid}) {
            refused(NO_DEBT + "|" + FIELD, "strip", constant("strip", Kind.SETTLE, 0, 5, other));
            refused(NO_DEBT + "|" + FIELD, "strip", constant("strip", Kind.SETTLE, 1, 5, other));
        }
        // A way out that gives back more than was owed, in both of its constants.
        refused(
                "pays two prices",
                "strip",
                constant("strip", Kind.SETTLE, 0, 3, round.most() + 1)
                        .andThen(constant("strip", Kind.SETTLE, 0, 5, 1)));
        // All places agree, on too little.
        refused(
                UNPAID,
                "strip",
                constant("strip", Kind.SETTLE, 0, 3, round.most() + 1)
                        .andThen(constant("strip", Kind.SETTLE, 0, 5, 1))
                        .andThen(constant("strip", Kind.SETTLE, 1, 3, round.most() + 1))
                        .andThen(constant("strip", Kind.SETTLE, 1, 5, 1))
                        .andThen(constant("strip", Kind.ROUND, 0, 6, round.most())));
    }

    @Test
    void anotherPriceOfWhatIsPaidBeforeIsSeen() {
        for (int other : new int[] {1, 5, 11}) {
            refused(UNPAID, "prepaid", constant("prepaid", Kind.PREPAY, 0, 11, other));
            refused(UNPAID, "single", constant("single", Kind.PREPAY, 0, 11, other));
        }
        for (int other : new int[] {0, -1, -100}) {
            refused(FIELD, "prepaid", constant("prepaid", Kind.PREPAY, 0, 11, other));
            refused(FIELD, "prepaid", constant("prepaid", Kind.PREPAY, 0, 13, other));
            refused(FIELD, "prepaid", constant("prepaid", Kind.PREPAY, 0, 6, other));
        }
        // What stands behind the last of so many rounds is paid for by itself.
        refused(UNPAID, "single", constant("single", Kind.PREPAY, 0, 13, 1));
        refused(UNPAID, "nested", constant("nested", Kind.PREPAY, 0, 13, 1));
    }

    @Test
    void aStepOfNothingIsSeen() {
        for (String function : List.of("prepaid", "single", "nested")) {
            refused(FIELD, function, constant(function, Kind.PREPAY, 0, 5, 0));
            refused(FIELD, function, constant(function, Kind.PREPAY, 0, 5, Integer.MIN_VALUE + 1));
        }
    }

    @Test
    void moreRoundsInOneGoThanMayBeOwedOrPaidBeforeAreSeen() {
        refused(FIELD, "prepaid", constant("prepaid", Kind.PREPAY, 0, 6, 1 << 20));
        int most = strip("strip", Kind.SET, 0).most();
        int price = strip("strip", Kind.ROUND, 0).price();
        refused(
                FIELD,
                "strip",
                constant("strip", Kind.SET, 0, 0, 10 * most)
                        .andThen(constant("strip", Kind.SETTLE, 0, 3, 10 * most * price + 1))
                        .andThen(constant("strip", Kind.SETTLE, 1, 3, 10 * most * price + 1))
                        .andThen(constant("strip", Kind.ROUND, 0, 13, 10 * most))
                        .andThen(constant("strip", Kind.ROUND, 0, 6, 10 * most * price)));
    }

    @Test
    void theVariableInOtherHandsIsSeen() {
        for (String function : List.of("strip", "prepaid", "nested")) {
            int slot = Mined.strips(Mined.method(Mined.group(), function)).get(0).slot();
            List.of(
                            List.<AbstractInsnNode>of(new IincInsnNode(slot, 1)),
                            List.<AbstractInsnNode>of(new IincInsnNode(slot, 0)),
                            List.<AbstractInsnNode>of(
                                    new VarInsnNode(Opcodes.ILOAD, slot),
                                    new InsnNode(Opcodes.POP)),
                            List.<AbstractInsnNode>of(
                                    new VarInsnNode(Opcodes.ILOAD, 0),
                                    new VarInsnNode(Opcodes.ISTORE, slot)),
                            List.<AbstractInsnNode>of(
                                    new InsnNode(Opcodes.LCONST_0),
                                    new VarInsnNode(Opcodes.LSTORE, slot - 1)),
                            List.<AbstractInsnNode>of(
                                    new InsnNode(Opcodes.DCONST_0),
                                    new VarInsnNode(Opcodes.DSTORE, slot)))
                    .forEach(use -> refused(TOUCHED, function, m -> insertAfterHead(m, use)));
        }
    }

    @Test
    void beginningAnewInsideTheLoopIsSeen() {
        int slot = Mined.strips(Mined.method(Mined.group(), "strip")).get(0).slot();
        int most = strip("strip", Kind.SET, 0).most();
        refused(
                ANEW,
                "strip",
                m ->
                        insertAfterHead(
                                m,
                                List.of(
                                        new LdcInsnNode(most),
                                        new VarInsnNode(Opcodes.ISTORE, slot))));
        refused(
                ANEW,
                "prepaid",
                m ->
                        insertAfterHead(
                                m,
                                List.of(
                                        new IntInsnNode(Opcodes.SIPUSH, 2000),
                                        new VarInsnNode(
                                                Opcodes.ISTORE, Mined.strips(m).get(0).slot()))));
    }

    /** Who looks at the rounds may do so in one way, and changes nothing by it. */
    @Test
    void anotherUseOfTheRoundsThanToTellAVariableIsSeen() {
        int slot = Mined.strips(Mined.method(Mined.group(), "prepaid")).get(0).slot();
        for (int n : new int[] {0, 1}) {
            // Told by the variable itself, into it, by a product, from a computed number.
            refused(TOUCHED, "prepaid", told(n, 0, new VarInsnNode(Opcodes.ILOAD, slot)));
            refused(TOUCHED, "prepaid", told(n, 5, new VarInsnNode(Opcodes.ISTORE, slot)));
            refused(TOUCHED, "prepaid", told(n, 4, new InsnNode(Opcodes.IMUL)));
            refused(TOUCHED, "prepaid", told(n, 4, new InsnNode(Opcodes.IDIV)));
            refused(TOUCHED, "prepaid", told(n, 3, new InsnNode(Opcodes.ISHL)));
            refused(TOUCHED, "prepaid", told(n, 2, new VarInsnNode(Opcodes.ILOAD, slot)));
            // What is left of the stack.
            refused("stack", "prepaid", told(n, 5, new VarInsnNode(Opcodes.ISTORE, 3)));
        }
    }

    private static Consumer<MethodNode> told(int n, int offset, AbstractInsnNode other) {
        return m -> {
            int at = Mined.strip(m, Kind.TOLD, n).first() + offset;
            m.instructions.set(at(m, at), other.clone(Map.of()));
        };
    }

    /** A round that tells many variables costs more than one that tells one. */
    @Test
    void tellingIsPaidFor() {
        refused(
                UNPAID,
                "prepaid",
                m -> {
                    Strip told = Mined.strip(m, Kind.TOLD, 1);
                    for (int again = 0; again < 30; again++) {
                        InsnList copy = new InsnList();
                        for (int i = told.first(); i <= told.last(); i++) {
                            copy.add(at(m, i).clone(Map.of()));
                        }
                        m.instructions.insert(at(m, told.last()), copy);
                    }
                });
    }

    /** A round that counts the other way, or not at all, never comes to its end. */
    @Test
    void anotherStepOfTheCounterIsSeen() {
        for (int other : new int[] {0, -1, 2, -2, 100}) {
            refused(TOUCHED, "prepaid", counts(Kind.PREPAID_ROUND, other));
        }
        for (int other : new int[] {0, 1, 2, -2, -100}) {
            refused(TOUCHED + "|" + NO_DEBT, "strip", counts(Kind.ROUND, other));
        }
    }

    private static Consumer<MethodNode> counts(Kind kind, int change) {
        return m -> ((IincInsnNode) at(m, Mined.strip(m, kind, 0).first())).incr = change;
    }

    @Test
    void anotherEndOfTheRoundsIsSeen() {
        for (int other = Opcodes.IFEQ; other <= Opcodes.IFLE; other++) {
            if (other != Opcodes.IFLT) {
                refused(TOUCHED, "prepaid", goesOn(Kind.PREPAID_ROUND, other));
            }
            if (other != Opcodes.IFGT) {
                refused(TOUCHED + "|" + NO_DEBT, "strip", goesOn(Kind.ROUND, other));
            }
        }
    }

    private static Consumer<MethodNode> goesOn(Kind kind, int jump) {
        return m -> {
            AbstractInsnNode old = at(m, Mined.strip(m, kind, 0).first() + 2);
            m.instructions.set(old, new JumpInsnNode(jump, ((JumpInsnNode) old).label));
        };
    }
}
