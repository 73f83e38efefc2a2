package io.trinity.engine.spec;

import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.GuestCode.HostImport;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.TestEngine;
import io.trinity.testkit.MapClassLoader;
import java.util.ArrayList;
import java.util.List;

/**
 * An instance of a script's module. The scripts call on after a trap, our guests do not: then a
 * fresh guest is made and what went well is done again.
 */
final class SpecInstance {
    private static final PluginRef WHO = PluginRef.named("spec");
    private static final CallBudget BUDGET =
            new CallBudget(30_000_000_000L, 1, Long.MAX_VALUE, 0, 256 << 10);
    private static final MemoryQuota QUOTA = new Unlimited();

    @SuppressWarnings("ArrayRecordComponent")
    private record Action(String function, long[] arguments) {}

    private final GuestCode code;
    private final List<Action> done = new ArrayList<>();
    private Guest guest;
    private boolean spoilt;

    SpecInstance(byte[] module) {
        CompiledModule compiled = TestEngine.ENGINE.compile(WHO, module);
        code =
                TestEngine.ENGINE.load(
                        WHO, compiled.module(), new MapClassLoader(compiled.classes()));
        guest = code.instantiate(spectest(), QUOTA, BUDGET);
    }

    /** The signature of an exported function, or null. */
    FunctionSignature signature(String function) {
        return code.exports().get(function);
    }

    long call(String function, long[] arguments) {
        if (spoilt) {
            guest = code.instantiate(spectest(), QUOTA, BUDGET);
            done.forEach(
                    a -> guest.run(BUDGET, () -> guest.function(a.function).call(a.arguments)));
            spoilt = false;
        }
        try {
            long result = guest.run(BUDGET, () -> guest.function(function).call(arguments));
            done.add(new Action(function, arguments));
            return result;
        } catch (PluginException e) {
            spoilt = true;
            throw e;
        }
    }

    private static List<HostImport> spectest() {
        List<HostImport> imports = new ArrayList<>();
        print(imports, "print");
        print(imports, "print_i32", ValueType.I32);
        print(imports, "print_i64", ValueType.I64);
        print(imports, "print_f32", ValueType.F32);
        print(imports, "print_f64", ValueType.F64);
        print(imports, "print_i32_f32", ValueType.I32, ValueType.F32);
        print(imports, "print_f64_f64", ValueType.F64, ValueType.F64);
        return imports;
    }

    private static void print(List<HostImport> imports, String name, ValueType... types) {
        FunctionSignature signature = new FunctionSignature(List.of(types), List.of());
        imports.add(new HostImport("spectest", name, signature, (g, a) -> 0));
    }

    private static final class Unlimited implements MemoryQuota {
        @Override
        public boolean tryReserve(long bytes, long heapBytes) {
            return bytes < 256 << 20;
        }

        @Override
        public void release(long bytes, long heapBytes) {}

        @Override
        public long limitBytes() {
            return Long.MAX_VALUE;
        }
    }
}
