package io.trinity.sandbox;

import io.trinity.api.contract.Contract;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.canonical.abi.CoreSignature;
import io.trinity.canonical.abi.CoreType;
import io.trinity.canonical.abi.ExportCodec;
import io.trinity.canonical.abi.ImportCodec;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitInterface;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitType;
import io.trinity.canonical.abi.wit.WitWorld;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Codec of every function of the contract, derived from {@code plugin.wit} and from nothing else.
 * Pure, immutable.
 */
final class ContractCodecs {
    /** An importable function. */
    record Import(WitFunction function, ImportCodec codec, FunctionSignature signature) {
        /** Whether it answers with a {@code failure} where something goes wrong outside. */
        boolean canFail() {
            return function.result().filter(WitType.ResultType.class::isInstance).isPresent();
        }
    }

    /** An exportable function. */
    record Export(WitFunction function, ExportCodec codec, FunctionSignature signature) {}

    private final WitPackage wit;
    private final Map<String, Map<String, Import>> imports = new HashMap<>();
    private final Map<String, Map<String, Export>> worlds = new HashMap<>();

    private ContractCodecs(WitPackage wit) {
        this.wit = wit;
        for (WitInterface interfaceName : wit.interfaces()) {
            Map<String, Import> functions = new HashMap<>();
            for (WitFunction f : interfaceName.functions()) {
                ImportCodec codec = ImportCodec.of(f);
                functions.put(f.name(), new Import(f, codec, signature(codec.signature())));
            }
            imports.put(interfaceName.name(), functions);
        }
        for (WitWorld world : wit.worlds()) {
            Map<String, Export> functions = new HashMap<>();
            for (WitFunction f : world.exports()) {
                ExportCodec codec = ExportCodec.of(f);
                functions.put(f.name(), new Export(f, codec, signature(codec.signature())));
            }
            worlds.put(world.name(), functions);
        }
    }

    /** Those of the contract in the api bundle. */
    static ContractCodecs load() {
        return new ContractCodecs(WitPackage.parse(Contract.wit()));
    }

    /** Functions of an interface that can be imported; empty for an interface that nobody knows. */
    Optional<Map<String, Import>> interfaceName(String name) {
        return Optional.ofNullable(imports.get(name)).filter(f -> !f.isEmpty());
    }

    /** Functions that a world itself exports. */
    Map<String, Export> world(String name) {
        Map<String, Export> w = worlds.get(name);
        if (w == null) {
            throw new IllegalStateException("plugin.wit has no world " + name);
        }
        return w;
    }

    /** All worlds of the contract. */
    List<String> worldNames() {
        return wit.worlds().stream().map(WitWorld::name).toList();
    }

    private static FunctionSignature signature(CoreSignature s) {
        return new FunctionSignature(
                s.params().stream().map(ContractCodecs::type).toList(),
                s.results().stream().map(ContractCodecs::type).toList());
    }

    private static ValueType type(CoreType type) {
        return switch (type) {
            case I32 -> ValueType.I32;
            case I64 -> ValueType.I64;
            case F32 -> ValueType.F32;
            case F64 -> ValueType.F64;
        };
    }
}
