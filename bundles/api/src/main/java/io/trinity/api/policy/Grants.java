package io.trinity.api.policy;

import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the operator allows. A change applies to the next host call, survives a restart, and is
 * written where the configuration came from. Thread-safe.
 */
@ProviderType
public interface Grants {
    /**
     * Whether a plugin, in the version with that digest, may use a capability, and why.
     *
     * @param digest SHA-256 of its file, 64 hexadecimal digits
     */
    Verdict verdict(String plugin, String digest, Capability capability);

    /**
     * What a grant of a capability covers, whatever version asks; empty where it has no scope or
     * none is configured.
     */
    List<String> scope(String plugin, Capability capability);

    /**
     * Grants a capability: bound to the digest where the capability's risk and the policy ask for
     * it, to the name otherwise. Returns when it is in effect.
     *
     * @param scope directories, {@code host:port} and the like; empty leaves the scope as it is
     * @throws PluginException CONFIG_INVALID for a scope that the capability does not take;
     *     STORE_FAILED when it cannot be written
     */
    Verdict grant(String plugin, String digest, Capability capability, List<String> scope);

    /**
     * Takes a grant back, for all digests. Returns when it is in effect. A capability of low risk
     * that is granted on declaration is denied by name from then on.
     *
     * @throws PluginException STORE_FAILED when it cannot be written
     */
    Verdict revoke(String plugin, String digest, Capability capability);

    /**
     * What in the configuration of a plugin does not hold now: grants, denials, scopes, limits and
     * settings, each with its file.
     */
    default List<String> problems(String plugin) {
        return List.of();
    }

    /**
     * An answer.
     *
     * @param because in one sentence: by which line it is granted or denied
     * @param grantLine the line of configuration that would grant it, with its file
     * @param scope what the grant covers; empty where it has no scope or none is configured
     */
    record Verdict(
            Capability capability,
            boolean granted,
            String because,
            String grantLine,
            List<String> scope) {
        public Verdict {
            scope = List.copyOf(scope);
        }
    }
}
