package io.trinity.bench.kernels;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Chicory's compiler as it comes, with one of its own memories. */
final class Chicory implements Machine {
    /** The host's side of {@code trips.wasm}. */
    static final ImportValues IMPORTS =
            ImportValues.builder()
                    .addFunction(
                            new HostFunction(
                                    "host",
                                    "next",
                                    FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
                                    (instance, arguments) ->
                                            new long[] {Machine.next((int) arguments[0])}))
                    .build();

    private final Instance instance;

    Chicory(byte[] module, Function<MemoryLimits, Memory> memory) {
        instance =
                Instance.builder(Parser.parse(module))
                        .withImportValues(IMPORTS)
                        .withMachineFactory(MachineFactoryCompiler::compile)
                        .withMemoryFactory(memory)
                        .build();
    }

    @Override
    public Machine.Export function(String export) {
        ExportFunction f = instance.export(export);
        boolean nothing = Machine.takesNothing(export);
        return argument -> {
            long[] result = nothing ? f.apply() : f.apply(argument);
            return result == null || result.length == 0 ? 0 : (int) result[0];
        };
    }

    @Override
    public UnaryOperator<byte[]> trip() {
        ExportFunction xor = instance.export("xor");
        Memory memory = instance.memory();
        return in -> {
            memory.write(Modules.TRIP_AT, in);
            xor.apply(in.length);
            return memory.readBytes(Modules.TRIP_AT, in.length);
        };
    }
}
