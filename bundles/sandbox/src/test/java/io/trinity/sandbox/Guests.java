package io.trinity.sandbox;

import io.trinity.api.policy.Limits;
import io.trinity.vsa.VectorSpace;
import java.util.Optional;

/** What the host keeps for a guest, as tests want it. */
final class Guests {
    static final int DIMENSION = 100;
    private static final VectorSpace SPACE = new VectorSpace(DIMENSION);

    private Guests() {}

    static GuestState state() {
        return state(new MemoryLedger(() -> 1 << 20, Totals.plenty()), Limits.DEFAULT);
    }

    /** Within a call that has a minute. */
    static GuestState state(MemoryLedger ledger, Limits limits) {
        GuestMemory quota = new GuestMemory(ledger);
        GuestState state =
                new GuestState(
                        FakeGuest.WHO,
                        new VectorHandles(FakeGuest.WHO, SPACE, quota),
                        quota,
                        Optional.of("cabi_realloc"),
                        new UsageLedger(),
                        System::nanoTime);
        begin(state, limits);
        return state;
    }

    static void begin(GuestState state, Limits limits) {
        state.begin(
                limits,
                limits.cpuMillis() * 1_000_000L,
                limits.fuel(),
                System.nanoTime() + 60_000_000_000L);
    }

    static Limits limits(int hostCalls, int queue) {
        return new Limits(1 << 20, 100, 1000, 0, 64 << 10, 4, 16, 8, hostCalls, queue, 1000, 100);
    }
}
