package io.trinity.engine.verify;

import io.trinity.engine.verify.Counting.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Judges one method. */
final class MethodVerifier {
    private static final String MEMORY = "io/trinity/engine/guest/LinearMemory";

    private final String where;
    private final MethodNode method;
    private final AllowedCalls calls;
    private final int memorySlot;
    private final AbstractInsnNode[] code;

    /** The counting that each instruction belongs to. */
    private final @Nullable Counting[] countingOf;

    private final Flow flow;
    private final Strips strips;

    MethodVerifier(String owner, MethodNode method, AllowedCalls calls) {
        this.where = owner + "." + method.name + method.desc;
        this.method = method;
        this.calls = calls;
        this.memorySlot = memorySlot(method.desc);
        this.code =
                Arrays.stream(method.instructions.toArray())
                        .filter(i -> i.getOpcode() >= 0)
                        .toArray(AbstractInsnNode[]::new);
        this.countingOf = new Counting[code.length];
        this.flow = new Flow(where, method.instructions, code);
        this.strips = new Strips(code, flow, memorySlot);
    }

    private static int memorySlot(String descriptor) {
        int slot = 0;
        for (Type type : Type.getArgumentTypes(descriptor)) {
            if (type.getDescriptor().equals("L" + MEMORY + ";")) {
                return slot;
            }
            slot += type.getSize();
        }
        return -1;
    }

    void verify() {
        if (!method.tryCatchBlocks.isEmpty()) {
            throw fail("catches exceptions");
        }
        List<Counting> countings = findCountings();
        for (int i = 0; i < code.length; i++) {
            String objection = Instructions.objection(code[i], memorySlot, calls);
            if (objection != null) {
                throw fail(objection);
            }
            if (code[i] instanceof FieldInsnNode f
                    && countingOf[i] == null
                    && strips.of(i) == null) {
                throw fail("touches field " + f.name + " other than to count");
            }
        }
        if (memorySlot < 0) {
            verifyUncounted();
            return;
        }
        countings.forEach(this::verifyNoWayIn);
        String objection = strips.objection();
        if (objection != null) {
            throw fail(objection);
        }
        objection = new Frames(method, code, countingOf, flow, calls).objection(countings);
        if (objection != null) {
            throw fail(objection);
        }
        for (int i = 0; i < code.length; i++) {
            if (flow.jumpsBack(i)) {
                verifyPaid(i);
            }
        }
        if (!Payment.isEnough(code, countingOf, strips, flow)) {
            throw fail("has a path that is not paid for");
        }
    }

    /**
     * Without a memory there is nothing to count in: only short straight code that calls nobody.
     */
    private void verifyUncounted() {
        for (int i = 0; i < code.length; i++) {
            boolean callsGuest = code[i] instanceof MethodInsnNode call && calls.isOwn(call);
            if (flow.jumps(i) || callsGuest) {
                throw fail("jumps or calls without counting");
            }
        }
        if (!method.name.startsWith("value_")) {
            throw fail("does not count");
        }
    }

    private List<Counting> findCountings() {
        List<Counting> found = new ArrayList<>();
        for (int i = 0; i < code.length; i++) {
            Counting c = Counting.at(code, i, memorySlot);
            if (c != null) {
                found.add(c);
                Arrays.fill(countingOf, c.first(), c.last() + 1, c);
                i = c.last();
            }
        }
        return found;
    }

    /** Nobody jumps into the middle of a counting. */
    private void verifyNoWayIn(Counting c) {
        for (int i = c.first() + 1; i <= c.last(); i++) {
            if (flow.isTarget(i)) {
                throw fail("jumps into the middle of counting");
            }
        }
    }

    private void verifyPaid(int jump) {
        if (paysInRounds(jump)) {
            return;
        }
        Counting c = jump == 0 ? null : countingOf[jump - 1];
        // The counting's own jump leads here too, and it alone may.
        if (c == null || c.kind() != Kind.FUEL || flow.ways(jump) > 1) {
            throw fail("jumps back without paying");
        }
    }

    /** A round that is counted, a way out behind its payment, or a way to where rounds are paid. */
    private boolean paysInRounds(int jump) {
        Strip within = strips.of(jump);
        if (within != null) {
            return within.kind() == Strip.Kind.ROUND || within.kind() == Strip.Kind.PREPAID_ROUND;
        }
        Strip before = jump == 0 ? null : strips.of(jump - 1);
        if (before != null && before.kind() == Strip.Kind.SETTLE && flow.ways(jump) <= 1) {
            return true;
        }
        for (int target : flow.targets(jump)) {
            Strip there = strips.of(target);
            if (there == null || there.kind() != Strip.Kind.PREPAY || target != there.first()) {
                return false;
            }
        }
        return true;
    }

    private IllegalStateException fail(String what) {
        return ClassVerifier.fail(where, what);
    }
}
