package io.trinity.engine;

import com.dylibso.chicory.wasm.WasmModule;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.admit.Admitted;
import io.trinity.engine.admit.ModuleScan;
import io.trinity.engine.admit.Refused;
import io.trinity.engine.compile.ModuleCompiler;
import io.trinity.engine.compile.Parsed;
import io.trinity.engine.run.CodeLoader;
import io.trinity.engine.run.ModuleInfos;

/** The engine without OSGi. */
final class ChicoryEngine implements Engine {
    /**
     * Raise it with every change of the bytes that are compiled from the same module. Stands in
     * bnd.bnd too.
     */
    static final String BUILD = "chicory-1.7.5+meter-2";

    private final ModuleCompiler compiler = new ModuleCompiler(BUILD);

    @Override
    public String build() {
        return BUILD;
    }

    @Override
    public ModuleInfo inspect(PluginRef who, byte[] module) {
        try {
            Admitted admitted = ModuleScan.scan(module);
            return ModuleInfos.of(parse(module, admitted), admitted.customSections());
        } catch (Refused e) {
            throw e.of(who);
        }
    }

    @Override
    public CompiledModule compile(PluginRef who, byte[] module) {
        try {
            Admitted admitted = ModuleScan.scan(module);
            WasmModule parsed = parse(module, admitted);
            ModuleInfo info = ModuleInfos.of(parsed, admitted.customSections());
            return compiler.compile(info, module, admitted, parsed);
        } catch (Refused e) {
            throw e.of(who);
        }
    }

    @Override
    public GuestCode load(PluginRef who, StrippedModule code, ClassLoader classes) {
        return CodeLoader.load(who, BUILD, code, classes);
    }

    private static WasmModule parse(byte[] module, Admitted admitted) {
        return Parsed.of(ModuleCompiler.parseable(module, admitted));
    }
}
