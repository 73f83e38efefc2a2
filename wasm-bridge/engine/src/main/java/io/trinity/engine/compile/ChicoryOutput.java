package io.trinity.engine.compile;

import com.dylibso.chicory.compiler.Cache;
import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Chicory's compiler, asked for class files through its public cache hook. The machine factory that
 * it returns holds unmetered classes and is dropped here.
 */
final class ChicoryOutput {
    private ChicoryOutput() {}

    /** Class files by internal name. */
    static Map<String, byte[]> of(WasmModule module, int functionsPerClass) {
        Capture capture = new Capture();
        var unmetered =
                MachineFactoryCompiler.builder(module)
                        .withClassName(Layout.MAIN.replace('/', '.'))
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withMaxFunctionsPerClass(functionsPerClass)
                        .withCache(capture)
                        .compile();
        if (capture.jar == null) {
            throw new IllegalStateException("Chicory compiled past its cache: " + unmetered);
        }
        return classes(capture.jar);
    }

    private static Map<String, byte[]> classes(byte[] jar) {
        Map<String, byte[]> classes = new TreeMap<>();
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            for (JarEntry e = in.getNextJarEntry(); e != null; e = in.getNextJarEntry()) {
                String name = e.getName();
                if (name.endsWith(".class")) {
                    classes.put(name.substring(0, name.length() - 6), in.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Chicory's classes in memory cannot be read", e);
        }
        return classes;
    }

    private static final class Capture implements Cache {
        private byte @Nullable [] jar;

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
