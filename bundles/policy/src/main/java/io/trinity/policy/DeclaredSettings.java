package io.trinity.policy;

import io.trinity.api.manifest.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the manifests of open generations declare as settings. Of several generations of one plugin
 * the one that was opened last counts. Thread-safe.
 */
final class DeclaredSettings {
    private final Map<String, List<Manifest>> open = new HashMap<>();

    /** A generation was opened. */
    synchronized void opened(Manifest manifest) {
        open.computeIfAbsent(manifest.name(), n -> new ArrayList<>()).add(manifest);
    }

    /** It is closed. One that was not opened is passed over. */
    synchronized void closed(Manifest manifest) {
        List<Manifest> all = open.getOrDefault(manifest.name(), List.of());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) == manifest) {
                all.remove(i);
                break;
            }
        }
        if (all.isEmpty()) {
            open.remove(manifest.name());
        }
    }

    /** By key; null where no generation of that plugin is open. */
    synchronized @Nullable Map<String, Manifest.Setting> of(String plugin) {
        List<Manifest> all = open.get(plugin);
        return all == null ? null : all.get(all.size() - 1).config();
    }
}
