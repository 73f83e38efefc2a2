package io.trinity.engine.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Makes metered classes of Chicory's. Deterministic: the same classes give the same bytes. */
final class Rewriter {
    private final String build;
    private final Set<Integer> called;
    private int functionsPerClass;

    /**
     * @param build written into the entry class
     * @param called indices of functions that are called from outside and need a bridge
     * @param functionsPerClass what Chicory was asked for; it may have taken less
     */
    Rewriter(String build, Set<Integer> called, int functionsPerClass) {
        this.build = build;
        this.called = called;
        this.functionsPerClass = functionsPerClass;
    }

    /** Class files by binary name. */
    SortedMap<String, byte[]> rewrite(Map<String, byte[]> classes) {
        findFunctionsPerClass(classes);
        SortedMap<String, byte[]> result = new TreeMap<>();
        for (Map.Entry<String, byte[]> e : classes.entrySet()) {
            if (!Layout.isDropped(e.getKey())) {
                result.put(Layout.binary(e.getKey()), rewrite(e.getValue()));
            }
        }
        return result;
    }

    /** Where there is a second group, the first one is full. */
    private void findFunctionsPerClass(Map<String, byte[]> classes) {
        byte[] first = classes.get(Layout.FUNCTION_GROUP + 0);
        if (first != null && classes.containsKey(Layout.FUNCTION_GROUP + 1)) {
            ClassNode node = new ClassNode();
            new ClassReader(first).accept(node, ClassReader.SKIP_CODE);
            functionsPerClass =
                    (int) node.methods.stream().filter(m -> m.name.startsWith("func_")).count();
        }
    }

    private byte[] rewrite(byte[] original) {
        ClassNode node = new ClassNode();
        new ClassReader(original).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        node.access |= Opcodes.ACC_PUBLIC;
        node.interfaces.clear();
        node.fields.clear();
        List<MethodNode> methods = new ArrayList<>();
        for (MethodNode method : node.methods) {
            if (!Layout.isReplaced(method.name)) {
                methods.add(redirected(method));
            }
        }
        if (node.name.equals(Layout.MAIN)) {
            addConstants(node);
        }
        if (node.name.startsWith(Layout.FUNCTION_GROUP)) {
            addBridges(node.name, methods);
        }
        for (MethodNode method : methods) {
            if (!method.name.startsWith("value_")) {
                new MethodMeter(method).apply();
            }
        }
        // Chicory orders some of them by hash.
        methods.sort(Comparator.comparing((MethodNode m) -> m.name).thenComparing(m -> m.desc));
        node.methods = methods;
        ClassWriter writer = new FrameWriter();
        node.accept(writer);
        return writer.toByteArray();
    }

    private static MethodNode redirected(MethodNode method) {
        method.desc = Redirects.descriptor(method.desc);
        for (AbstractInsnNode i : method.instructions.toArray()) {
            if (i instanceof MethodInsnNode call) {
                if (Redirects.isCheck(call)) {
                    method.instructions.remove(call);
                    continue;
                }
                if (call.name.equals("setElement")) {
                    removeNull(method, call);
                }
                Redirects.redirect(call);
            }
        }
        StackParameter.addTo(method);
        return method;
    }

    /** Chicory drops an element segment by setting it to null; ours takes no such argument. */
    private static void removeNull(MethodNode method, MethodInsnNode call) {
        AbstractInsnNode value = call.getPrevious();
        if (value.getOpcode() != Opcodes.ACONST_NULL) {
            throw new IllegalStateException("setElement with a value in " + method.name);
        }
        method.instructions.remove(value);
    }

    private void addConstants(ClassNode node) {
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
        node.fields.add(
                new FieldNode(access, Layout.BUILD_FIELD, "Ljava/lang/String;", null, build));
        node.fields.add(
                new FieldNode(access, Layout.PER_CLASS_FIELD, "I", null, functionsPerClass));
    }

    private void addBridges(String owner, List<MethodNode> methods) {
        for (MethodNode method : List.copyOf(methods)) {
            if (method.name.startsWith("func_")) {
                int index = Integer.parseInt(method.name.substring("func_".length()));
                if (called.contains(index)) {
                    methods.add(CallBridge.of(owner, index, method.desc));
                }
            }
        }
    }

    /** No value of a guest is of a class that has subclasses, so nothing needs to be loaded. */
    private static final class FrameWriter extends ClassWriter {
        FrameWriter() {
            super(COMPUTE_FRAMES);
        }

        @Override
        protected String getCommonSuperClass(String a, String b) {
            return "java/lang/Object";
        }
    }
}
