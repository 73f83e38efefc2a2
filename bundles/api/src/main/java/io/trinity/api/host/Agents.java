package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code agents}. */
@ConsumerType
public interface Agents extends HostInterface {
    /**
     * Starts an agent that runs the agent_behavior {@code plugin}.
     *
     * @return its address
     * @throws HostFailure NOT_FOUND, DENIED, LIMIT, UNAVAILABLE
     */
    String spawn(HostCall call, String plugin, byte[] argument) throws HostFailure;

    /**
     * Puts a message into a mailbox.
     *
     * @throws HostFailure NOT_FOUND, LIMIT (the mailbox is full)
     */
    void send(HostCall call, String to, byte[] body) throws HostFailure;

    /**
     * Asks an agent to end after the message it is at.
     *
     * @throws HostFailure NOT_FOUND
     */
    void stop(HostCall call, String address) throws HostFailure;
}
