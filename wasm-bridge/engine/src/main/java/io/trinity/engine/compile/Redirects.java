package io.trinity.engine.compile;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Where each call that Chicory emits leads after metering: to the guest runtime, or where it led. A
 * call that is not known here is refused: a new version of Chicory must be looked at first.
 */
final class Redirects {
    private static final String GUEST = "io/trinity/engine/guest/";
    private static final String MEMORY_OPS = GUEST + "MemoryOps";
    private static final String NUMERIC_OPS = GUEST + "NumericOps";
    private static final String GUEST_OPS = GUEST + "GuestOps";
    private static final String OPCODES = "com/dylibso/chicory/runtime/OpcodeImpl";
    private static final String VALUE = "com/dylibso/chicory/wasm/types/Value";
    private static final String TABLE = "com/dylibso/chicory/runtime/TableInstance";

    private record Target(String owner, String name) {}

    private static final Map<String, Target> SHADED = new HashMap<>();
    private static final Map<String, String> NUMERIC =
            Map.of(
                    "I32_LT_U", "i32LtU",
                    "I32_LE_U", "i32LeU",
                    "I32_GT_U", "i32GtU",
                    "F32_ABS", "f32Abs",
                    "F64_ABS", "f64Abs",
                    "F32_COPYSIGN", "f32CopySign",
                    "F64_COPYSIGN", "f64CopySign");
    private static final Set<String> VALUES =
            Set.of("longToFloat", "longToDouble", "floatToLong", "doubleToLong");
    private static final Set<String> TABLES = Set.of("requiredRef", "instance");

    static {
        for (String type : new String[] {"Byte", "Short", "Int", "Long", "Float", "Double"}) {
            shaded(MEMORY_OPS, "memoryRead" + type);
            shaded(MEMORY_OPS, "memoryWrite" + type);
        }
        for (String name : new String[] {"Pages", "Grow", "Fill", "Copy", "Init"}) {
            shaded(MEMORY_OPS, "memory" + name);
        }
        for (String name : new String[] {"Get", "Set", "Grow", "Size", "Fill", "Copy", "Init"}) {
            shaded(GUEST_OPS, "table" + name);
        }
        for (String name :
                new String[] {
                    "callHostFunction",
                    "callIndirect",
                    "isRefNull",
                    "readGlobal",
                    "writeGlobal",
                    "readGlobalRef",
                    "dataDrop",
                    "throwIndirectCallTypeMismatch",
                    "throwOutOfBoundsMemoryAccess",
                    "throwTrapException",
                    "throwUnknownFunction"
                }) {
            shaded(GUEST_OPS, name);
        }
        SHADED.put("i32_ge_u", new Target(NUMERIC_OPS, "i32GeU"));
    }

    private Redirects() {}

    private static void shaded(String owner, String name) {
        SHADED.put(name, new Target(owner, name));
    }

    static boolean isCheck(MethodInsnNode call) {
        return call.owner.equals(Layout.SHADED) && call.name.equals("checkInterruption");
    }

    /** Whether a call that was led to its target gets to the host, which may call the guest. */
    static boolean leavesGuest(MethodInsnNode call) {
        return call.owner.equals(GUEST_OPS)
                && (call.name.equals("callHostFunction") || call.name.equals("callIndirect"));
    }

    /** Leads {@code call} to its new target, in place. */
    static void redirect(MethodInsnNode call) {
        String why = call.owner + "." + call.name + call.desc;
        if (call.owner.equals(Layout.INSTANCE) && call.name.equals("setElement")) {
            // (instance, index, null): the null is dropped by the caller of this method.
            call.setOpcode(Opcodes.INVOKESTATIC);
            call.owner = GUEST_OPS;
            call.name = "elementDrop";
            call.desc = "(L" + Layout.INSTANCE + ";I)V";
            return;
        }
        Target target = target(call);
        if (target == null) {
            throw new IllegalStateException("Chicory emits a call that is not known here: " + why);
        }
        call.owner = target.owner;
        call.name = target.name;
        call.desc = descriptor(call.desc);
    }

    private static @Nullable Target target(MethodInsnNode call) {
        Target same = new Target(call.owner, call.name);
        return switch (call.owner) {
            case Layout.SHADED -> SHADED.get(call.name);
            case OPCODES -> {
                String ours = NUMERIC.get(call.name);
                yield ours == null ? same : new Target(NUMERIC_OPS, ours);
            }
            case VALUE -> VALUES.contains(call.name) ? new Target(NUMERIC_OPS, call.name) : null;
            case TABLE -> TABLES.contains(call.name) ? same : null;
            case Layout.INSTANCE -> call.name.equals("table") ? same : null;
            default -> call.owner.startsWith(Layout.MAIN) ? same : null;
        };
    }

    /** Chicory's memory interface replaced by our class, which compiled code uses directly. */
    static String descriptor(String descriptor) {
        return descriptor.replace("L" + Layout.MEMORY + ";", "L" + Layout.LINEAR_MEMORY + ";");
    }
}
