package io.trinity.network;

import io.trinity.api.host.Http;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Interface {@code http} of the contract. */
@Component(service = HostInterface.class, immediate = true)
public final class HttpComponent implements Http {
    private final NetworkComponent network;

    /** For DS. */
    @Activate
    public HttpComponent(@Reference NetworkComponent network) {
        this.network = network;
    }

    @Override
    public Response send(HostCall call, Request request) throws HostFailure {
        Deadline deadline = Deadline.of(call.deadlineNanos(), request.timeoutMillis());
        try (ConnectionPermits.Permit permit = network.permit(call.plugin())) {
            return network.sender()
                    .send(
                            call.plugin(),
                            request,
                            network.allowed(call.plugin()),
                            deadline,
                            network.settings().maxResponseBytes(),
                            network.meter(call));
        }
    }
}
