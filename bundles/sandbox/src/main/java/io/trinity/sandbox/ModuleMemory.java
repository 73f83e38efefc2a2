package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.ModuleSize;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;

/**
 * What a loaded module takes of the host's heap, reserved before it is parsed and until its
 * generation ends. Of it, {@link #FREE_BYTES} are every plugin's own affair and do not count
 * towards its limit, which is about memories; all of it counts towards the total. For one thread.
 */
final class ModuleMemory implements AutoCloseable {
    /** An ordinary module has no more. */
    static final long FREE_BYTES = 256 << 10;

    private final MemoryLedger ledger;
    private long own;
    private long heap;

    private ModuleMemory(MemoryLedger ledger) {
        this.ledger = ledger;
    }

    /** Of a generation that is about to be opened. */
    static ModuleMemory of(MemoryLedger ledger) {
        return new ModuleMemory(ledger);
    }

    /**
     * Takes room for a module that is about to be parsed.
     *
     * @throws PluginException LIMIT_MEMORY, LIMIT_TOTAL_MEMORY
     */
    void reserve(PluginRef who, ModuleSize size, int instances) {
        long guests = size.ofGuest() * instances;
        long most = size.parsed() + guests;
        if (!tryTake(most)) {
            throw GuestMemory.refused(
                    who,
                    ledger,
                    "its module takes %s bytes of the host's memory while it is loaded (names, types, segments)"
                            .formatted(most),
                    most,
                    "make the module smaller, or raise memoryBytes in "
                            + Places.ofPlugin(who.name()));
        }
    }

    /** It is parsed: what only that took is given back. */
    void parsed(ModuleSize size, int instances) {
        long kept = size.kept() + size.ofGuest() * instances;
        long less = Math.max(0, own - own(kept));
        ledger.release(less, heap - kept);
        own -= less;
        heap = kept;
    }

    private boolean tryTake(long bytes) {
        if (!ledger.tryReserve(own(bytes), bytes)) {
            return false;
        }
        own = own(bytes);
        heap = bytes;
        return true;
    }

    private static long own(long bytes) {
        return Math.max(0, bytes - FREE_BYTES);
    }

    /** The generation has ended: everything is given back. Idempotent. */
    @Override
    public void close() {
        ledger.release(own, heap);
        ledger.close();
        own = 0;
        heap = 0;
    }
}
