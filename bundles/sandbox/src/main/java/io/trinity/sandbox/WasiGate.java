package io.trinity.sandbox;

import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.canonical.abi.LinearMemory;
import io.trinity.wasi.WasiFunction;
import io.trinity.wasi.WasiGuest;

/**
 * The one way from a guest to a function of WASI: counted as all host calls are. Whether something
 * is granted is asked further on, by {@link GuestWasi}, where it is known what for.
 */
final class WasiGate extends CountedCall {
    private final WasiFunction served;
    private final WasiGuest wasi;

    WasiGate(WasiFunction served, WasiGuest wasi, GuestState state) {
        super("wasi." + served.label(), state);
        this.served = served;
        this.wasi = wasi;
    }

    /** As the engine links it. */
    GuestCode.HostImport asImport() {
        return new GuestCode.HostImport(
                WasiFunction.MODULE, served.label(), served.signature(), this);
    }

    @Override
    long serve(Guest guest, LinearMemory memory, long[] arguments) {
        long begin = System.nanoTime();
        try {
            return wasi.call(served, memory, arguments);
        } finally {
            state().countHostNanos(System.nanoTime() - begin);
        }
    }
}
