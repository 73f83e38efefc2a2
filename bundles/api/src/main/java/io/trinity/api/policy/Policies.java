package io.trinity.api.policy;

import org.osgi.annotation.versioning.ProviderType;

/** The policy in effect, read anew at every change of configuration. Thread-safe. */
@FunctionalInterface
@ProviderType
public interface Policies {
    /** The policy as of now. */
    Policy current();
}
