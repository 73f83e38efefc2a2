package io.trinity.sandbox;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Interfaces of the contract that others serve, as they come and go. Thread-safe. */
final class HostInterfaces {
    private final Map<String, HostInterface> byName = new ConcurrentHashMap<>();

    void add(String name, HostInterface face) {
        byName.put(name, face);
    }

    void remove(String name, HostInterface face) {
        byName.remove(name, face);
    }

    /**
     * A function that asks, at each call, who serves the interface then.
     *
     * @param generation number of the generation that it is for
     */
    HostFunction function(long generation, String face, String function) {
        return (guest, arguments) -> {
            HostInterface there = byName.get(face);
            if (there == null) {
                throw new HostFailure(
                        HostFailure.Reason.UNAVAILABLE,
                        "nobody serves interface " + face + " here");
            }
            return there.call(
                    new HostInterface.HostCall(
                            guest.plugin(),
                            generation,
                            guest.deadlineNanos(),
                            Optional.of(guest.payer()),
                            guest.memory(),
                            guest.counters(),
                            guest::isCancelled),
                    function,
                    arguments);
        };
    }
}
