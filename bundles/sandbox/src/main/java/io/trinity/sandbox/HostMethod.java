package io.trinity.sandbox;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.canonical.abi.BindingException;
import io.trinity.canonical.abi.JavaFunction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A method of a host interface, bound once. Immutable. */
final class HostMethod {
    private final String interfaceName;
    private final Class<? extends HostInterface> type;
    private final Method method;
    private final MethodHandle handle;

    /**
     * @param interfaceName in the contract, {@code file-changes}
     * @param type the interface in Java
     * @param method of it
     */
    HostMethod(String interfaceName, Class<? extends HostInterface> type, Method method) {
        this.interfaceName = interfaceName;
        this.type = type;
        this.method = method;
        if (method.getParameterCount() == 0 || method.getParameterTypes()[0] != HostCall.class) {
            throw new BindingException(method + " does not take a HostCall first");
        }
        try {
            handle =
                    MethodHandles.publicLookup()
                            .unreflect(method)
                            .asSpreader(Object[].class, method.getParameterCount() - 1)
                            .asType(
                                    MethodType.methodType(
                                            Object.class,
                                            HostInterface.class,
                                            HostCall.class,
                                            Object[].class));
        } catch (IllegalAccessException e) {
            throw new BindingException(method + " is not public");
        }
    }

    /** The Java types that its values have. */
    JavaFunction javaFunction() {
        List<JavaFunction.Parameter> parameters = new ArrayList<>();
        Arrays.stream(method.getParameters())
                .skip(1)
                .map(p -> new JavaFunction.Parameter(p.getName(), p.getParameterizedType()))
                .forEach(parameters::add);
        boolean canFail = Set.of(method.getExceptionTypes()).contains(HostFailure.class);
        Type error = canFail ? HostFailure.Reason.class : void.class;
        return new JavaFunction(parameters, method.getGenericReturnType(), error, Set.of());
    }

    /** Name of the interface in the contract. */
    String interfaceName() {
        return interfaceName;
    }

    /** The interface in Java. */
    Class<? extends HostInterface> type() {
        return type;
    }

    /**
     * Calls it.
     *
     * @param owner of its type
     * @param arguments of the types of {@link #javaFunction()}
     * @return null for none
     */
    @Nullable Object call(HostInterface owner, HostCall call, Object[] arguments)
            throws HostFailure {
        try {
            return (@Nullable Object) handle.invokeExact(owner, call, arguments);
        } catch (HostFailure | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(method + " throws what it does not declare", e);
        }
    }
}
