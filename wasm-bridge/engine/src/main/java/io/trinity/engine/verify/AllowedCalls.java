package io.trinity.engine.verify;

import com.dylibso.chicory.runtime.OpCodeIdentifier;
import com.dylibso.chicory.runtime.OpcodeImpl;
import io.trinity.engine.guest.GuestOps;
import io.trinity.engine.guest.MemoryOps;
import io.trinity.engine.guest.NumericOps;
import io.trinity.engine.guest.Rounds;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Every method that a guest class may call, by owner, name and descriptor. */
final class AllowedCalls {
    private static final Pattern NUMERIC = Pattern.compile("[IF](32|64)_[A-Z0-9_]+");

    /** Replaced by NumericOps, which says why. */
    private static final Pattern REPLACED =
            Pattern.compile("I32_[LG][TE]_U|F(32|64)_(ABS|COPYSIGN)");

    private static final Set<String> VIRTUAL =
            Set.of(
                    "com/dylibso/chicory/runtime/Instance.table"
                            + "(I)Lcom/dylibso/chicory/runtime/TableInstance;",
                    "com/dylibso/chicory/runtime/TableInstance.requiredRef(I)I",
                    "com/dylibso/chicory/runtime/TableInstance.instance"
                            + "(I)Lcom/dylibso/chicory/runtime/Instance;",
                    "io/trinity/engine/guest/LinearMemory.refuel()V",
                    "io/trinity/engine/guest/LinearMemory.overflow()V");

    private static final Set<String> STATIC = runtimeMethods();

    private final Set<String> own = new HashSet<>();

    AllowedCalls(Map<String, ClassNode> guestClasses) {
        guestClasses
                .values()
                .forEach(c -> c.methods.forEach(m -> own.add(c.name + "." + m.name + m.desc)));
    }

    boolean allows(MethodInsnNode call) {
        String full = call.owner + "." + call.name + call.desc;
        return switch (call.getOpcode()) {
            case Opcodes.INVOKESTATIC -> !call.itf && (STATIC.contains(full) || own.contains(full));
            case Opcodes.INVOKEVIRTUAL -> VIRTUAL.contains(full);
            default -> false;
        };
    }

    /** Whether it leads to another method of the guest's. */
    boolean isOwn(MethodInsnNode call) {
        return own.contains(call.owner + "." + call.name + call.desc);
    }

    private static Set<String> runtimeMethods() {
        Set<String> all = new HashSet<>();
        for (Class<?> owner :
                new Class<?>[] {MemoryOps.class, NumericOps.class, GuestOps.class, Rounds.class}) {
            for (Method m : owner.getDeclaredMethods()) {
                add(all, owner, m);
            }
        }
        for (Method m : OpcodeImpl.class.getDeclaredMethods()) {
            if (m.isAnnotationPresent(OpCodeIdentifier.class)
                    && NUMERIC.matcher(m.getName()).matches()
                    && !REPLACED.matcher(m.getName()).matches()) {
                add(all, OpcodeImpl.class, m);
            }
        }
        return all;
    }

    private static void add(Set<String> all, Class<?> owner, Method m) {
        if (Modifier.isPublic(m.getModifiers()) && Modifier.isStatic(m.getModifiers())) {
            all.add(Type.getInternalName(owner) + "." + m.getName() + Type.getMethodDescriptor(m));
        }
    }
}
