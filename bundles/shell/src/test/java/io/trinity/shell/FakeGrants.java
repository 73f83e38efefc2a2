package io.trinity.shell;

import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Grants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Grants in memory. A scope of {@code /wrong} is refused; {@code gpu_compute} stays denied. */
final class FakeGrants implements Grants {
    final Map<Capability, List<String>> granted = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();

    @Override
    public List<String> problems(String plugin) {
        return List.copyOf(wrong);
    }

    @Override
    public List<String> scope(String plugin, Capability capability) {
        return verdict(plugin, "", capability).scope();
    }

    @Override
    public Verdict verdict(String plugin, String digest, Capability capability) {
        boolean yes = granted.containsKey(capability);
        return new Verdict(
                capability,
                yes,
                yes ? "granted by name" : "no line grants it",
                "grants=%s@%s in conf/io.trinity.plugin-%s.cfg"
                        .formatted(capability.label(), digest.substring(0, 4), plugin),
                granted.getOrDefault(capability, List.of()));
    }

    @Override
    public Verdict grant(String plugin, String digest, Capability capability, List<String> scope) {
        asked.add("grant " + plugin + " " + digest + " " + capability + " " + scope);
        if (scope.contains("/wrong")) {
            throw PluginException.of(
                    ErrorCode.CONFIG_INVALID, PluginRef.named(plugin), "no scope", "use host:port");
        }
        if (capability != Capability.GPU_COMPUTE) {
            granted.put(capability, scope);
        }
        return verdict(plugin, digest, capability);
    }

    @Override
    public Verdict revoke(String plugin, String digest, Capability capability) {
        asked.add("revoke " + plugin + " " + digest + " " + capability);
        granted.remove(capability);
        return verdict(plugin, digest, capability);
    }
}
