package io.trinity.api.host;

import io.trinity.api.sandbox.HostInterface;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code config}: the plugin's own settings. */
@ConsumerType
public interface Config extends HostInterface {
    /** The value as of now; empty where it is not declared, or has no default and is not set. */
    Optional<String> get(HostCall call, String key);
}
