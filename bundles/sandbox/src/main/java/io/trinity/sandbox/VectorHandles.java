package io.trinity.sandbox;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import java.util.HashMap;
import java.util.Map;

/**
 * The hypervectors that one guest holds, by handle. Each counts towards the plugin's memory.
 * Handles are never used twice, so that one that was released stays invalid. Confined like {@link
 * GuestState}.
 */
final class VectorHandles {
    /** Host memory of one entry besides the vector: map entry, key, object headers. */
    private static final int ENTRY_BYTES = 128;

    private final PluginRef plugin;
    private final VectorSpace space;
    private final MemoryQuota quota;
    private final Map<Long, Hypervector> held = new HashMap<>();
    private long last;

    VectorHandles(PluginRef plugin, VectorSpace space, MemoryQuota quota) {
        this.plugin = plugin;
        this.space = space;
        this.quota = quota;
    }

    VectorSpace space() {
        return space;
    }

    /**
     * A new handle for a vector.
     *
     * @throws PluginException LIMIT_MEMORY
     */
    long hold(Hypervector v) {
        if (last == 0xffff_ffffL || !quota.tryReserve(v.bytes() + ENTRY_BYTES)) {
            throw PluginException.of(
                    ErrorCode.LIMIT_MEMORY,
                    plugin,
                    "it holds %d hypervectors of %d bytes and has no room for one more within %d bytes"
                            .formatted(held.size(), v.bytes(), quota.limitBytes()),
                    "release vectors, or raise memoryBytes in conf/io.trinity.plugin-"
                            + plugin.name()
                            + ".cfg");
        }
        held.put(++last, v);
        return last;
    }

    /**
     * The vector of a handle.
     *
     * @throws PluginException GUEST_TRAP if the guest does not hold it
     */
    Hypervector get(long handle) {
        Hypervector v = held.get(handle);
        if (v == null) {
            throw notHeld(handle);
        }
        return v;
    }

    void release(long handle) {
        Hypervector v = held.remove(handle);
        if (v == null) {
            throw notHeld(handle);
        }
        quota.release(v.bytes() + ENTRY_BYTES);
    }

    private PluginException notHeld(long handle) {
        return PluginException.of(
                ErrorCode.GUEST_TRAP,
                plugin,
                "it used hypervector " + handle + ", which it does not hold",
                "use only vectors that were given to it and not released");
    }

    /** Gives everything back. */
    void close() {
        held.values().forEach(v -> quota.release(v.bytes() + ENTRY_BYTES));
        held.clear();
    }
}
