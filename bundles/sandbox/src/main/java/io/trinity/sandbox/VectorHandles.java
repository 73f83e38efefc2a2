package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.stream.Vector;
import io.trinity.canonical.abi.Handles;
import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The hypervectors that one guest holds, by handle. Each counts towards the plugin's memory.
 * Handles are never used twice, so that one that was released stays invalid. Confined like {@link
 * GuestState}.
 *
 * <p>Those among the arguments of an export are lent, those in its result are taken over. Source:
 * {@code plugin.wit}, type vector.
 */
final class VectorHandles implements Handles {
    /** Host memory of one entry besides the vector: map entry, key, object headers. */
    private static final int ENTRY_BYTES = 128;

    private final PluginRef plugin;
    private final VectorSpace space;
    private final MemoryQuota quota;
    private final Map<Long, Hypervector> held = new HashMap<>();
    private final BooleanSupplier granted;
    private final Set<Long> lent = new HashSet<>();
    private long last;

    VectorHandles(PluginRef plugin, VectorSpace space, MemoryQuota quota) {
        this(plugin, space, quota, () -> true);
    }

    /**
     * @param granted whether the plugin may use vectors: else it is lent none
     */
    VectorHandles(PluginRef plugin, VectorSpace space, MemoryQuota quota, BooleanSupplier granted) {
        this.granted = granted;
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
     * @throws PluginException LIMIT_MEMORY, LIMIT_TOTAL_MEMORY
     */
    long hold(Hypervector v) {
        long bytes = v.bytes() + ENTRY_BYTES;
        if (last == 0xffff_ffffL || !quota.tryReserve(bytes)) {
            throw GuestMemory.refused(
                    plugin,
                    quota,
                    "it holds %s hypervectors of %s bytes and wants one more"
                            .formatted(held.size(), v.bytes()),
                    bytes,
                    "release vectors, or raise memoryBytes in " + Places.ofPlugin(plugin.name()));
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

    /**
     * Lends a vector for the time of a call.
     *
     * @return its handle, or 0 for a plugin that may not use vectors
     * @throws PluginException LIMIT_MEMORY, LIMIT_TOTAL_MEMORY
     */
    long lend(Vector v) {
        if (!granted.getAsBoolean()) {
            return 0;
        }
        long handle = hold(space.of(v.trits()));
        lent.add(handle);
        return handle;
    }

    @Override
    public long lower(Object vector) {
        return lend((Vector) vector);
    }

    @Override
    public Object lift(long handle) {
        return take(handle);
    }

    /** The call is over: what was lent is gone. */
    void endLoans() {
        for (long handle : lent) {
            Hypervector v = held.remove(handle);
            if (v != null) {
                quota.release(v.bytes() + ENTRY_BYTES);
            }
        }
        lent.clear();
    }

    /**
     * Takes over a vector that the guest gives away.
     *
     * @throws PluginException GUEST_TRAP if it does not hold it, or holds it on loan
     */
    Vector take(long handle) {
        refuseLent(handle);
        Vector v = new Vector(get(handle).toTrits());
        release(handle);
        return v;
    }

    private void refuseLent(long handle) {
        if (lent.contains(handle)) {
            throw PluginException.of(
                    ErrorCode.GUEST_TRAP,
                    plugin,
                    "it released or gave away hypervector " + handle + ", which is lent to it",
                    "take a vsa.copy of it");
        }
    }

    void release(long handle) {
        refuseLent(handle);
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
        lent.clear();
        held.values().forEach(v -> quota.release(v.bytes() + ENTRY_BYTES));
        held.clear();
    }
}
