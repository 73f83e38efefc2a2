package io.trinity.adapter.storage.backend;

import io.trinity.api.plugin.Plugin;
import io.trinity.api.storage.StorageBackend;
import io.trinity.api.world.TypedServices;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Registers one {@link StorageBackend} per plugin of that type, for as long as its {@link Plugin}
 * is there. A reload changes the properties of that one service.
 */
@Component
public final class StorageAdapter {
    private final TypedServices<BackendPlugin> backends;

    /** For DS. */
    @Activate
    public StorageAdapter(BundleContext context) {
        backends = new TypedServices<>(context, StorageBackend.class, BackendPlugin::new);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=storage_backend)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        backends.bind(plugin, properties);
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        backends.updated(plugin, properties);
    }

    void unbindPlugin(Plugin plugin) {
        backends.unbind(plugin);
    }

    @Deactivate
    void deactivate() {
        backends.close();
    }
}
