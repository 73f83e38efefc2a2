package io.trinity.bench.kernels;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ByteBufferMemory;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engines that run in the JVM. V8 runs in a process of node's, see {@code v8.cjs}. */
public final class Engines {
    public static final String JAVA = "java";
    public static final String TRINITY = "trinity";
    public static final String NO_CHECKS = "no-checks";
    public static final String CHICORY_ARRAY = "chicory-array";
    public static final String CHICORY = "chicory";
    public static final String WASMTIME = "wasmtime";
    public static final String EXTISM = "extism";
    public static final String V8 = "v8";

    /** Ours, from classes that were compiled before; only to load. */
    public static final String CACHED = "cached";

    /** Those that are always there. */
    public static final List<String> OWN =
            List.of(JAVA, TRINITY, NO_CHECKS, CHICORY_ARRAY, CHICORY);

    /** System property: where the profile {@code others} has put Extism's SDK. */
    public static final String EXTISM_FOLDER = "trinity.bench.extism";

    /** Compiled and copied by the Maven profile {@code others} alone. */
    private static final String WASMTIME_CLASS = "io.trinity.bench.kernels.Wasmtime";

    private Engines() {}

    /** Those of the profile {@code others} that are there. */
    public static List<String> others() {
        List<String> there = new ArrayList<>();
        try {
            Class.forName(WASMTIME_CLASS, false, Engines.class.getClassLoader());
            there.add(WASMTIME);
        } catch (ClassNotFoundException e) {
            // Built without the profile.
        }
        if (Extism.folder().filter(Files::isDirectory).isPresent()) {
            there.add(EXTISM);
        }
        return there;
    }

    /** Instantiates a module; {@code fill} has been called where there is one. */
    static Machine of(String name, byte[] module) {
        return switch (name) {
            case JAVA -> new Kernels();
            case TRINITY -> Trinity.of(module);
            case NO_CHECKS -> new Unchecked(module);
            case CHICORY -> new Chicory(module, ByteBufferMemory::new);
            case CHICORY_ARRAY -> new Chicory(module, ByteArrayMemory::new);
            case WASMTIME -> wasmtime(module);
            case EXTISM -> Extism.of(Extism.folder().orElse(Path.of("")));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The kernels, with the bytes that they work on. */
    static Machine kernels(String name) {
        Machine made = of(name, Modules.kernels());
        made.function("fill").call(1);
        return made;
    }

    private static Machine wasmtime(byte[] module) {
        try {
            return (Machine)
                    Class.forName(WASMTIME_CLASS)
                            .getDeclaredConstructor(byte[].class)
                            .newInstance((Object) module);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("wasmtime", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("wasmtime is not there; build it with -Pothers", e);
        }
    }
}
