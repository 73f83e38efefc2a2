package io.trinity.engine.run;

import com.dylibso.chicory.wasm.WasmModule;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.plugin.PluginRef;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compiled code whose classes are linked.
 *
 * @param info without custom sections
 * @param functions exported functions by name
 */
record LoadedCode(
        PluginRef who,
        WasmModule module,
        ModuleInfo info,
        Map<String, Export> functions,
        EntryPoints entries)
        implements GuestCode {

    /**
     * An exported function.
     *
     * @param handle {@code long (long[], LinearMemory, Instance)}
     */
    record Export(FunctionSignature signature, MethodHandle handle) {}

    @Override
    public Guest instantiate(
            List<HostImport> imports,
            MemoryQuota quota,
            CallBudget budget,
            Consumer<? super Guest> begun) {
        return new Instantiation(this, quota).run(imports, budget, begun);
    }
}
