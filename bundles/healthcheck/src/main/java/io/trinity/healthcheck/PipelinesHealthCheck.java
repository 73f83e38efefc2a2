package io.trinity.healthcheck;

import io.trinity.api.pipeline.Pipeline;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@link PipelinesHealth} as a health check of Felix. Quick: it reads what is known. */
@Component(
        service = HealthCheck.class,
        property = {
            HealthCheck.NAME + "=Trinity pipelines",
            HealthCheck.TAGS + "=trinity",
            HealthCheck.TAGS + "=pipelines"
        })
public final class PipelinesHealthCheck implements HealthCheck {
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Pipeline> pipelines = List.of();

    @Override
    public Result execute() {
        return PipelinesHealth.of(pipelines.stream().map(Pipeline::status).toList());
    }
}
