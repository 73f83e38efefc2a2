package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The Java types that a function of WIT is bound to. Records, enums and cases of variants are bound
 * by their names, parameters too; see the table of the package.
 *
 * @param parameters in order
 * @param result of the function, or of its ok case where that is a {@code result}; {@code void} for
 *     none
 * @param error of the error case of a {@code result}; {@code void} for none
 * @param handles classes that stand for a handle, a {@code u32}
 */
public record JavaFunction(
        List<Parameter> parameters, Type result, Type error, Set<Class<?>> handles) {
    /** Bound to no Java types: values are as the package's table says for these. */
    static final JavaFunction ANY =
            new JavaFunction(List.of(), Object.class, Object.class, Set.of());

    public JavaFunction {
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(error, "error");
        handles = Set.copyOf(handles);
    }

    /**
     * A parameter.
     *
     * @param name in Java
     */
    public record Parameter(String name, Type type) {
        public Parameter {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }
    }

    /** The Java types of the parameters of a function. */
    List<JavaType> parametersOf(WitFunction function) {
        List<WitFunction.Parameter> wit = function.parameters();
        if (this == ANY) {
            return Collections.nCopies(wit.size(), JavaType.ANY);
        }
        List<JavaType> types = new ArrayList<>();
        for (int i = 0; i < Math.max(wit.size(), parameters.size()); i++) {
            String expected = i < wit.size() ? Names.member(wit.get(i).name()) : "";
            String found = i < parameters.size() ? parameters.get(i).name() : "";
            if (!expected.equals(found)) {
                throw new BindingException(
                        "%s: parameter %s is %s in WIT, and %s in Java%s"
                                .formatted(
                                        function.qualifiedName(),
                                        i + 1,
                                        expected.isEmpty() ? "none" : wit.get(i).name(),
                                        found.isEmpty() ? "none" : found,
                                        found.matches("arg[0-9]+")
                                                ? "; compile it with -parameters"
                                                : ""));
            }
            types.add(java(function, parameters.get(i).type(), found));
        }
        return types;
    }

    private JavaType java(WitFunction function, Type type, String what) {
        return new JavaType(type, handles, function.qualifiedName() + ": " + what);
    }

    /** The codec of the result; null for none. */
    @Nullable Codec resultOf(WitFunction function) {
        WitType type = function.result().orElse(null);
        if (this == ANY) {
            return type == null ? null : Codec.of(type, JavaType.ANY);
        }
        if (type instanceof WitType.ResultType r) {
            return SumCodec.ofResult(
                    r,
                    side(function, r.ok().isPresent(), result, "the result"),
                    side(function, r.error().isPresent(), error, "the error"));
        }
        if (error != void.class) {
            throw new BindingException(
                    "%s: it can fail in Java, and cannot in WIT"
                            .formatted(function.qualifiedName()));
        }
        JavaType java = side(function, type != null, result, "the result");
        return type == null ? null : Codec.of(type, java);
    }

    private JavaType side(WitFunction function, boolean present, Type type, String what) {
        if (present == (type == void.class)) {
            throw new BindingException(
                    "%s: %s is %s in WIT, and %s in Java"
                            .formatted(
                                    function.qualifiedName(),
                                    what,
                                    present ? "a value" : "none",
                                    type.getTypeName()));
        }
        return present ? java(function, type, what) : JavaType.ANY;
    }
}
