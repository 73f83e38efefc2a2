package io.trinity.shell.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/** Who is at the other end of the control socket, as the kernel says. */
final class Peer {
    private static final String UNKNOWN = "user:unknown";

    private Peer() {}

    /**
     * {@code user:NAME}, the number where it has no name; {@code user:unknown} where the system
     * does not say or the framework does not let {@code jdk.net} be seen.
     */
    static String of(SocketChannel channel) {
        try {
            UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
            return "user:" + peer.user().getName();
        } catch (IOException | UnsupportedOperationException | NoClassDefFoundError e) {
            return UNKNOWN;
        }
    }
}
