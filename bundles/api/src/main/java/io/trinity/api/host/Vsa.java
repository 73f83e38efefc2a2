package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Interface {@code vsa}: hypervectors. A vector is the handle by which the guest knows it, 1 to
 * 4,294,967,295.
 */
@ConsumerType
public interface Vsa extends HostInterface {
    /**
     * {@code tuple<vector, s32>}.
     *
     * @param vector handle
     */
    record WeightedVector(long vector, int weight) {}

    /** Number of elements of all vectors. */
    long dimension(HostCall call);

    /** The bipolar vector of a seed. */
    long random(HostCall call, long seed);

    /**
     * A vector from its elements, -1, 0 or +1.
     *
     * @throws HostFailure INVALID for other elements, or another number of them
     */
    long load(HostCall call, byte[] trits) throws HostFailure;

    /** The elements, -1, 0 or +1. */
    byte[] read(HostCall call, long v);

    /** Another handle for the same elements. */
    long copy(HostCall call, long v);

    /** The vector is gone. */
    void release(HostCall call, long v);

    /** Element-wise product. */
    long bind(HostCall call, long a, long b);

    /** Takes {@code key} out of {@code bound}. */
    long unbind(HostCall call, long bound, long key);

    /** Sign of the weighted sum. */
    long bundle(HostCall call, List<WeightedVector> parts);

    /** Rotated by {@code shift} elements. */
    long permute(HostCall call, long v, int shift);

    /** Cosine, -1 to 1; 0 when either has no element other than zero. */
    double similarity(HostCall call, long a, long b);
}
