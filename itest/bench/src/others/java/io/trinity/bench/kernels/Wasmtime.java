package io.trinity.bench.kernels;

import io.github.kawamuray.wasmtime.Engine;
import io.github.kawamuray.wasmtime.Extern;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.Linker;
import io.github.kawamuray.wasmtime.Module;
import io.github.kawamuray.wasmtime.Store;
import io.github.kawamuray.wasmtime.WasmFunctions;
import io.github.kawamuray.wasmtime.WasmValType;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.function.UnaryOperator;

/** wasmtime by its Java binding. Nothing is closed: the process is one fork. */
final class Wasmtime implements Machine {
    private static final String INSTANCE = "";

    private final Store<Void> store = Store.withoutData();
    private final Linker linker;

    Wasmtime(byte[] bytes) {
        Engine engine = store.engine();
        linker = new Linker(engine);
        Func next =
                WasmFunctions.wrap(store, WasmValType.I32, WasmValType.I32, x -> Machine.next(x));
        linker.define(store, "host", "next", Extern.fromFunc(next));
        linker.module(store, INSTANCE, new Module(engine, bytes));
    }

    private Extern export(String name) {
        return linker.get(store, INSTANCE, name).orElseThrow();
    }

    @Override
    public Machine.Export function(String export) {
        Func f = export(export).func();
        if (Machine.takesNothing(export)) {
            WasmFunctions.Consumer0 empty = WasmFunctions.consumer(store, f);
            return ignored -> {
                empty.accept();
                return 0;
            };
        }
        if (Set.of("fill").contains(export)) {
            WasmFunctions.Consumer1<Integer> fill = WasmFunctions.consumer(store, f, WasmValType.I32);
            return argument -> {
                fill.accept(argument);
                return 0;
            };
        }
        WasmFunctions.Function1<Integer, Integer> call =
                WasmFunctions.func(store, f, WasmValType.I32, WasmValType.I32);
        return call::call;
    }

    @Override
    public UnaryOperator<byte[]> trip() {
        Machine.Export xor = function("xor");
        ByteBuffer memory = export("memory").memory().buffer(store);
        return in -> {
            memory.put(Modules.TRIP_AT, in, 0, in.length);
            xor.call(in.length);
            byte[] out = new byte[in.length];
            memory.get(Modules.TRIP_AT, out, 0, out.length);
            return out;
        };
    }
}
