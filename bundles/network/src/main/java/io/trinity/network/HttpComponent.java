package io.trinity.network;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.network.AnswerReader.HttpAnswer;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Interface {@code http} of the contract. */
@Component(service = HostInterface.class, immediate = true, property = HostInterface.NAME + "=http")
public final class HttpComponent implements HostInterface {
    private final NetworkComponent network;

    /** For DS. */
    @Activate
    public HttpComponent(@Reference NetworkComponent network) {
        this.network = network;
    }

    @Override
    public Object call(HostCall call, String function, Object[] arguments) throws HostFailure {
        if (!function.equals("send")) {
            throw new IllegalStateException("interface http has no function " + function);
        }
        // The fields of record request, in the contract's order.
        Object[] request = (Object[]) arguments[0];
        HttpSender.HttpRequest toSend =
                new HttpSender.HttpRequest(
                        (String) request[0],
                        (String) request[1],
                        (List<?>) request[2],
                        (byte[]) request[3]);
        Deadline deadline = Deadline.of(call.deadlineNanos(), (Long) request[4]);
        try (ConnectionPermits.Permit permit = network.permit(call.plugin())) {
            HttpAnswer answer =
                    network.sender()
                            .send(
                                    call.plugin(),
                                    toSend,
                                    network.allowed(call.plugin()),
                                    deadline,
                                    network.settings().maxResponseBytes(),
                                    network.meter(call));
            return new Object[] {answer.status(), answer.headers(), answer.body()};
        }
    }
}
