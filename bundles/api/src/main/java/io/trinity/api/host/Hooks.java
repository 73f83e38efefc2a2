package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code hooks}: custom hooks. */
@ConsumerType
public interface Hooks extends HostInterface {
    /**
     * Fires the custom hook {@code name}: each listener gets what the one before it returned.
     *
     * @param payload at most 1 MiB
     * @return the last listener's; {@code payload} itself where nobody listens
     * @throws HostFailure LIMIT (depth 4; bytes), TIMEOUT, INVALID, UNAVAILABLE
     */
    byte[] fire(HostCall call, String name, byte[] payload) throws HostFailure;
}
