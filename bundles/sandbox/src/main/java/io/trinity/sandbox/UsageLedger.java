package io.trinity.sandbox;

import io.trinity.api.engine.Guest;
import io.trinity.api.sandbox.Usage;
import java.util.concurrent.atomic.LongAdder;

/** What the calls of one generation used up. Thread-safe. */
final class UsageLedger {
    private final LongAdder fuel = new LongAdder();
    private final LongAdder cpuNanos = new LongAdder();
    private final LongAdder hostNanos = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();

    /**
     * Takes in a call that has just ended, on its thread.
     *
     * @param wallNanos of the run
     * @param paid whether another plugin pays for fuel and CPU time, and has them in its ledger
     */
    void add(Guest guest, GuestState state, long wallNanos, boolean paid) {
        if (!paid) {
            fuel.add(guest.fuelUsed());
            long measured = guest.cpuNanos();
            // The clock's first reading is some way into the call, so that it can only fall short.
            cpuNanos.add(measured == 0 ? wallNanos : Math.min(measured, wallNanos));
        }
        hostNanos.add(state.hostNanos());
        bytesIn.add(state.bytesIn());
        bytesOut.add(state.bytesOut());
    }

    /** A guest was made, or was to be. */
    void initialised(long nanos) {
        cpuNanos.add(nanos);
    }

    Usage sum(long peakMemoryBytes) {
        return new Usage(
                fuel.sum(),
                cpuNanos.sum(),
                hostNanos.sum(),
                bytesIn.sum(),
                bytesOut.sum(),
                peakMemoryBytes);
    }
}
