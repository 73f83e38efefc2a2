package io.trinity.engine;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A module as Chicory runs it when nobody stands in between. */
final class PlainSide implements Side {
    /** Neither side has more memory. */
    static final int PAGES = 2_048;

    /** More instructions than a call may take; thrown by interpreted code alone. */
    static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A module that Chicory has taken in; any number of instances.
     *
     * @param most instructions of one call, where it is interpreted; 0 for any number
     */
    record Code(WasmModule module, Function<Instance, Machine> machine, long most) {
        /** To class files, as by default. */
        static Code compiled(byte[] module) {
            WasmModule parsed = Parser.parse(module);
            return new Code(parsed, MachineFactoryCompiler.compile(parsed), 0);
        }

        static Code interpreted(byte[] module, long most) {
            return new Code(Parser.parse(module), InterpreterMachine::new, most);
        }
    }

    private final Instance instance;
    private long instructions;

    PlainSide(Code code, Host host) {
        Instance.Builder builder =
                Instance.builder(code.module())
                        .withMachineFactory(code.machine())
                        .withImportValues(imports(code.module(), host));
        code.module()
                .memorySection()
                .filter(s -> s.memoryCount() > 0)
                .map(s -> s.getMemory(0).limits())
                .ifPresent(
                        l ->
                                builder.withMemoryLimits(
                                        new MemoryLimits(
                                                l.initialPages(),
                                                Math.min(PAGES, l.maximumPages()))));
        if (code.most() > 0) {
            builder.withUnsafeExecutionListener((i, s) -> count(code.most()));
        }
        instance = builder.build();
        if (exports(code.module(), "_initialize")) {
            call("_initialize");
        }
    }

    private void count(long most) {
        if (++instructions > most) {
            throw new Endless();
        }
    }

    private static boolean exports(WasmModule module, String name) {
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            if (module.exportSection().getExport(i).name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private ImportValues imports(WasmModule module, Host host) {
        ImportFunction[] functions =
                module.importSection().stream()
                        .map(FunctionImport.class::cast)
                        .map(f -> linked(f, module.typeSection().getType(f.typeIndex()), host))
                        .toArray(ImportFunction[]::new);
        return ImportValues.builder().addFunction(functions).build();
    }

    private HostFunction linked(FunctionImport f, FunctionType type, Host host) {
        return new HostFunction(
                f.module(),
                f.name(),
                type,
                (i, a) -> {
                    long result = host.call(f.name(), this, a);
                    // The interpreter takes whatever comes for a result.
                    return type.returns().isEmpty() ? new long[0] : new long[] {result};
                });
    }

    @Override
    public long call(String function, long... arguments) {
        instructions = 0;
        try {
            long[] results = instance.export(function).apply(arguments);
            return results == null || results.length == 0 ? 0 : results[0];
        } catch (ChicoryException | IndexOutOfBoundsException | StackOverflowError e) {
            throw new Trapped(e instanceof RuntimeException r ? r : new IllegalStateException(e));
        }
    }

    private Memory memory() {
        return instance.memory();
    }

    @Override
    public int memoryBytes() {
        return memory() == null ? 0 : memory().pages() * Memory.PAGE_SIZE;
    }

    @Override
    public byte[] read(int address, int length) {
        return length == 0 ? new byte[0] : memory().readBytes(address, length);
    }

    @Override
    public void write(int address, byte[] bytes) {
        memory().write(address, bytes);
    }

    @Override
    public List<Long> globals() {
        return globals(instance);
    }

    /** The bits of each; Chicory extends 32 of them in this way or that. */
    static List<Long> globals(Instance instance) {
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < instance.globalCount(); i++) {
            GlobalInstance global = instance.global(i);
            boolean wide =
                    global.getType().equals(ValType.I64) || global.getType().equals(ValType.F64);
            values.add(wide ? global.getValue() : (int) global.getValue());
        }
        return values;
    }
}
