package io.trinity.sandbox;

import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.ModuleInfo.FunctionImport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a module is made of, as tests want it. It begins with a memory and an allocator. */
final class ModuleOf {
    static final ContractCodecs CONTRACT = ContractCodecs.load();

    private final List<FunctionImport> imports = new ArrayList<>();
    private final Map<String, FunctionSignature> exports = new HashMap<>();
    private boolean memory = true;
    private int pages = 1;

    ModuleOf() {
        exports.put("cabi_realloc", i32(4, 1));
    }

    /** So many i32 in and out. */
    static FunctionSignature i32(int parameters, int results) {
        return new FunctionSignature(
                Collections.nCopies(parameters, ValueType.I32),
                Collections.nCopies(results, ValueType.I32));
    }

    static FunctionSignature signatureOf(String interfaceName, String function) {
        return importOf(interfaceName, function).signature();
    }

    static ContractCodecs.Import importOf(String interfaceName, String function) {
        ContractCodecs.Import found =
                CONTRACT.interfaceName(interfaceName).orElseThrow().get(function);
        if (found == null) {
            throw new IllegalArgumentException(interfaceName + "." + function);
        }
        return found;
    }

    ModuleOf imports(String interfaceName, String function) {
        return imports(
                "trinity:plugin/" + interfaceName + "@0.1.0",
                function,
                signatureOf(interfaceName, function));
    }

    ModuleOf imports(String module, String function, FunctionSignature signature) {
        imports.add(new FunctionImport(module, function, signature));
        return this;
    }

    ModuleOf exports(String name, FunctionSignature signature) {
        exports.put(name, signature);
        return this;
    }

    ModuleOf exportsAllOf(String world) {
        CONTRACT.world(world).forEach((name, export) -> exports.put(name, export.signature()));
        return this;
    }

    ModuleOf without(String export) {
        if (exports.remove(export) == null) {
            throw new IllegalArgumentException(export + " is not there");
        }
        return this;
    }

    ModuleOf withoutMemory() {
        memory = false;
        pages = 0;
        return this;
    }

    ModuleOf pages(int n) {
        pages = n;
        return this;
    }

    ModuleInfo get() {
        return new ModuleInfo(imports, exports, memory, pages, 65_536, Map.of());
    }
}
