package io.trinity.bench.kernels;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.engine.compile.Layout;
import io.trinity.engine.guest.LinearMemory;
import io.trinity.engine.guest.Meter;
import io.trinity.testkit.MapClassLoader;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The floor that metering is held against: the engine's compiled form and flat memory, with neither
 * fuel nor stack. It exists in the bench alone; the engine has no switch for this.
 */
final class Unchecked implements Machine {
    private final LinearMemory memory;
    private final Instance instance;
    private final WasmModule module;
    private final ClassLoader classes;

    Unchecked(byte[] bytes) {
        module = Parser.parse(bytes);
        classes = new MapClassLoader(UncheckedClasses.of(module));
        LinearMemory[] made = new LinearMemory[1];
        instance =
                Instance.builder(module)
                        .withImportValues(Chicory.IMPORTS)
                        .withMachineFactory(i -> (function, arguments) -> new long[0])
                        .withMemoryFactory(
                                limits -> {
                                    made[0] =
                                            new LinearMemory(
                                                    limits, MemoryQuota.UNCOUNTED, new Meter());
                                    made[0].fuel = Integer.MAX_VALUE;
                                    return made[0];
                                })
                        .build();
        memory = made[0];
    }

    @Override
    public Machine.Export function(String export) {
        int index = index(export);
        FunctionType type =
                module.functionSection()
                        .getFunctionType(
                                index - module.importSection().importCount(), module.typeSection());
        MethodHandle handle = handle(index, type);
        boolean takes = !type.params().isEmpty();
        return argument -> {
            // Bulk instructions charge their size in the memory itself.
            memory.fuel = Integer.MAX_VALUE;
            try {
                return takes
                        ? (int) handle.invokeExact(argument, memory, instance)
                        : (int) handle.invokeExact(memory, instance);
            } catch (Throwable t) {
                throw new IllegalStateException(export, t);
            }
        };
    }

    private int index(String export) {
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            if (module.exportSection().getExport(i).name().equals(export)) {
                return module.exportSection().getExport(i).index();
            }
        }
        throw new IllegalArgumentException(export);
    }

    private MethodHandle handle(int index, FunctionType type) {
        List<Class<?>> parameters = new ArrayList<>();
        type.params().forEach(p -> parameters.add(int.class));
        parameters.add(LinearMemory.class);
        parameters.add(Instance.class);
        Class<?> result = type.returns().isEmpty() ? void.class : int.class;
        try {
            String group = Layout.functionGroup(Layout.mainClass(), index, Integer.MAX_VALUE);
            MethodHandle found =
                    MethodHandles.publicLookup()
                            .findStatic(
                                    Class.forName(group, true, classes),
                                    "func_" + index,
                                    MethodType.methodType(result, parameters));
            return found.asType(found.type().changeReturnType(int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public UnaryOperator<byte[]> trip() {
        Machine.Export xor = function("xor");
        return in -> {
            System.arraycopy(in, 0, memory.bytes(), Modules.TRIP_AT, in.length);
            xor.call(in.length);
            return Arrays.copyOfRange(memory.bytes(), Modules.TRIP_AT, Modules.TRIP_AT + in.length);
        };
    }
}
