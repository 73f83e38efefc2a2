package io.trinity.engine.compile;

import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * What one JVM instruction costs, in units of fuel. A unit is about one simple instruction; what
 * takes longer is weighted. Changing any of these changes what fuel limits mean: raise the build.
 */
final class FuelCosts {
    private static final int MEMORY_ACCESS = 2;
    private static final int HELPER = 2;
    private static final int GLOBAL = 3;
    private static final int CALL = 5;
    private static final int TABLE = 8;
    private static final int ALLOCATION = 12;
    private static final int HOST_CALL = 100;

    private static final Map<String, Integer> BY_NAME =
            Map.ofEntries(
                    Map.entry("callHostFunction", HOST_CALL),
                    Map.entry("I32_DIV_S", 8),
                    Map.entry("I32_DIV_U", 8),
                    Map.entry("I32_REM_S", 8),
                    Map.entry("I32_REM_U", 8),
                    Map.entry("I64_DIV_S", 16),
                    Map.entry("I64_DIV_U", 16),
                    Map.entry("I64_REM_S", 16),
                    Map.entry("I64_REM_U", 16),
                    Map.entry("F32_SQRT", 6),
                    Map.entry("F64_SQRT", 8),
                    Map.entry("memoryGrow", 50),
                    Map.entry("tableGrow", 50),
                    Map.entry("memoryFill", 10),
                    Map.entry("memoryCopy", 10),
                    Map.entry("memoryInit", 10));

    private FuelCosts() {}

    static int of(AbstractInsnNode instruction) {
        if (instruction.getOpcode() < 0) {
            return 0;
        }
        if (instruction instanceof MethodInsnNode call) {
            return ofCall(call);
        }
        return switch (instruction.getOpcode()) {
            case Opcodes.FDIV, Opcodes.DDIV -> 5;
            case Opcodes.NEWARRAY -> ALLOCATION;
            default -> 1;
        };
    }

    /** Whether it is an access to memory or a computation, and not a call of anybody. */
    static boolean isPlain(MethodInsnNode call) {
        return call.name.startsWith("memoryRead")
                || call.name.startsWith("memoryWrite")
                || call.owner.endsWith("/NumericOps")
                || call.owner.endsWith("/OpcodeImpl");
    }

    private static int ofCall(MethodInsnNode call) {
        Integer own = BY_NAME.get(call.name);
        if (own != null) {
            return own;
        }
        if (call.name.startsWith("table") || call.owner.endsWith("/TableInstance")) {
            return TABLE;
        }
        if (call.name.endsWith("Global") || call.name.endsWith("GlobalRef")) {
            return GLOBAL;
        }
        if (call.name.startsWith("memoryRead") || call.name.startsWith("memoryWrite")) {
            return MEMORY_ACCESS;
        }
        return call.owner.startsWith(Layout.MAIN) ? CALL : HELPER;
    }
}
