package io.trinity.sandbox;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.stream.Vector;
import io.trinity.api.world.World;
import io.trinity.canonical.abi.BindingException;
import io.trinity.canonical.abi.JavaFunction;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Methods of a {@link World} as functions that a guest exports. Pure. */
final class WorldMethods {
    private WorldMethods() {}

    /**
     * The Java types that the values of an export have.
     *
     * @throws BindingException for a method that does not take its options first
     */
    static JavaFunction javaFunction(Method method) {
        if (method.getParameterCount() == 0 || method.getParameterTypes()[0] != CallOptions.class) {
            throw new BindingException(method + " does not take CallOptions first");
        }
        List<JavaFunction.Parameter> parameters =
                Arrays.stream(method.getParameters())
                        .skip(1)
                        .map(p -> new JavaFunction.Parameter(p.getName(), p.getParameterizedType()))
                        .toList();
        Type result = method.getGenericReturnType();
        boolean canRefuse = result instanceof ParameterizedType p && p.getRawType() == Answer.class;
        if (canRefuse) {
            result = ((ParameterizedType) result).getActualTypeArguments()[0];
        }
        return new JavaFunction(
                parameters,
                result == Void.class ? void.class : result,
                canRefuse ? String.class : void.class,
                Set.of(Vector.class));
    }
}
