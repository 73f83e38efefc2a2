package io.trinity.engine;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.ModuleSize;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.admit.Admitted;
import io.trinity.engine.admit.ModuleScan;
import io.trinity.engine.admit.Refused;
import io.trinity.engine.compile.ModuleCompiler;
import io.trinity.engine.compile.Parsed;
import io.trinity.engine.run.CodeLoader;
import io.trinity.engine.run.ModuleInfos;
import java.util.SortedMap;
import java.util.function.Function;

/** The engine without OSGi: compiles in the process that asks. */
public final class ChicoryEngine implements Engine {
    private final ModuleCompiler compiler = new ModuleCompiler();

    @Override
    public String build() {
        return ModuleCompiler.BUILD;
    }

    @Override
    public ModuleInfo inspect(PluginRef who, byte[] module) {
        try {
            return outline(module, ModuleScan.scan(module));
        } catch (Refused e) {
            throw e.of(who);
        }
    }

    @Override
    public CompiledModule compile(PluginRef who, byte[] module) {
        return compile(who, module, compiler::classes);
    }

    /** What a module is made of, without a look at its functions' bodies. */
    private ModuleInfo outline(byte[] module, Admitted admitted) {
        return ModuleInfos.of(
                Parsed.of(compiler.outline(module, admitted)), admitted.customSections());
    }

    /**
     * Compiles with classes that may be made elsewhere.
     *
     * @param classes gives the classes of the module that it is handed
     */
    CompiledModule compile(
            PluginRef who, byte[] module, Function<byte[], SortedMap<String, byte[]>> classes) {
        try {
            Admitted admitted = ModuleScan.scan(module);
            ModuleInfo info = outline(module, admitted);
            return new CompiledModule(
                    info, compiler.stripped(module, admitted), classes.apply(module));
        } catch (Refused e) {
            throw e.of(who);
        }
    }

    @Override
    public ModuleSize size(PluginRef who, StrippedModule code) {
        try {
            return ModuleScan.scan(code.bytes()).size();
        } catch (Refused e) {
            throw e.of(who);
        }
    }

    @Override
    public GuestCode load(PluginRef who, StrippedModule code, ClassLoader classes) {
        return CodeLoader.load(who, ModuleCompiler.BUILD, code, classes);
    }
}
