package io.trinity.bench.kernels;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ByteBufferMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.ChicoryEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The engines that are compared. */
final class Engines {
    private static final PluginRef WHO = PluginRef.named("kernels");

    /** As a plugin has it, but for the deadline: a kernel may take longer than a call. */
    private static final CallBudget BUDGET =
            new CallBudget(
                    TimeUnit.SECONDS.toNanos(60),
                    TimeUnit.SECONDS.toNanos(60),
                    Long.MAX_VALUE - 1,
                    0,
                    64 << 10);

    private Engines() {}

    static Machine of(String name) {
        Machine made =
                switch (name) {
                    case "java" -> new Kernels();
                    case "trinity" -> trinity();
                    case "chicory" -> chicory(ByteBufferMemory::new);
                    case "chicory-array" -> chicory(ByteArrayMemory::new);
                    default -> throw new IllegalArgumentException(name);
                };
        made.call("fill", 1);
        return made;
    }

    static byte[] module() {
        try (InputStream in = Engines.class.getResourceAsStream("kernels.wasm")) {
            if (in == null) {
                throw new IllegalStateException("kernels.wasm is not there");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Machine trinity() {
        Engine engine = new ChicoryEngine();
        CompiledModule compiled = engine.compile(WHO, module());
        Guest guest =
                engine.load(WHO, compiled.module(), new Classes(compiled.classes()))
                        .instantiate(List.of(), MemoryQuota.UNCOUNTED, BUDGET);
        Map<String, Guest.GuestFunction> functions = new HashMap<>();
        return (kernel, argument) -> {
            Guest.GuestFunction f = functions.computeIfAbsent(kernel, guest::function);
            return (int)
                    (long)
                            guest.run(
                                    BUDGET,
                                    () -> kernel.equals("empty") ? f.call() : f.call(argument));
        };
    }

    private static Machine chicory(Function<MemoryLimits, Memory> memory) {
        Instance instance =
                Instance.builder(Parser.parse(module()))
                        .withMachineFactory(MachineFactoryCompiler::compile)
                        .withMemoryFactory(memory)
                        .build();
        Map<String, ExportFunction> functions = new HashMap<>();
        return (kernel, argument) -> {
            ExportFunction f = functions.computeIfAbsent(kernel, instance::export);
            long[] result = kernel.equals("empty") ? f.apply() : f.apply(argument);
            return result == null || result.length == 0 ? 0 : (int) result[0];
        };
    }

    private static final class Classes extends ClassLoader {
        private final SortedMap<String, byte[]> classes;

        Classes(SortedMap<String, byte[]> classes) {
            super(Engines.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
