package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.GuestCode.HostFunction;
import io.trinity.api.engine.GuestCode.HostImport;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.testkit.MapClassLoader;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What every contract of an engine needs: WAT in, guests out. */
@Timeout(120)
abstract class EngineFixture {
    static final PluginRef WHO = PluginRef.named("probe");
    static final CallBudget GENEROUS = budget(20_000, 0, 65_536);

    /** The engine under test. */
    abstract Engine engine();

    static byte[] wasm(String fields) {
        return Wat2Wasm.parse("(module " + fields + ")");
    }

    static CallBudget budget(long cpuMillis, long fuel, int stackBytes) {
        return new CallBudget(
                cpuMillis * 1_000_000, 60_000_000_000L, Long.MAX_VALUE, fuel, stackBytes);
    }

    GuestCode load(String fields) {
        return load(wasm(fields));
    }

    GuestCode load(byte[] module) {
        CompiledModule compiled = engine().compile(WHO, module);
        return engine().load(WHO, compiled.module(), new MapClassLoader(compiled.classes()));
    }

    Guest guest(String fields, HostImport... imports) {
        return guest(load(fields), imports);
    }

    static Guest guest(GuestCode code, HostImport... imports) {
        return code.instantiate(List.of(imports), Quota.pages(256), GENEROUS);
    }

    static long call(Guest guest, String function, long... arguments) {
        return call(guest, GENEROUS, function, arguments);
    }

    static long call(Guest guest, CallBudget budget, String function, long... arguments) {
        return guest.run(budget, () -> guest.function(function).call(arguments));
    }

    /** An import {@code env.name} of i32 parameters and one i32 result. */
    static HostImport host(String name, int parameters, HostFunction function) {
        List<ValueType> types = java.util.Collections.nCopies(parameters, ValueType.I32);
        return new HostImport(
                "env", name, new FunctionSignature(types, List.of(ValueType.I32)), function);
    }

    static PluginException refused(ErrorCode code, Executable work) {
        PluginException e = assertThrows(PluginException.class, work);
        assertEquals(code, e.code(), e.getMessage());
        assertEquals(WHO, e.plugin());
        return e;
    }
}
