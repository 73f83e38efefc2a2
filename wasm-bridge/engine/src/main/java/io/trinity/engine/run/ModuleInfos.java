package io.trinity.engine.run;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.ModuleInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a parsed module is made of, in the words of the port. */
public final class ModuleInfos {
    private ModuleInfos() {}

    public static ModuleInfo of(WasmModule module, Map<String, byte[]> customSections) {
        Map<String, FunctionSignature> exports = new HashMap<>();
        boolean memoryExported = false;
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                exports.put(export.name(), Signatures.of(module, export.index()));
            }
            memoryExported |=
                    export.exportType() == ExternalType.MEMORY && export.name().equals("memory");
        }
        Optional<MemoryLimits> memory =
                module.memorySection()
                        .filter(s -> s.memoryCount() > 0)
                        .map(s -> s.getMemory(0).limits());
        return new ModuleInfo(
                Signatures.imports(module),
                exports,
                memoryExported,
                memory.map(MemoryLimits::initialPages).orElse(0),
                memory.map(MemoryLimits::maximumPages).orElse(MemoryLimits.MAX_PAGES),
                customSections);
    }
}
