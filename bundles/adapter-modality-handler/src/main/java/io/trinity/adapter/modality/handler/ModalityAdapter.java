package io.trinity.adapter.modality.handler;

import io.trinity.api.modality.ModalityHandler;
import io.trinity.api.plugin.Plugin;
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
 * Registers one {@link ModalityHandler} per plugin of that type, for as long as its {@link Plugin}
 * is there. A reload changes the properties of that one service.
 */
@Component
public final class ModalityAdapter {
    private final TypedServices<HandlerPlugin> handlers;

    /** For DS. */
    @Activate
    public ModalityAdapter(BundleContext context) {
        handlers = new TypedServices<>(context, ModalityHandler.class, HandlerPlugin::new);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            target = "(plugin.type=modality_handler)",
            updated = "updatedPlugin",
            unbind = "unbindPlugin")
    void bindPlugin(Plugin plugin, Map<String, Object> properties) {
        handlers.bind(plugin, properties);
    }

    void updatedPlugin(Plugin plugin, Map<String, Object> properties) {
        handlers.updated(plugin, properties);
    }

    void unbindPlugin(Plugin plugin) {
        handlers.unbind(plugin);
    }

    @Deactivate
    void deactivate() {
        handlers.close();
    }
}
