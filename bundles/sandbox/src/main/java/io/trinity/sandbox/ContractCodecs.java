package io.trinity.sandbox;

import static java.util.Objects.requireNonNull;

import io.trinity.api.contract.Contract;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.host.Streams;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.world.ExtensionDefinition;
import io.trinity.api.world.World;
import io.trinity.canonical.abi.BindingException;
import io.trinity.canonical.abi.CoreSignature;
import io.trinity.canonical.abi.CoreType;
import io.trinity.canonical.abi.ExportCodec;
import io.trinity.canonical.abi.ImportCodec;
import io.trinity.canonical.abi.Names;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitInterface;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitType;
import io.trinity.canonical.abi.wit.WitWorld;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Codec of every function of the contract, derived from {@code plugin.wit} and from nothing else.
 * Pure, immutable.
 */
final class ContractCodecs {
    /**
     * An importable function.
     *
     * @param method that serves it
     */
    record Import(
            WitFunction function,
            ImportCodec codec,
            FunctionSignature signature,
            HostMethod method) {
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

    /** World by label of the type. */
    private final SortedMap<String, String> types = new TreeMap<>();

    private ContractCodecs(WitPackage wit) {
        this.wit = wit;
        ExtensionType.CONTRACT.forEach(t -> types.put(t.label(), t.world()));
        for (WitInterface interfaceName : wit.interfaces()) {
            if (!interfaceName.functions().isEmpty()) {
                imports.put(interfaceName.name(), bind(interfaceName));
            }
        }
        for (WitWorld world : wit.worlds()) {
            worlds.put(world.name(), world.exports().isEmpty() ? new HashMap<>() : bind(world));
        }
    }

    private static Map<String, Import> bind(WitInterface wit) {
        Class<? extends HostInterface> java =
                JavaInterface.named(
                        "interface " + wit.name(),
                        Names.type(wit.name()),
                        Streams.class,
                        HostInterface.class);
        Map<String, Method> methods = JavaInterface.methods(wit.name(), wit.functions(), java);
        Map<String, Import> functions = new HashMap<>();
        for (WitFunction f : wit.functions()) {
            HostMethod method =
                    new HostMethod(wit.name(), java, requireNonNull(methods.get(f.name())));
            ImportCodec codec = ImportCodec.of(f, method.javaFunction());
            functions.put(f.name(), new Import(f, codec, signature(codec.signature()), method));
        }
        return functions;
    }

    private static Map<String, Export> bind(WitWorld wit) {
        return bind(
                wit,
                JavaInterface.named(
                        "world " + wit.name(),
                        Names.type(wit.name()) + World.class.getSimpleName(),
                        World.class,
                        World.class));
    }

    private static Map<String, Export> bind(WitWorld wit, Class<? extends World> java) {
        Map<String, Method> methods = JavaInterface.methods(wit.name(), wit.exports(), java);
        Map<String, Export> functions = new HashMap<>();
        for (WitFunction f : wit.exports()) {
            ExportCodec codec =
                    ExportCodec.of(
                            f, WorldMethods.javaFunction(requireNonNull(methods.get(f.name()))));
            functions.put(f.name(), new Export(f, codec, signature(codec.signature())));
        }
        return functions;
    }

    /** The interfaces that can be imported, in Java. */
    Set<Class<? extends HostInterface>> hostInterfaces() {
        return imports.values().stream()
                .flatMap(f -> f.values().stream())
                .map(f -> f.method().type())
                .collect(Collectors.toSet());
    }

    /** Those of the contract in the api bundle. */
    static ContractCodecs load() {
        return of(Contract.wit());
    }

    /**
     * Those of a contract.
     *
     * @throws BindingException with the first difference between it and the Java interfaces
     */
    static ContractCodecs of(String wit) {
        return new ContractCodecs(WitPackage.parse(wit));
    }

    /** Functions of an interface that can be imported; empty for an interface that nobody knows. */
    Optional<Map<String, Import>> interfaceName(String name) {
        return Optional.ofNullable(imports.get(name));
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

    /**
     * These, and a type that a bundle brings.
     *
     * @throws IllegalArgumentException with the first thing that is wrong with it
     */
    ContractCodecs with(ExtensionDefinition brought) {
        ExtensionType type = new ExtensionType(brought.type());
        if (types.containsKey(type.label())) {
            throw new IllegalArgumentException("there is a type of that name already");
        }
        WitWorld world =
                WitPackage.parse(brought.wit(), List.of(Contract.wit()))
                        .findWorld(type.world())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "its WIT has no world " + type.world()));
        if (world.exports().isEmpty()) {
            throw new IllegalArgumentException("world " + type.world() + " exports no function");
        }
        for (WitFunction f : world.exports()) {
            if (worlds.values().stream().anyMatch(w -> w.containsKey(f.name()))) {
                throw new IllegalArgumentException(
                        f.qualifiedName()
                                + " has the name of a function that another world exports");
            }
        }
        ContractCodecs more = new ContractCodecs(this);
        more.types.put(type.label(), type.world());
        more.worlds.put(type.world(), bind(world, brought.world()));
        return more;
    }

    private ContractCodecs(ContractCodecs from) {
        this.wit = from.wit;
        imports.putAll(from.imports);
        worlds.putAll(from.worlds);
        types.putAll(from.types);
    }

    /** These without a type that a bundle brought. */
    ContractCodecs without(String label) {
        ContractCodecs fewer = new ContractCodecs(this);
        String world = fewer.types.remove(label);
        if (world != null) {
            fewer.worlds.remove(world);
        }
        return fewer;
    }

    /** Labels of the types that there are. */
    SortedSet<String> types() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(types.keySet()));
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
