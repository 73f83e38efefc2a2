package io.trinity.healthcheck;

import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.Reloader;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@link PluginsHealth} as a health check of Felix. Quick: it reads what is known. */
@Component(
        service = HealthCheck.class,
        property = {
            HealthCheck.NAME + "=Trinity plugins",
            HealthCheck.TAGS + "=trinity",
            HealthCheck.TAGS + "=plugins"
        })
public final class PluginsHealthCheck implements HealthCheck {
    private final PluginRegistry registry;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable Reloader reloader;

    /** For DS. */
    @Activate
    public PluginsHealthCheck(@Reference PluginRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Result execute() {
        Reloader loading = reloader;
        // Asked first: what settles in between is in the list then.
        boolean settled = loading == null || loading.settled();
        return PluginsHealth.of(registry.list(), settled);
    }
}
