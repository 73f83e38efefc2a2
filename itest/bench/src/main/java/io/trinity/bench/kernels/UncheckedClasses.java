package io.trinity.bench.kernels;

import com.dylibso.chicory.compiler.Cache;
import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.wasm.WasmModule;
import io.trinity.engine.compile.Layout;
import io.trinity.engine.guest.GuestOps;
import io.trinity.engine.guest.LinearMemory;
import io.trinity.engine.guest.MemoryOps;
import io.trinity.engine.guest.NumericOps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * What the engine would compile if it counted nothing: Chicory's classes with memory, comparisons
 * and host calls led to the engine's guest runtime, and the checks for interruption taken out.
 *
 * <p>For modules without {@code call_indirect}: the class that dispatches is left out.
 */
final class UncheckedClasses {
    private static final String MAIN = Layout.mainClass().replace('.', '/');
    private static final String GROUP = MAIN + "FuncGroup_";
    private static final String SHADED = MAIN + "Shaded";
    private static final List<Class<?>> RUNTIME =
            List.of(MemoryOps.class, NumericOps.class, GuestOps.class);

    private UncheckedClasses() {}

    /** Class files by binary name. */
    static SortedMap<String, byte[]> of(WasmModule module) {
        Capture capture = new Capture();
        MachineFactoryCompiler.builder(module)
                .withClassName(Layout.mainClass())
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .withCache(capture)
                .compile();
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(capture.jar))) {
            for (JarEntry e = in.getNextJarEntry(); e != null; e = in.getNextJarEntry()) {
                String name = e.getName().replaceFirst("\\.class$", "");
                if (name.startsWith(GROUP)) {
                    classes.put(name.replace('/', '.'), rewrite(in.readAllBytes()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }

    private static byte[] rewrite(byte[] original) {
        ClassWriter writer = new ClassWriter(0);
        SimpleRemapper memory =
                new SimpleRemapper(
                        Opcodes.ASM9,
                        "com/dylibso/chicory/runtime/Memory",
                        Type.getInternalName(LinearMemory.class));
        new ClassReader(original).accept(new ClassRemapper(new Redirects(writer), memory), 0);
        return writer.toByteArray();
    }

    /** Sees descriptors in which the memory is the engine's already. */
    private static final class Redirects extends ClassVisitor {
        Redirects(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                String superName,
                String[] interfaces) {
            int open = access | Opcodes.ACC_PUBLIC;
            super.visit(version, open, name, signature, superName, interfaces);
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if (!name.startsWith("func_")) {
                return null; // Chicory's own way in, which allocates for the result
            }
            int open = access & ~Opcodes.ACC_PRIVATE | Opcodes.ACC_PUBLIC;
            return new MethodVisitor(
                    Opcodes.ASM9,
                    super.visitMethod(open, name, descriptor, signature, exceptions)) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String type, boolean isInterface) {
                    if (owner.equals(SHADED) && called.equals("checkInterruption")) {
                        return;
                    }
                    Method ours = ours(called, type);
                    if (ours != null && !owner.startsWith(GROUP)) {
                        super.visitMethodInsn(
                                opcode,
                                Type.getInternalName(ours.getDeclaringClass()),
                                ours.getName(),
                                type,
                                false);
                    } else if (owner.equals(SHADED)) {
                        throw new IllegalStateException("not in the engine: " + called + type);
                    } else {
                        super.visitMethodInsn(opcode, owner, called, type, isInterface);
                    }
                }
            };
        }
    }

    /** The engine's own of that name and type; {@code I32_LT_U} is {@code i32LtU} there. */
    private static @Nullable Method ours(String name, String descriptor) {
        for (Class<?> owner : RUNTIME) {
            for (Method m : owner.getMethods()) {
                boolean same = m.getName().equals(name) || m.getName().equals(camel(name));
                if (same && Type.getMethodDescriptor(m).equals(descriptor)) {
                    return m;
                }
            }
        }
        return null;
    }

    private static String camel(String name) {
        StringBuilder result = new StringBuilder();
        for (String part : name.toLowerCase(Locale.ROOT).split("_", -1)) {
            result.append(
                    result.isEmpty()
                            ? part
                            : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return result.toString();
    }

    private static final class Capture implements Cache {
        private byte[] jar = {};

        @Override
        @SuppressWarnings("NullAway") // null is this interface's "not cached"
        public byte @Nullable [] get(String key) {
            return null;
        }

        @Override
        public void putIfAbsent(String key, byte[] data) {
            jar = data;
        }
    }
}
