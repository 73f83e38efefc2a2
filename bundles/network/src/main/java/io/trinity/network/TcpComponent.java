package io.trinity.network;

import io.trinity.api.host.Tcp;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.sandbox.NetworkTarget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Interface {@code tcp} of the contract. */
@Component(service = HostInterface.class, immediate = true)
public final class TcpComponent implements Tcp {
    /** Most bytes of one receive; the contract lets it give fewer than asked for. */
    private static final long PIECE_BYTES = 65_536;

    private final NetworkComponent network;

    /** For DS. */
    @Activate
    public TcpComponent(@Reference NetworkComponent network) {
        this.network = network;
    }

    @Override
    public long open(HostCall call, String host, int port, long timeoutMillis) throws HostFailure {
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

    @Override
    public void send(HostCall call, long to, byte[] data, long timeoutMillis) throws HostFailure {
        held(call, to)
                .send(
                        data,
                        Deadline.of(call.deadlineNanos(), timeoutMillis),
                        network.watchdog(),
                        network.meter(call));
    }

    @Override
    public byte[] receive(HostCall call, long from, long limit, long timeoutMillis)
            throws HostFailure {
        TcpConnection connection = held(call, from);
        if (limit == 0) {
            throw new HostFailure(Reason.INVALID, "a limit of 0 bytes leaves room for none");
        }
        return connection.receive(
                (int) Math.min(limit, PIECE_BYTES),
                Deadline.of(call.deadlineNanos(), timeoutMillis),
                network.meter(call));
    }

    @Override
    public void close(HostCall call, long c) {
        network.connections().close(call.plugin(), c);
    }

    /** A connection that the plugin holds and still may use. */
    private TcpConnection held(HostCall call, long handle) throws HostFailure {
        TcpConnection connection = network.connections().get(call.plugin(), handle);
        connection.check(network.allowed(call.plugin()));
        return connection;
    }
}
