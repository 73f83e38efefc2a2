package io.trinity.shell.control;

import io.trinity.api.log.Asker;
import io.trinity.shell.wire.ChannelStreams;
import io.trinity.shell.wire.Frame;
import io.trinity.shell.wire.Request;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its request is run on a second thread, while this one waits for the client to hang up
 * and then interrupts the line.
 */
final class Connection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final SocketChannel channel;
    private final LineRunner runner;
    private final ExecutorService lines;

    Connection(SocketChannel channel, LineRunner runner, ExecutorService lines) {
        this.channel = channel;
        this.runner = runner;
        this.lines = lines;
    }

    @Override
    public void run() {
        try (channel) {
            InputStream in = ChannelStreams.input(channel);
            Request request = Request.readFrom(in);
            Future<?> line = lines.submit(() -> answer(request));
            // A client sends nothing after its request; the read ends when either side closes.
            while (in.read() >= 0) {}
            line.cancel(true);
        } catch (IOException e) {
            LOG.debug("control connection ended: {}", e.toString());
        }
    }

    /** Answers a client that cannot be served now. */
    static void refuse(SocketChannel channel, String why) {
        try (channel;
                DataOutputStream frames = frames(channel);
                PrintStream err = print(Frame.Kind.ERR, frames)) {
            err.println(why);
            err.flush();
            Frame.exit(1).writeTo(frames);
        } catch (IOException e) {
            LOG.debug("control connection ended: {}", e.toString());
        }
    }

    private void answer(Request request) {
        Asker.run(Peer.of(channel), () -> answerHere(request));
    }

    private void answerHere(Request request) {
        try (channel;
                DataOutputStream frames = frames(channel);
                PrintStream out = print(Frame.Kind.OUT, frames);
                PrintStream err = print(Frame.Kind.ERR, frames)) {
            int code = runner.run(request, out, err);
            out.flush();
            err.flush();
            synchronized (frames) {
                Frame.exit(code).writeTo(frames);
            }
        } catch (IOException e) {
            LOG.debug("control connection ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static DataOutputStream frames(SocketChannel channel) {
        return new DataOutputStream(new BufferedOutputStream(ChannelStreams.output(channel), 8192));
    }

    private static PrintStream print(Frame.Kind kind, DataOutputStream frames) {
        return new PrintStream(
                new BufferedOutputStream(new FrameStream(kind, frames), 8192),
                false,
                StandardCharsets.UTF_8);
    }
}
