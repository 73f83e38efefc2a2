package io.trinity.sandbox;

import io.trinity.canonical.abi.BindingException;
import io.trinity.canonical.abi.Names;
import io.trinity.canonical.abi.wit.WitFunction;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An interface or world of WIT and the Java interface of its name, method by method. Pure. */
final class JavaInterface {
    private JavaInterface() {}

    /**
     * The Java interface of a name.
     *
     * @param what for messages, {@code interface gpu}
     * @param beside a type of the package where it is
     * @throws BindingException where there is none
     */
    static <T> Class<? extends T> named(
            String what, String simpleName, Class<?> beside, Class<T> kind) {
        String name = beside.getPackageName() + "." + simpleName;
        try {
            return Class.forName(name, false, beside.getClassLoader()).asSubclass(kind);
        } catch (ClassNotFoundException e) {
            throw new BindingException(
                    "WIT has the %s, and there is no class %s".formatted(what, name));
        }
    }

    /**
     * The method of each function, by the function's name.
     *
     * @param wit name of the interface or world
     * @throws BindingException where one has what the other has not
     */
    static Map<String, Method> methods(String wit, List<WitFunction> functions, Class<?> java) {
        Map<String, Method> left = new HashMap<>();
        for (Method m : java.getDeclaredMethods()) {
            left.put(m.getName(), m);
        }
        Map<String, Method> found = new HashMap<>();
        for (WitFunction f : functions) {
            Method method = left.remove(Names.member(f.name()));
            if (method == null) {
                throw new BindingException(
                        "WIT has %s, and %s has no method %s"
                                .formatted(
                                        f.qualifiedName(), java.getName(), Names.member(f.name())));
            }
            found.put(f.name(), method);
        }
        if (!left.isEmpty()) {
            throw new BindingException(
                    "%s has the method %s, and WIT has no such function in %s"
                            .formatted(java.getName(), left.keySet().iterator().next(), wit));
        }
        return found;
    }
}
