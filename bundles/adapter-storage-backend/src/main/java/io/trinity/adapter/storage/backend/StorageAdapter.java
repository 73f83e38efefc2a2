package io.trinity.adapter.storage.backend;

import io.trinity.api.plugin.Plugin;
import io.trinity.api.storage.StorageBackend;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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
    private final BundleContext context;
    private final Map<Plugin, ServiceRegistration<StorageBackend>> backends =
            new ConcurrentHashMap<>();

    /** For DS. */
    @Activate
    public StorageAdapter(BundleContext context) {
        this.context = context;
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=storage_backend)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        backends.put(
                plugin,
                context.registerService(
                        StorageBackend.class,
                        new BackendPlugin(plugin),
                        properties(plugin, properties)));
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        ServiceRegistration<StorageBackend> r = backends.get(plugin);
        if (r != null) {
            r.setProperties(properties(plugin, properties));
        }
    }

    void unbindPlugin(Plugin plugin) {
        ServiceRegistration<StorageBackend> r = backends.remove(plugin);
        if (r != null) {
            r.unregister();
        }
    }

    @Deactivate
    void deactivate() {
        backends.keySet().forEach(this::unbindPlugin);
    }

    private static Dictionary<String, Object> properties(
            Plugin plugin, Map<String, Object> properties) {
        Dictionary<String, Object> p = new Hashtable<>();
        p.put(Plugin.NAME, plugin.name());
        p.put(StorageBackend.NAME, plugin.name());
        Object version = properties.get(Plugin.VERSION);
        if (version != null) {
            p.put(Plugin.VERSION, version);
        }
        return p;
    }
}
