package io.trinity.sandbox;

import static java.util.Objects.requireNonNull;

import io.trinity.api.contract.Contract;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.host.Streams;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
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
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** World in Java by label of the type. */
    private final SortedMap<String, Class<? extends World>> types = new TreeMap<>();

    private final Map<String, String> refused = new HashMap<>();

    private ContractCodecs(WitPackage wit) {
        this.wit = wit;
        ExtensionType.CONTRACT.forEach(t -> types.put(t.label(), java(t.world())));
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
        return bind(wit, java(wit.name()));
    }

    private static Class<? extends World> java(String world) {
        return JavaInterface.named(
                "world " + world,
                Names.type(world) + World.class.getSimpleName(),
                World.class,
                World.class);
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
        ExtensionType type = new ExtensionType(present(brought.type(), "type()"));
        if (types.containsKey(type.label())) {
            throw new IllegalArgumentException(
                    "there is a type of that name already, world "
                            + types.get(type.label()).getName());
        }
        if (worlds.containsKey(type.world()) || wit.findInterface(type.world()).isPresent()) {
            throw new IllegalArgumentException(
                    "plugin.wit has a world or an interface %s, which is no type"
                            .formatted(type.world()));
        }
        WitWorld world =
                WitPackage.parse(present(brought.wit(), "wit()"), List.of(Contract.wit()))
                        .findWorld(type.world())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "its WIT has no world " + type.world()));
        requireOwnExports(world);
        Class<? extends World> java = present(brought.world(), "world()");
        if (!java.isInterface() || !Modifier.isPublic(java.getModifiers())) {
            throw new IllegalArgumentException(java.getName() + " is no public interface");
        }
        ContractCodecs more = new ContractCodecs(this);
        more.worlds.put(type.world(), bind(world, java));
        more.types.put(type.label(), java);
        more.refused.remove(type.label());
        return more;
    }

    private static <T> T present(@Nullable T value, String of) {
        if (value == null) {
            throw new IllegalArgumentException(of + " returned null");
        }
        return value;
    }

    private void requireOwnExports(WitWorld world) {
        if (world.allExports().size() != world.exports().size()) {
            throw new IllegalArgumentException(
                    "world %s includes a world that exports; what any plugin may export needs no mention"
                            .formatted(world.name()));
        }
        if (world.exports().isEmpty()) {
            throw new IllegalArgumentException("world " + world.name() + " exports no function");
        }
        for (WitFunction f : world.exports()) {
            anyPluginsWorlds()
                    .filter(w -> world(w).containsKey(f.name()))
                    .findFirst()
                    .ifPresent(
                            w -> {
                                throw new IllegalArgumentException(
                                        "%s has the name of what world %s exports, which any plugin may have"
                                                .formatted(f.qualifiedName(), w));
                            });
        }
    }

    /** Worlds that a plugin may have whatever its type. */
    private Stream<String> anyPluginsWorlds() {
        return Stream.concat(
                Stream.of("checked", "stateful", "callable"),
                Arrays.stream(HookPoint.values()).map(HookPoint::world));
    }

    private ContractCodecs(ContractCodecs from) {
        this.wit = from.wit;
        imports.putAll(from.imports);
        worlds.putAll(from.worlds);
        types.putAll(from.types);
        refused.putAll(from.refused);
    }

    /** These, with the reason why a type that a bundle brings is not there. */
    ContractCodecs refusing(String label, String why) {
        ContractCodecs same = new ContractCodecs(this);
        same.refused.put(label, why);
        return same;
    }

    /** Why a type that a bundle brings is not there; empty where none brings it. */
    Optional<String> refused(String label) {
        return Optional.ofNullable(refused.get(label));
    }

    /** The types that there are, by label, with their worlds in Java. */
    SortedMap<String, Class<? extends World>> types() {
        return Collections.unmodifiableSortedMap(types);
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
