package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Interface {@code tcp}: connections to granted hosts and ports. A connection is a handle, 1 to
 * 4,294,967,295; one that the plugin does not hold traps. Timeouts are 0 to 4,294,967,295
 * milliseconds.
 */
@ConsumerType
public interface Tcp extends HostInterface {
    /**
     * Connects.
     *
     * @param port 0 to 65,535
     * @throws HostFailure DENIED, INVALID, LIMIT, TIMEOUT, UNAVAILABLE
     */
    long open(HostCall call, String host, int port, long timeoutMillis) throws HostFailure;

    /**
     * Sends all bytes or fails; after a failure the connection can only be closed.
     *
     * @throws HostFailure DENIED, TIMEOUT, UNAVAILABLE, FAILED
     */
    void send(HostCall call, long to, byte[] data, long timeoutMillis) throws HostFailure;

    /**
     * 1 to {@code limit} bytes as soon as there are any; none when the other side has closed.
     *
     * @throws HostFailure DENIED, INVALID, TIMEOUT, UNAVAILABLE, FAILED
     */
    byte[] receive(HostCall call, long from, long limit, long timeoutMillis) throws HostFailure;

    /** Ends a connection. */
    void close(HostCall call, long c);
}
