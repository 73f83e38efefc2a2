package io.trinity.network;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.sandbox.NetworkTarget;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Interface {@code tcp} of the contract. */
@Component(service = HostInterface.class, immediate = true, property = HostInterface.NAME + "=tcp")
public final class TcpComponent implements HostInterface {
    /** Most bytes of one receive; the contract lets it give fewer than asked for. */
    private static final long PIECE_BYTES = 65_536;

    private final NetworkComponent network;

    /** For DS. */
    @Activate
    public TcpComponent(@Reference NetworkComponent network) {
        this.network = network;
    }

    @Override
    public @Nullable Object call(HostCall call, String function, Object[] arguments)
            throws HostFailure {
        switch (function) {
            case "open":
                return open(
                        call, (String) arguments[0], (Integer) arguments[1], (Long) arguments[2]);
            case "send":
                held(call, arguments[0])
                        .send(
                                (byte[]) arguments[1],
                                Deadline.of(call.deadlineNanos(), (Long) arguments[2]),
                                network.watchdog(),
                                network.meter(call));
                return null;
            case "receive":
                return receive(call, arguments[0], (Long) arguments[1], (Long) arguments[2]);
            case "close":
                network.connections().close(call.plugin(), (Long) arguments[0]);
                return null;
            default:
                throw new IllegalStateException("interface tcp has no function " + function);
        }
    }

    private long open(HostCall call, String host, int port, long timeoutMillis) throws HostFailure {
        NetworkTarget target = NetworkTarget.of(host, port);
        Deadline deadline = Deadline.of(call.deadlineNanos(), timeoutMillis);
        ConnectionPermits.Permit permit = network.permit(call.plugin());
        boolean opened = false;
        try {
            Dialer.Line line =
                    network.dialer()
                            .dial(call.plugin(), target, network.allowed(call.plugin()), deadline);
            opened = true;
            return network.connections().add(new TcpConnection(call.plugin(), line, permit));
        } finally {
            if (!opened) {
                permit.close();
            }
        }
    }

    private byte[] receive(HostCall call, Object handle, long limit, long timeoutMillis)
            throws HostFailure {
        TcpConnection connection = held(call, handle);
        if (limit == 0) {
            throw new HostFailure(Reason.INVALID, "a limit of 0 bytes leaves room for none");
        }
        return connection.receive(
                (int) Math.min(limit, PIECE_BYTES),
                Deadline.of(call.deadlineNanos(), timeoutMillis),
                network.meter(call));
    }

    /** A connection that the plugin holds and still may use. */
    private TcpConnection held(HostCall call, Object handle) throws HostFailure {
        TcpConnection connection = network.connections().get(call.plugin(), (Long) handle);
        connection.check(network.allowed(call.plugin()));
        return connection;
    }
}
