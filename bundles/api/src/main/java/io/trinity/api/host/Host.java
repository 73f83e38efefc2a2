package io.trinity.api.host;

import io.trinity.api.sandbox.HostInterface;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code host}: about the host itself. */
@ConsumerType
public interface Host extends HostInterface {
    /** Why the last host function of this call failed; empty if none failed. */
    String explain(HostCall call);
}
