package io.trinity.sandbox;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Interfaces of the contract that others serve, as they come and go. Thread-safe. */
final class HostInterfaces {
    private final List<Class<? extends HostInterface>> types;
    private final Map<Class<?>, HostInterface> owners = new ConcurrentHashMap<>();

    /**
     * @param types that there are
     */
    HostInterfaces(Collection<Class<? extends HostInterface>> types) {
        this.types = List.copyOf(types);
    }

    /**
     * An owner is there, of each interface that it implements.
     *
     * @return whether it implements any
     */
    boolean add(HostInterface owner) {
        List<Class<? extends HostInterface>> served =
                types.stream().filter(t -> t.isInstance(owner)).toList();
        served.forEach(t -> owners.put(t, owner));
        return !served.isEmpty();
    }

    void remove(HostInterface owner) {
        owners.values().removeIf(o -> o == owner);
    }

    /**
     * Who serves an interface now.
     *
     * @param interfaceName of it, for people
     * @throws HostFailure UNAVAILABLE where nobody does
     */
    <T extends HostInterface> T owner(Class<T> type, String interfaceName) throws HostFailure {
        HostInterface there = owners.get(type);
        if (there == null) {
            throw new HostFailure(
                    HostFailure.Reason.UNAVAILABLE,
                    "nobody serves interface " + interfaceName + " here");
        }
        return type.cast(there);
    }

    /**
     * A function that asks, at each call, who serves the interface then.
     *
     * @param generation number of the generation that it is for
     */
    HostFunction function(long generation, HostMethod method) {
        return (guest, arguments) ->
                method.call(
                        owner(method.type(), method.interfaceName()),
                        guest.hostCall(generation),
                        arguments);
    }
}
