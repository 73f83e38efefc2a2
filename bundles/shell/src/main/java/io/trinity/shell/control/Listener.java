package io.trinity.shell.control;

import io.trinity.shell.wire.SocketPlace;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The socket's file and the channel behind it. One thread accepts, any may close. */
final class Listener implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel channel;

    private Listener(Path socket, ServerSocketChannel channel) {
        this.socket = socket;
        this.channel = channel;
    }

    /**
     * Binds a home's socket. The home's lock must be held: what an earlier run left is removed.
     *
     * @param data the home's data folder, open to its owner only
     * @param temporary where a socket is put whose path would be too long
     */
    static Listener bind(Path data, Path temporary, int backlog) throws IOException {
        Path socket = SocketPlace.prepare(data, temporary);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket), backlog);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return new Listener(socket, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path socket() {
        return socket;
    }

    SocketChannel accept() throws IOException {
        return channel.accept();
    }

    /** Whether nobody can connect any more, since the file was removed. */
    boolean isLost() {
        return Files.notExists(socket, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
