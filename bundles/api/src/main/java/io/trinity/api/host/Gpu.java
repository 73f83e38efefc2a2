package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code gpu}: kernels on an accelerator. A vector is a handle, as in {@link Vsa}. */
@ConsumerType
public interface Gpu extends HostInterface {
    /** Names of the accelerators; none where there is none. */
    List<String> devices(HostCall call);

    /**
     * Row-major (rows x inner) by (inner x columns).
     *
     * @throws HostFailure INVALID, LIMIT, UNAVAILABLE
     */
    float[] multiply(HostCall call, float[] a, float[] b, long rows, long inner, long columns)
            throws HostFailure;

    /**
     * Cosine of {@code query} with each of the others, in their order.
     *
     * @throws HostFailure INVALID, LIMIT, UNAVAILABLE
     */
    double[] similarities(HostCall call, long query, List<Long> others) throws HostFailure;
}
