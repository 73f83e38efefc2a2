package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code plugins}: calls to the plugins that the manifest names as dependencies. */
@ConsumerType
public interface Plugins extends HostInterface {
    /**
     * Calls {@code answer} of another plugin, in the time that this call has left.
     *
     * @param argument at most 1 MiB
     * @return at most 1 MiB
     * @throws HostFailure DENIED (not declared), UNAVAILABLE (not active), TIMEOUT, LIMIT, INVALID,
     *     NOT_FOUND, FAILED (it answered with an error or trapped)
     */
    byte[] call(HostCall call, String plugin, String function, byte[] argument) throws HostFailure;
}
