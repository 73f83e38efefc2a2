package io.trinity.sandbox;

import io.trinity.api.host.Vsa;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.vsa.Hypervector;
import io.trinity.vsa.VectorSpace;
import io.trinity.vsa.Weighted;
import java.util.List;

/** Interface {@code vsa}: the hypervectors of one guest, behind handles. Confined like it. */
final class GuestVsa implements Vsa {
    /** Of one bundle's digit in one word; measured: 3 to 8. */
    private static final long NANOS_PER_DIGIT = 3;

    private final GuestState guest;

    GuestVsa(GuestState guest) {
        this.guest = guest;
    }

    private VectorSpace space() {
        return guest.vectors().space();
    }

    private Hypervector vector(long handle) {
        return guest.vectors().get(handle);
    }

    private long hold(Hypervector vector) {
        return guest.vectors().hold(vector);
    }

    @Override
    public long dimension(HostCall call) {
        return space().dimension();
    }

    @Override
    public long random(HostCall call, long seed) {
        return hold(space().random(seed));
    }

    @Override
    public long load(HostCall call, byte[] trits) throws HostFailure {
        int dimension = space().dimension();
        if (trits.length != dimension) {
            throw new HostFailure(
                    HostFailure.Reason.INVALID,
                    "a vector has " + dimension + " elements, not " + trits.length);
        }
        for (int i = 0; i < trits.length; i++) {
            if (trits[i] < -1 || trits[i] > 1) {
                throw new HostFailure(
                        HostFailure.Reason.INVALID,
                        "element " + i + " is " + trits[i] + ", not -1, 0 or 1");
            }
        }
        return hold(space().of(trits));
    }

    @Override
    public byte[] read(HostCall call, long v) {
        return vector(v).toTrits();
    }

    @Override
    public long copy(HostCall call, long v) {
        return hold(vector(v));
    }

    @Override
    public void release(HostCall call, long v) {
        guest.vectors().release(v);
    }

    @Override
    public long bind(HostCall call, long a, long b) {
        return hold(space().bind(vector(a), vector(b)));
    }

    @Override
    public long unbind(HostCall call, long bound, long key) {
        return hold(space().unbind(vector(bound), vector(key)));
    }

    @Override
    public long bundle(HostCall call, List<WeightedVector> parts) {
        List<Weighted> vectors =
                parts.stream().map(p -> new Weighted(vector(p.vector()), p.weight())).toList();
        guest.spend("vsa.bundle", bundleNanos(space().dimension(), vectors));
        return hold(space().bundle(vectors));
    }

    /**
     * CPU time of a bundle, from below: its cost is elements x parts, and grows with the weights'
     * digits. Without it one call could name a handle 600,000 times and keep a core for a minute.
     */
    static long bundleNanos(int dimension, List<Weighted> parts) {
        long words = (dimension + Long.SIZE - 1) / Long.SIZE;
        long digits = 0;
        for (Weighted part : parts) {
            long weight = Math.abs((long) part.weight());
            digits += 1 + Long.SIZE - Long.numberOfLeadingZeros(weight);
        }
        return words * digits * NANOS_PER_DIGIT;
    }

    @Override
    public long permute(HostCall call, long v, int shift) {
        return hold(space().permute(vector(v), shift));
    }

    @Override
    public double similarity(HostCall call, long a, long b) {
        return space().similarity(vector(a), vector(b));
    }
}
