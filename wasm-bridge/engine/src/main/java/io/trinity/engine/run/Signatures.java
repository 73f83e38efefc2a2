package io.trinity.engine.run;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.ModuleInfo;
import java.util.List;

/** Chicory's types in the words of the port. */
public final class Signatures {
    private Signatures() {}

    /** Imported functions in index order. */
    public static List<ModuleInfo.FunctionImport> imports(WasmModule module) {
        return module.importSection().stream()
                .map(FunctionImport.class::cast)
                .map(
                        i ->
                                new ModuleInfo.FunctionImport(
                                        i.module(),
                                        i.name(),
                                        of(module.typeSection().getType(i.typeIndex()))))
                .toList();
    }

    /** Signature of the function with that index. */
    public static FunctionSignature of(WasmModule module, int function) {
        int imported = module.importSection().importCount();
        int type =
                function < imported
                        ? ((FunctionImport) module.importSection().getImport(function)).typeIndex()
                        : module.functionSection().getFunctionType(function - imported);
        return of(module.typeSection().getType(type));
    }

    private static FunctionSignature of(FunctionType type) {
        return new FunctionSignature(of(type.params()), of(type.returns()));
    }

    private static List<ValueType> of(List<ValType> types) {
        return types.stream().map(Signatures::of).toList();
    }

    private static ValueType of(ValType type) {
        return switch (type.opcode()) {
            case ValType.ID.I32 -> ValueType.I32;
            case ValType.ID.I64 -> ValueType.I64;
            case ValType.ID.F32 -> ValueType.F32;
            case ValType.ID.F64 -> ValueType.F64;
            default -> ValueType.REF;
        };
    }
}
