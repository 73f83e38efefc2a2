package io.trinity.testkit.contract;

import static java.util.Objects.requireNonNull;

import io.trinity.api.contract.Contract;
import io.trinity.api.stream.Vector;
import io.trinity.api.world.World;
import io.trinity.canonical.abi.ExportCodec;
import io.trinity.canonical.abi.ImportCodec;
import io.trinity.canonical.abi.JavaFunction;
import io.trinity.canonical.abi.Names;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitWorld;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A function that a world exports, from both sides.
 *
 * @param host with the types of the world in Java
 * @param guest with those of WIT
 */
record WorldExport(ExportCodec host, ImportCodec guest) {
    private static final WitPackage WIT = WitPackage.parse(Contract.wit());

    /** By name, those of a world whose functions may all refuse. */
    static Map<String, WorldExport> all(String world) {
        WitWorld wit = WIT.findWorld(world).orElseThrow();
        Map<String, Method> methods =
                Arrays.stream(javaWorld(world).getDeclaredMethods())
                        .collect(Collectors.toMap(Method::getName, Function.identity()));
        return wit.exports().stream()
                .collect(
                        Collectors.toMap(
                                WitFunction::name,
                                f -> of(f, requireNonNull(methods.get(Names.member(f.name()))))));
    }

    private static WorldExport of(WitFunction function, Method method) {
        return new WorldExport(
                ExportCodec.of(function, javaFunction(method)), ImportCodec.of(function));
    }

    private static Class<?> javaWorld(String world) {
        try {
            return Class.forName(World.class.getPackageName() + "." + Names.type(world) + "World");
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(world, e);
        }
    }

    /** Without the options, and without the answer about the result. */
    private static JavaFunction javaFunction(Method method) {
        Type value =
                ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0];
        return new JavaFunction(
                Arrays.stream(method.getParameters())
                        .skip(1)
                        .map(p -> new JavaFunction.Parameter(p.getName(), p.getParameterizedType()))
                        .toList(),
                value == Void.class ? void.class : value,
                String.class,
                Set.of(Vector.class));
    }
}
