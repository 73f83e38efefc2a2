package io.trinity.api.registry;

import io.trinity.api.plugin.PluginSnapshot;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Which plugins there are. Thread-safe; every answer is one instant's. */
@ProviderType
public interface PluginRegistry {
    /** All plugins in the order of their names. */
    List<PluginSnapshot> list();

    /** One plugin. */
    Optional<PluginSnapshot> find(String name);
}
