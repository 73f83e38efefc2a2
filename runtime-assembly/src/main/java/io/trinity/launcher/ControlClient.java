package io.trinity.launcher;

import io.trinity.api.home.Home;
import io.trinity.shell.wire.ChannelStreams;
import io.trinity.shell.wire.Frame;
import io.trinity.shell.wire.Request;
import io.trinity.shell.wire.SocketPlace;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Sends one line to the control socket of a home and copies the answer to two streams. */
final class ControlClient {
    private final Home home;

    ControlClient(Home home) {
        this.home = home;
    }

    /**
     * Runs a line.
     *
     * @param line one line for Gogo; relative paths in it mean this process's directory
     * @return the line's exit code
     * @throws IOException if nobody listens, or the connection breaks before the answer's end
     */
    int run(String line, PrintStream out, PrintStream err) throws IOException {
        Request request = new Request(Path.of("").toAbsolutePath().toString(), line);
        Path socket = SocketPlace.find(home.data());
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            request.writeTo(ChannelStreams.output(channel));
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(ChannelStreams.input(channel)));
            while (true) {
                Frame frame = Frame.readFrom(in);
                switch (frame.kind()) {
                    case OUT -> copy(frame, out);
                    case ERR -> copy(frame, err);
                    case EXIT -> {
                        return frame.exitCode();
                    }
                }
            }
        }
    }

    private static void copy(Frame frame, PrintStream to) {
        to.write(frame.bytes(), 0, frame.bytes().length);
        to.flush();
    }
}
