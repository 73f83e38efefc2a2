package io.trinity.sandbox;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Interfaces of the contract that others serve, as they come and go. Thread-safe. */
final class HostInterfaces {
    private final Map<String, HostInterface> byName = new ConcurrentHashMap<>();

    void add(String name, HostInterface interfaceName) {
        byName.put(name, interfaceName);
    }

    void remove(String name, HostInterface interfaceName) {
        byName.remove(name, interfaceName);
    }

    /**
     * A function that asks, at each call, who serves the interface then.
     *
     * @param generation number of the generation that it is for
     */
    HostFunction function(long generation, String interfaceName, String function) {
        return (guest, arguments) -> {
            HostInterface there = byName.get(interfaceName);
            if (there == null) {
                throw new HostFailure(
                        HostFailure.Reason.UNAVAILABLE,
                        "nobody serves interface " + interfaceName + " here");
            }
            return there.call(
                    new HostInterface.HostCall(
                            guest.plugin(),
                            generation,
                            guest.deadlineNanos(),
                            Optional.of(guest.budgetOwner()),
                            guest.memory(),
                            guest.counters(),
                            guest::isCancelled),
                    function,
                    arguments);
        };
    }
}
