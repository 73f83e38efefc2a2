package io.trinity.launcher;

import io.trinity.api.home.Home;
import io.trinity.shell.wire.ChannelStreams;
import io.trinity.shell.wire.Frame;
import io.trinity.shell.wire.Request;
import io.trinity.shell.wire.SocketPlace;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Sends lines to the control socket of a home, and never waits longer than it should. */
final class ControlClient {
    /** Set by {@code ./tri} where standard output is a terminal. */
    private static final String COLUMNS_PROPERTY = "trinity.columns";

    private final Home home;
    private final Patience patience;

    ControlClient(Home home, Patience patience) {
        this.home = home;
        this.patience = patience;
    }

    /**
     * Runs a line.
     *
     * @param line one line for Gogo; relative paths in it mean this process's directory
     * @return the line's exit code
     * @throws Silence if there is no whole answer
     * @throws AccessDeniedException if the socket is another user's
     * @throws IOException if the listener cannot take the answer
     */
    int run(String line, Listening to) throws IOException {
        int bytes = line.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Request.MAX_TEXT_BYTES) {
            throw Failure.usage(
                    "a line of %s bytes is longer than %s; put what is long into a file, and name that"
                            .formatted(bytes, Request.MAX_TEXT_BYTES));
        }
        Request request =
                new Request(
                        Path.of("").toAbsolutePath().toString(),
                        line,
                        Integer.getInteger(COLUMNS_PROPERTY, 0));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Watchdog dog = new Watchdog(channel, patience.whole())) {
            dog.expect(patience.first());
            connect(channel, dog);
            return converse(channel, dog, request, to);
        }
    }

    /** Whether somebody listens, without asking anything. */
    boolean isHeard() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Watchdog dog = new Watchdog(channel, patience.whole())) {
            dog.expect(patience.first());
            connect(channel, dog);
            return true;
        } catch (Silence e) {
            return e.kind() != Silence.Kind.NOBODY;
        }
    }

    private void connect(SocketChannel channel, Watchdog dog) throws IOException {
        Path socket = SocketPlace.find(home.data());
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            if (dog.barked()) {
                throw new Silence(Silence.Kind.NO_ANSWER, "it takes no connection", e);
            }
            if (String.valueOf(e.getMessage()).contains("Permission denied")) {
                throw new AccessDeniedException(socket.toString());
            }
            throw new Silence(Silence.Kind.NOBODY, "nobody listens", e);
        }
    }

    private int converse(SocketChannel channel, Watchdog dog, Request request, Listening to)
            throws IOException {
        boolean begun = false;
        try {
            request.writeTo(ChannelStreams.output(channel));
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(ChannelStreams.input(channel)));
            while (true) {
                dog.expect(begun ? patience.silence() : patience.first());
                Frame frame = Frame.readFrom(in);
                dog.came();
                begun = true;
                switch (frame.kind()) {
                    case OUT -> to.out(frame.bytes());
                    case ERR -> to.err(frame.bytes());
                    case PROGRESS -> to.progress(frame.text());
                    case GOES_ON -> to.goesOn(frame.text());
                    case EXIT -> {
                        return frame.exitCode();
                    }
                }
            }
        } catch (OutputLost e) {
            throw e;
        } catch (IOException e) {
            if (dog.barked()) {
                throw new Silence(
                        Silence.Kind.NO_ANSWER,
                        begun ? "it has fallen silent" : "it does not take the request",
                        e);
            }
            throw new Silence(
                    Silence.Kind.CUT,
                    begun
                            ? "it ended before the line did"
                            : "it closed the connection without an answer"
                                    + (e instanceof EOFException
                                            ? "; if it is of an older version, end it with SIGTERM"
                                            : ""),
                    e);
        }
    }

    /** Nobody takes the answer any more. */
    static final class OutputLost extends IOException {
        private static final long serialVersionUID = 1L;

        OutputLost(IOException cause) {
            super(cause);
        }
    }
}
