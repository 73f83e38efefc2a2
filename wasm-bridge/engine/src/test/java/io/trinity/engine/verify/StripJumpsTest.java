package io.trinity.engine.verify;

import static io.trinity.engine.verify.Spoil.ANEW;
import static io.trinity.engine.verify.Spoil.BACK;
import static io.trinity.engine.verify.Spoil.NO_DEBT;
import static io.trinity.engine.verify.Spoil.TWO_WAYS;
import static io.trinity.engine.verify.Spoil.UNPAID;
import static io.trinity.engine.verify.Spoil.UNSETTLED;
import static io.trinity.engine.verify.Spoil.at;
import static io.trinity.engine.verify.Spoil.constant;
import static io.trinity.engine.verify.Spoil.first;
import static io.trinity.engine.verify.Spoil.head;
import static io.trinity.engine.verify.Spoil.insertAfterHead;
import static io.trinity.engine.verify.Spoil.refused;
import static io.trinity.engine.verify.Spoil.strip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.engine.verify.Strip.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Jumps past the counting of rounds, and out of it: each is refused. */
class StripJumpsTest {
    @Test
    void aWayIntoTheLoopPastItsBeginningIsSeen() {
        for (String function : List.of("strip", "prepaid", "beside", "nested")) {
            refused(
                    NO_DEBT + "|" + TWO_WAYS,
                    function,
                    m -> {
                        // Over the SET or PREPAY, to the loop's head.
                        Strip begin = Mined.strips(m).get(0);
                        LabelNode head = new LabelNode();
                        m.instructions.insertBefore(at(m, begin.last() + 1), head);
                        InsnList jump = new InsnList();
                        jump.add(new VarInsnNode(Opcodes.ILOAD, 0));
                        jump.add(new JumpInsnNode(Opcodes.IFEQ, head));
                        m.instructions.insertBefore(at(m, begin.first()), jump);
                    });
        }
    }

    @Test
    void aWayOutThatDoesNotPayIsSeen() {
        for (String function : List.of("strip", "nested", "prepaid")) {
            refused(
                    UNSETTLED,
                    function,
                    m -> {
                        // To the place where the last return's value is pushed.
                        LabelNode end = new LabelNode();
                        int back = indexOfLast(m, Opcodes.IRETURN) - 1;
                        m.instructions.insertBefore(at(m, back), end);
                        insertAfterHead(
                                m,
                                List.of(
                                        new VarInsnNode(Opcodes.ILOAD, 0),
                                        new JumpInsnNode(Opcodes.IFEQ, end)));
                    });
        }
        refused(
                TWO_WAYS + "|" + UNSETTLED, // whichever way is looked at first
                "strip",
                m ->
                        m.instructions.insertBefore(
                                first(m, Kind.ROUND, 0), switchTo(m, Kind.SETTLE)));
    }

    private static int indexOfLast(MethodNode m, int opcode) {
        AbstractInsnNode[] code = Mined.real(m);
        for (int i = code.length - 1; i >= 0; i--) {
            if (code[i].getOpcode() == opcode) {
                return i;
            }
        }
        throw new AssertionError("no instruction " + opcode);
    }

    /** A switch past the payment of a way out. */
    private static InsnList switchTo(MethodNode m, Kind kind) {
        LabelNode behind = new LabelNode();
        m.instructions.insertBefore(at(m, Mined.strip(m, kind, 1).last() + 1), behind);
        InsnList code = new InsnList();
        code.add(new VarInsnNode(Opcodes.ILOAD, 0));
        code.add(new LookupSwitchInsnNode(behind, new int[0], new LabelNode[0]));
        return code;
    }

    @Test
    void countersOfTwoLoopsChangedAboutAreSeen() {
        int first = strip("beside", Kind.SET, 0).most();
        int second = strip("beside", Kind.SET, 1).most();
        assertTrue(first != second, "the loops have one price");
        refused(
                NO_DEBT,
                "beside",
                constant("beside", Kind.SET, 0, 0, second)
                        .andThen(constant("beside", Kind.SET, 1, 0, first)));
        refused(
                NO_DEBT,
                "beside",
                m -> {
                    // Each leaves by the other's payment.
                    List<JumpInsnNode> outs =
                            Arrays.stream(Mined.real(m))
                                    .filter(i -> i.getOpcode() == Opcodes.IFEQ)
                                    .map(JumpInsnNode.class::cast)
                                    .toList();
                    assertEquals(2, outs.size());
                    LabelNode label = outs.get(0).label;
                    outs.get(0).label = outs.get(1).label;
                    outs.get(1).label = label;
                });
        refused(ANEW, "beside", m -> useAnotherSlot(m, 1));
    }

    /** One of the two loops counts in a variable of its own, that nobody follows. */
    private static void useAnotherSlot(MethodNode m, int n) {
        m.maxLocals++;
        Strip s = Mined.strip(m, Kind.ROUND, n);
        ((IincInsnNode) at(m, s.first())).var = m.maxLocals - 1;
        ((VarInsnNode) at(m, s.first() + 1)).var = m.maxLocals - 1;
    }

    /** A strip's own jumps lead to a round or behind its slow way, never into itself. */
    @Test
    void aRoundThatOnlyCountsItselfIsSeen() {
        for (String function : List.of("prepaid", "single")) {
            refused(
                    "jumps into the middle of counting rounds",
                    function,
                    m -> {
                        int jump = Mined.strip(m, Kind.PREPAID_ROUND, 0).last();
                        LabelNode load = new LabelNode();
                        m.instructions.insertBefore(at(m, jump - 1), load);
                        ((JumpInsnNode) at(m, jump)).label = load;
                    });
        }
        refused(
                "jumps into the middle of counting rounds",
                "strip",
                m -> {
                    Strip round = Mined.strip(m, Kind.ROUND, 0);
                    LabelNode set = new LabelNode();
                    m.instructions.insertBefore(at(m, round.last() - 2), set);
                    ((JumpInsnNode) at(m, round.first() + 2)).label = set;
                    ((JumpInsnNode) at(m, round.last())).label = set;
                });
    }

    /** A way back to where rounds are paid for pays for one of them, not for two. */
    @Test
    void aWayBackThatNeedsMoreThanOneRoundsPriceIsSeen() {
        refused(
                UNPAID,
                "nested",
                m -> {
                    Strip prepay = Mined.strip(m, Kind.PREPAY, 0);
                    LabelNode before = new LabelNode();
                    m.instructions.insertBefore(at(m, prepay.first()), before);
                    List<JumpInsnNode> jumps =
                            Arrays.stream(Mined.real(m))
                                    .filter(i -> i.getOpcode() == Opcodes.IFEQ)
                                    .map(JumpInsnNode.class::cast)
                                    .toList();
                    jumps.get(2).label = before;
                });
    }

    @Test
    void aLoopWithinACountedOneThatPaysNothingIsSeen() {
        for (String function : List.of("strip", "prepaid")) {
            refused(
                    BACK,
                    function,
                    m -> {
                        LabelNode again = new LabelNode();
                        insertAfterHead(
                                m,
                                List.of(
                                        new VarInsnNode(Opcodes.ILOAD, 0),
                                        new InsnNode(Opcodes.POP)));
                        int head = head(m);
                        m.instructions.insertBefore(at(m, head + 1), again);
                        InsnList jump = new InsnList();
                        jump.add(new VarInsnNode(Opcodes.ILOAD, 0));
                        jump.add(new JumpInsnNode(Opcodes.IFNE, again));
                        m.instructions.insertBefore(at(m, head + 3), jump);
                    });
        }
    }
}
