package io.trinity.api.world;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A world over calls of exports by their names. */
final class WorldProxy {
    private WorldProxy() {}

    static <W extends World> W of(Class<W> world, Exports exports) {
        return world.cast(
                Proxy.newProxyInstance(
                        world.getClassLoader(),
                        new Class<?>[] {world},
                        (proxy, method, arguments) ->
                                method.getDeclaringClass() == Object.class
                                        ? ofObject(world, proxy, method, arguments)
                                        : call(exports, method, arguments)));
    }

    private static @Nullable Object call(Exports exports, Method method, Object[] arguments) {
        Answer<@Nullable Object> answer =
                exports.call(
                        witName(method.getName()),
                        (CallOptions) arguments[0],
                        Arrays.copyOfRange(arguments, 1, arguments.length));
        if (method.getReturnType() == Answer.class) {
            return answer;
        }
        return answer instanceof Answer.Value<@Nullable Object> v ? v.value() : null;
    }

    /** {@code unitPrice} is {@code unit-price}; most names are one word. */
    private static String witName(String method) {
        for (int i = 0; i < method.length(); i++) {
            if (Character.isUpperCase(method.charAt(i))) {
                return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            }
        }
        return method;
    }

    private static Object ofObject(
            Class<?> world, Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> world.getSimpleName();
        };
    }
}
