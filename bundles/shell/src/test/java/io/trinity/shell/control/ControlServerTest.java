package io.trinity.shell.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.shell.wire.ChannelStreams;
import io.trinity.shell.wire.Frame;
import io.trinity.shell.wire.Request;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ControlServerTest {
    @TempDir Path data;
    private final FakeLines lines = new FakeLines();
    private ControlServer server;
    private int pulses;
    private String goesOn = "";

    @BeforeEach
    void open() throws IOException {
        server = ControlServer.open(data, data, lines);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aClientGetsBothStreamsAndTheExitCode() throws IOException {
        Answer answer = ask("say");
        assertEquals("in /work: said", answer.out);
        assertEquals("complained", answer.err);
        assertEquals(0, answer.code);
        assertEquals(1, ask("fail").code);
    }

    @Test
    void outputLargerThanAFrameArrivesWhole() throws IOException {
        assertEquals(3 * Frame.MAX_BYTES + 7, ask("much").out.length());
    }

    @Test
    void aClientIsToldAtOnceAndAgainAndAgainThatItsLineRuns() throws IOException {
        ask("last");
        assertTrue(pulses >= 3, "pulses: " + pulses);
        assertEquals("it is not over", goesOn);
    }

    @Test
    void aLineIsSeenWhenItIsPrintedAndNotAtTheEnd() throws Exception {
        try (SocketChannel client = connect()) {
            new Request("/", "print and wait").writeTo(ChannelStreams.output(client));
            DataInputStream in = new DataInputStream(ChannelStreams.input(client));
            Frame frame = Frame.readFrom(in);
            while (frame.kind() != Frame.Kind.OUT) {
                frame = Frame.readFrom(in);
            }
            assertEquals("a table", frame.text().strip());
        }
    }

    @Test
    void aSocketWhoseFileWasRemovedIsMadeAnew() throws Exception {
        Files.delete(server.socket());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (Files.notExists(server.socket())) {
            assertTrue(System.nanoTime() - end < 0, "it is not made anew");
            Thread.onSpinWait();
        }
        assertEquals(0, ask("say").code);
    }

    @Test
    void aClientOfAnotherVersionIsToldSo() throws IOException {
        try (SocketChannel client = connect()) {
            ChannelStreams.output(client).write(new byte[] {'T', 'R', 'I', '1', 0, 0});
            Answer answer = read(client);
            assertEquals(1, answer.code);
            assertTrue(answer.err.contains("another version"), answer.err);
        }
    }

    @Test
    void onlyTheOwnerMayOpenTheSocket() throws IOException {
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(server.socket())));
    }

    @Test
    void aClientThatHangsUpEndsItsLine() throws Exception {
        SocketChannel client = connect();
        new Request("/", "wait").writeTo(ChannelStreams.output(client));
        assertTrue(lines.begun.await(10, TimeUnit.SECONDS));
        client.close();
        assertTrue(lines.interrupted.await(10, TimeUnit.SECONDS));
    }

    @Test
    void otherClientsAreServedWhileOneWaits() throws Exception {
        try (SocketChannel waiting = connect()) {
            new Request("/", "wait").writeTo(ChannelStreams.output(waiting));
            assertTrue(lines.begun.await(10, TimeUnit.SECONDS));
            assertEquals(0, ask("say").code);
        }
    }

    @Test
    void moreClientsThanMayBeAreToldSo() throws Exception {
        List<SocketChannel> many = new ArrayList<>();
        for (int i = 0; i < ControlServer.MAX_CLIENTS; i++) {
            many.add(connect());
        }
        try (SocketChannel oneMore = connect()) {
            Answer answer = read(oneMore);
            assertEquals(1, answer.code);
            assertTrue(answer.err.contains("16 clients already"), answer.err);
        }
        for (SocketChannel client : many) {
            client.close();
        }
    }

    @Test
    void aRequestThatIsNoneEndsTheConnection() throws IOException {
        try (SocketChannel client = connect()) {
            ChannelStreams.output(client)
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThrows(IOException.class, () -> read(client));
        }
        assertEquals(0, ask("say").code);
    }

    @Test
    void closingEndsLinesAndRemovesTheSocket() throws Exception {
        try (SocketChannel waiting = connect()) {
            new Request("/", "wait").writeTo(ChannelStreams.output(waiting));
            assertTrue(lines.begun.await(10, TimeUnit.SECONDS));
            server.close();
            assertTrue(lines.interrupted.await(10, TimeUnit.SECONDS));
            assertFalse(Files.exists(server.socket()));
        }
    }

    @Test
    void aSocketThatAKilledRunLeftIsReplaced() throws IOException {
        Path other = Files.createDirectory(data.resolve("other"));
        Files.createFile(other.resolve("control.sock"));
        try (ControlServer next = ControlServer.open(other, data, lines);
                SocketChannel client =
                        SocketChannel.open(UnixDomainSocketAddress.of(next.socket()))) {
            new Request("/work", "say").writeTo(ChannelStreams.output(client));
            assertEquals(0, read(client).code);
        }
    }

    private record Answer(String out, String err, int code) {}

    private Answer ask(String line) throws IOException {
        try (SocketChannel client = connect()) {
            new Request("/work", line).writeTo(ChannelStreams.output(client));
            return read(client);
        }
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(server.socket()));
    }

    private Answer read(SocketChannel client) throws IOException {
        DataInputStream in = new DataInputStream(ChannelStreams.input(client));
        StringBuilder out = new StringBuilder();
        StringBuilder err = new StringBuilder();
        while (true) {
            Frame frame = Frame.readFrom(in);
            String text = new String(frame.bytes(), StandardCharsets.UTF_8);
            switch (frame.kind()) {
                case OUT -> out.append(text);
                case ERR -> err.append(text);
                case PROGRESS -> pulses++;
                case GOES_ON -> goesOn = text;
                case EXIT -> {
                    return new Answer(out.toString(), err.toString(), frame.exitCode());
                }
            }
        }
    }

    private static final class FakeLines implements LineRunner {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public int run(Request request, PrintStream out, PrintStream err, Progress progress)
                throws InterruptedException {
            switch (request.line()) {
                case "say" -> {
                    out.print("in " + request.directory() + ": said");
                    err.print("complained");
                }
                case "much" -> out.print("x".repeat(3 * Frame.MAX_BYTES + 7));
                case "wait" -> await();
                case "print and wait" -> {
                    out.println("a table");
                    await();
                }
                case "last" -> {
                    progress.goesOn("it is not over");
                    new CountDownLatch(1).await(1_500, TimeUnit.MILLISECONDS);
                }
                default -> {
                    return 1;
                }
            }
            return 0;
        }

        private void await() throws InterruptedException {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }
}
