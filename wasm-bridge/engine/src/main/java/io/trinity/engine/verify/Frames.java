package io.trinity.engine.verify;

import io.trinity.engine.verify.Counting.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Whether a method counts its frame, once and first thing, in the stack that it was handed, and
 * tells whoever it calls what is left. A bridge, which nobody in the guest calls, fetches what is
 * left from where the last one to leave the guest has told it.
 */
final class Frames {
    private static final String GUEST = "io/trinity/guest/code/";
    private static final String GUEST_OPS = "io/trinity/engine/guest/GuestOps";
    private static final String MEMORY = "Lio/trinity/engine/guest/LinearMemory;";
    private static final String INSTANCE = "Lcom/dylibso/chicory/runtime/Instance;";

    /** Of the guest runtime, those that get to the host. It may call the guest. */
    private static final Set<String> LEAVING = Set.of("callHostFunction", "callIndirect");

    private static final int FRAME_BYTES = 96;
    private static final int SLOT_BYTES = 8;

    private final MethodNode method;
    private final AbstractInsnNode[] code;
    private final @Nullable Counting[] countingOf;
    private final Flow flow;
    private final AllowedCalls calls;

    Frames(
            MethodNode method,
            AbstractInsnNode[] code,
            @Nullable Counting[] countingOf,
            Flow flow,
            AllowedCalls calls) {
        this.method = method;
        this.code = code;
        this.countingOf = countingOf;
        this.flow = flow;
        this.calls = calls;
    }

    /**
     * Whether a method of this descriptor is handed what its caller has left of the stack, last. An
     * int may stand before it.
     */
    private static boolean isHandedStack(String descriptor) {
        String tail = MEMORY + INSTANCE + "I";
        return descriptor.contains(tail + ")") || descriptor.contains(tail + "I)");
    }

    static boolean isHandedStack(MethodInsnNode call) {
        return call.owner.startsWith(GUEST) && isHandedStack(call.desc);
    }

    /**
     * What is wrong, or null.
     *
     * @param countings all of the method, in the order of their places
     */
    @Nullable String objection(List<Counting> countings) {
        if (countings.size() < 2
                || countings.get(0).kind() != Kind.FUEL
                || countings.get(0).first() != 0) {
            return "is not charged at its entry";
        }
        Counting frame = countings.get(1);
        int least = FRAME_BYTES + SLOT_BYTES * (method.maxLocals + method.maxStack);
        if (!isFrame(frame)
                || frame.first() != countings.get(0).last() + 1
                || frame.amount() < least) {
            return "does not count its frame of " + least + " bytes";
        }
        if (countings.stream().filter(Frames::isFrame).count() != 1
                || flow.isTargetOfBackJump(0, frame.last())) {
            return "counts its frame twice";
        }
        if (!isInItsPlace(frame)) {
            return "does not count its frame in the stack that it was handed";
        }
        for (int i = 0; i < code.length; i++) {
            String objection = objection(i, frame);
            if (objection != null) {
                return objection;
            }
        }
        return null;
    }

    private static boolean isFrame(Counting c) {
        return c.kind() == Kind.FRAME || c.kind() == Kind.FETCHED_FRAME;
    }

    /** One that is not handed it is a bridge: {@link #callsFunction} lets nobody call it. */
    private boolean isInItsPlace(Counting frame) {
        int slots = (Type.getArgumentsAndReturnSizes(method.desc) >> 2) - 1;
        if (isHandedStack(method.desc)) {
            return frame.kind() == Kind.FRAME && frame.slot() == slots - 1;
        }
        return frame.kind() == Kind.FETCHED_FRAME && frame.slot() >= slots;
    }

    private @Nullable String objection(int i, Counting frame) {
        Counting counting = countingOf[i];
        if (Instructions.writes(code[i], frame.slot()) && counting != frame) {
            return "writes over what is left of its stack";
        }
        if (counting != null && counting.kind() == Kind.TELL && !leaves(counting.last() + 1)) {
            return "says what is left of its stack where it does not leave";
        }
        if (leaves(i) && !isTold(i, Kind.TELL, frame)) {
            return "leaves without saying what is left of its stack";
        }
        if (callsFunction(i) && !isTold(i, Kind.HAND, frame)) {
            return "calls without handing down what is left of its stack";
        }
        return null;
    }

    private boolean leaves(int i) {
        return i < code.length
                && code[i] instanceof MethodInsnNode call
                && call.owner.equals(GUEST_OPS)
                && LEAVING.contains(call.name);
    }

    /** Those without a memory run straight code and call nobody. */
    private boolean callsFunction(int i) {
        return code[i] instanceof MethodInsnNode call
                && calls.isOwn(call)
                && call.desc.contains(MEMORY);
    }

    /** Directly before a call, on the one way to it. */
    private boolean isTold(int call, Kind kind, Counting frame) {
        Counting before = countingOf[call - 1];
        return before != null
                && before.kind() == kind
                && before.slot() == frame.slot()
                && !flow.isTarget(call);
    }
}
