package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.sandbox.MemoryLedger.Reserved;
import java.util.Optional;
import java.util.Set;

/**
 * The quota of one guest: its generation's, which remembers whether the total of all plugins
 * refused the guest something in the call that runs. What comes of that is not the plugin's fault.
 * Thread-safe.
 */
final class GuestMemory implements MemoryQuota {
    /** What becomes of a guest that was refused memory and did not reckon with it. */
    private static final Set<ErrorCode> CONSEQUENCES =
            Set.of(ErrorCode.GUEST_TRAP, ErrorCode.GUEST_ABI);

    private static final String MEANWHILE = "all plugins together held what they may";

    private final MemoryLedger generation;
    private volatile Optional<String> refusal = Optional.empty();

    GuestMemory(MemoryLedger generation) {
        this.generation = generation;
    }

    /** A call begins. */
    void begin() {
        if (refusal.isPresent()) {
            refusal = Optional.empty();
        }
    }

    @Override
    public boolean tryReserve(long bytes, long heapBytes) {
        Reserved reserved = generation.reserve(bytes, heapBytes);
        if (reserved == Reserved.TOTAL) {
            refusal = generation.totalRefusing(heapBytes).or(() -> Optional.of(MEANWHILE));
        }
        return reserved == Reserved.TAKEN;
    }

    @Override
    public void release(long bytes, long heapBytes) {
        generation.release(bytes, heapBytes);
    }

    @Override
    public long limitBytes() {
        return generation.limitBytes();
    }

    @Override
    public Optional<String> totalRefusing(long heapBytes) {
        return generation.totalRefusing(heapBytes);
    }

    /** What the whole generation holds. */
    long heldBytes() {
        return generation.heldBytes();
    }

    /** The same failure, or what it is where the guest was refused memory by the total. */
    PluginException blame(PluginException e) {
        Optional<String> total = refusal;
        if (total.isEmpty() || !CONSEQUENCES.contains(e.code())) {
            return e;
        }
        return PluginException.of(
                ErrorCode.LIMIT_TOTAL_MEMORY,
                e.plugin(),
                "it was refused memory, since %s; then: %s".formatted(total.get(), e.detail()),
                remedyOfTotal(),
                e);
    }

    /**
     * A reservation was refused.
     *
     * @param what half a sentence: what needs how many bytes
     * @param heapBytes that were wanted
     * @param ownRemedy where it is the plugin's own limit
     */
    static PluginException refused(
            PluginRef who, MemoryQuota quota, String what, long heapBytes, String ownRemedy) {
        Optional<String> total = quota.totalRefusing(heapBytes);
        return total.isPresent()
                ? PluginException.of(
                        ErrorCode.LIMIT_TOTAL_MEMORY,
                        who,
                        what + ", and there is no room: " + total.get(),
                        remedyOfTotal())
                : PluginException.of(
                        ErrorCode.LIMIT_MEMORY,
                        who,
                        "%s, and there is no room within %s bytes"
                                .formatted(what, quota.limitBytes()),
                        ownRemedy);
    }

    private static String remedyOfTotal() {
        return "unload a plugin, or raise totalMemoryBytes in " + Places.of("io.trinity.limits");
    }
}
