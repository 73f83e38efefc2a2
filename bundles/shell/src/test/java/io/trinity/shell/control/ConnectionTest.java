package io.trinity.shell.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionTest {
    @TempDir Path folder;

    @Test
    void aClientThatAsksNothingIsHungUpOn() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("s"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            try (SocketChannel client = SocketChannel.open(address)) {
                LineRunner nobody =
                        (request, out, err, progress) -> {
                            throw new AssertionError(request);
                        };
                new Connection(server.accept(), nobody, threads, 50).run();
                assertEquals(-1, client.read(ByteBuffer.allocate(1)));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
