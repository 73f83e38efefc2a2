package io.trinity.shell.control;

import io.trinity.api.log.Asker;
import io.trinity.shell.wire.ChannelStreams;
import io.trinity.shell.wire.Frame;
import io.trinity.shell.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: its request is run on a second thread, while this one waits for the client to hang up
 * and then interrupts the line. A third one tells the client that its line runs.
 */
final class Connection implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** A client that connects and asks nothing would else take a place for ever. */
    private static final long REQUEST_MILLIS = 10_000;

    private final SocketChannel channel;
    private final LineRunner runner;
    private final ExecutorService threads;
    private final long requestMillis;
    private final CountDownLatch asked = new CountDownLatch(1);

    Connection(SocketChannel channel, LineRunner runner, ExecutorService threads) {
        this(channel, runner, threads, REQUEST_MILLIS);
    }

    /**
     * @param requestMillis how long a client has to ask
     */
    Connection(
            SocketChannel channel, LineRunner runner, ExecutorService threads, long requestMillis) {
        this.channel = channel;
        this.runner = runner;
        this.threads = threads;
        this.requestMillis = requestMillis;
    }

    @Override
    public void run() {
        FrameWriter frames = new FrameWriter(channel);
        Pulse pulse = new Pulse(frames);
        try (channel) {
            threads.execute(() -> watch(pulse));
            InputStream in = ChannelStreams.input(channel);
            try {
                serve(Request.readFrom(in), in, frames, pulse);
            } catch (Request.OtherVersion e) {
                refuse(channel, String.valueOf(e.getMessage()));
            }
        } catch (IOException | RejectedExecutionException | OutOfMemoryError e) {
            // The last two: the host is stopping, or has no thread left; the client is cut off.
            LOG.debug("control connection ended: {}", e.toString());
        } finally {
            pulse.end();
            asked.countDown();
        }
    }

    /** Runs the line until it ends or the client hangs up. */
    private void serve(Request request, InputStream in, FrameWriter frames, Pulse pulse)
            throws IOException {
        asked.countDown();
        Future<?> line = threads.submit(() -> answer(request, frames, pulse));
        try {
            // A client sends nothing after its request; the read ends when either side closes.
            while (in.read() >= 0) {}
        } finally {
            line.cancel(true);
        }
    }

    /** Gives the client its time to ask, and then the pulse until its line has ended. */
    private void watch(Pulse pulse) {
        try {
            if (!asked.await(requestMillis, TimeUnit.MILLISECONDS)) {
                channel.close();
                return;
            }
            pulse.beat();
        } catch (IOException e) {
            LOG.debug("control connection ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers a client that cannot be served now. */
    static void refuse(SocketChannel channel, String why) {
        try (channel) {
            FrameWriter frames = new FrameWriter(channel);
            frames.write(Frame.words(Frame.Kind.ERR, why + "\n"));
            frames.write(Frame.exit(1));
        } catch (IOException e) {
            LOG.debug("control connection ended: {}", e.toString());
        }
    }

    private void answer(Request request, FrameWriter frames, Pulse pulse) {
        Asker.run(Peer.of(channel), () -> answerHere(request, frames, pulse));
    }

    private void answerHere(Request request, FrameWriter frames, Pulse pulse) {
        try (channel;
                PrintStream out = print(Frame.Kind.OUT, frames);
                PrintStream err = print(Frame.Kind.ERR, frames)) {
            int code = runner.run(request, out, err, pulse);
            pulse.end();
            out.flush();
            err.flush();
            frames.write(Frame.exit(code));
        } catch (IOException e) {
            LOG.debug("control connection ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not buffered: what a command shows every second is to be seen every second. */
    private static PrintStream print(Frame.Kind kind, FrameWriter frames) {
        return new PrintStream(new FrameStream(kind, frames), false, StandardCharsets.UTF_8);
    }
}
