package io.trinity.sandbox;

import io.trinity.api.sandbox.HostInterface;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A host interface as WASI has it: each of its methods leads through the gate that the guest's own
 * calls pass. Confined like {@link GuestState}.
 */
final class GatedInterface {
    private GatedInterface() {}

    /**
     * @param name of the interface, {@code file-changes}
     * @param functions the method behind its grant, by its name for people ({@code
     *     file-changes.write}); asked once for each
     */
    static <T extends HostInterface> T of(
            Class<T> type,
            String name,
            GuestState state,
            BiFunction<Method, String, HostFunction> functions) {
        Map<Method, Gate> found = new HashMap<>();
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            Gate gate =
                                    found.computeIfAbsent(method, m -> gate(name, m, functions));
                            // Counted too, beside the call of WASI that led here: one of those may
                            // need several.
                            state.countHostCall(gate.name());
                            return gate.function()
                                    .call(
                                            state,
                                            Arrays.copyOfRange(arguments, 1, arguments.length));
                        }));
    }

    private record Gate(String name, HostFunction function) {}

    private static Gate gate(
            String interfaceName,
            Method method,
            BiFunction<Method, String, HostFunction> functions) {
        String name = interfaceName + "." + witName(method.getName());
        return new Gate(name, functions.apply(method, name));
    }

    /** {@code makeDirectory} is {@code make-directory}. */
    private static String witName(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
