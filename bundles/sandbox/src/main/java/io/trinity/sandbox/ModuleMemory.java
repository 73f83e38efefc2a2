package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.ModuleSize;
import io.trinity.api.plugin.ErrorCode;
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

    /**
     * Takes room for a module that is about to be parsed.
     *
     * @throws PluginException LIMIT_MEMORY
     */
    static ModuleMemory reserve(
            PluginRef who, MemoryLedger ledger, ModuleSize size, int instances) {
        ModuleMemory memory = new ModuleMemory(ledger);
        long guests = size.ofGuest() * instances;
        long most = size.parsed() + guests;
        if (!memory.tryTake(most)) {
            throw PluginException.of(
                    ErrorCode.LIMIT_MEMORY,
                    who,
                    "its module takes %s bytes of the host's memory while it is loaded (names, types, segments), and there is no room for them within %s bytes"
                                    .formatted(most, ledger.limitBytes())
                            + ledger.totalRefusing(most).map(t -> ": " + t).orElse(""),
                    "make the module smaller, or raise "
                            + (ledger.totalRefusing(most).isPresent()
                                    ? "totalMemoryBytes in " + Places.of("io.trinity.limits")
                                    : "memoryBytes in " + Places.ofPlugin(who.name())));
        }
        return memory;
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

    /** Gives everything back. Idempotent. */
    @Override
    public void close() {
        ledger.release(own, heap);
        own = 0;
        heap = 0;
    }
}
