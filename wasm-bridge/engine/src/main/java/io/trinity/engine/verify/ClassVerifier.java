package io.trinity.engine.verify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Judges metered classes by their bytes alone: what they may name, that every path is paid for,
 * that every frame is counted, that nothing catches. Only what passes is handed out.
 *
 * <p>It knows the rules and the guest runtime, and nothing of how the rewriter goes about it.
 */
public final class ClassVerifier {
    private static final String PACKAGE = "io/trinity/guest/code/";
    private static final int PUBLIC_STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    private static final int CONSTANT = PUBLIC_STATIC | Opcodes.ACC_FINAL;
    private static final Set<String> CONSTANTS =
            Set.of("BUILD Ljava/lang/String;", "FUNCTIONS_PER_CLASS I");

    private ClassVerifier() {}

    /**
     * Refuses classes that break a rule.
     *
     * @param classes class files by binary name
     * @throws IllegalStateException naming class and method: a defect of ours
     */
    public static void verify(SortedMap<String, byte[]> classes) {
        Map<String, ClassNode> nodes = new HashMap<>();
        classes.forEach((name, bytes) -> nodes.put(name.replace('.', '/'), read(name, bytes)));
        AllowedCalls calls = new AllowedCalls(nodes);
        for (ClassNode node : nodes.values()) {
            verifyClass(node);
            for (MethodNode method : node.methods) {
                new MethodVerifier(node.name, method, calls).verify();
            }
        }
    }

    private static ClassNode read(String name, byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        if (!node.name.equals(name.replace('.', '/')) || !node.name.startsWith(PACKAGE)) {
            throw fail(name, "is named " + node.name);
        }
        return node;
    }

    private static void verifyClass(ClassNode node) {
        if (!"java/lang/Object".equals(node.superName) || !node.interfaces.isEmpty()) {
            throw fail(node.name, "extends or implements something");
        }
        if ((node.access & (Opcodes.ACC_ENUM | Opcodes.ACC_INTERFACE | Opcodes.ACC_MODULE)) != 0) {
            throw fail(node.name, "is no plain class");
        }
        for (FieldNode field : node.fields) {
            boolean known = CONSTANTS.contains(field.name + " " + field.desc);
            if (!known || field.access != CONSTANT || field.value == null) {
                throw fail(node.name, "has a field " + field.name);
            }
        }
        for (MethodNode method : node.methods) {
            if (method.access != PUBLIC_STATIC || method.name.startsWith("<")) {
                throw fail(node.name, "has a method " + method.name + " that is not public static");
            }
        }
        if (!isEmpty(node.innerClasses) || node.nestHostClass != null || node.attrs != null) {
            throw fail(node.name, "has attributes that no guest class has");
        }
    }

    private static boolean isEmpty(List<?> list) {
        return list == null || list.isEmpty();
    }

    static IllegalStateException fail(String where, String what) {
        return new IllegalStateException("compiled class refused: " + where + " " + what);
    }
}
