package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import io.trinity.shell.wire.ChannelStreams;
import io.trinity.shell.wire.Frame;
import io.trinity.shell.wire.Request;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlClientTest {
    private static final Duration LONG = Duration.ofSeconds(25);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Patience PATIENT = new Patience(LONG, LONG, LONG);
    private static final Patience IMPATIENT = new Patience(SHORT, SHORT, LONG);

    @TempDir Path root;
    private Home home;
    private ServerSocketChannel host;

    @BeforeEach
    void listen() throws IOException {
        home = new Home(root);
        Files.createDirectories(home.data());
        host = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        host.bind(UnixDomainSocketAddress.of(home.data().resolve("control.sock")));
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    private int ask(Patience patience) throws IOException {
        return new ControlClient(home, patience)
                .run("plugin:list", Listening.to(System.out, System.err));
    }

    private Silence.Kind silence(Patience patience) {
        return assertThrows(Silence.class, () -> ask(patience)).kind();
    }

    private interface Server {
        void serve(SocketChannel client) throws IOException;
    }

    /** Takes one client and its request. */
    private void serve(Server server) {
        Thread thread =
                new Thread(
                        () -> {
                            try (SocketChannel client = host.accept()) {
                                Request.readFrom(ChannelStreams.input(client));
                                server.serve(client);
                            } catch (IOException e) {
                                // The client has gone.
                            }
                        });
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes one client, sends it frames, and keeps the connection or not. */
    private void answers(boolean hangsUp, Frame... frames) {
        serve(
                client -> {
                    DataOutputStream out = new DataOutputStream(ChannelStreams.output(client));
                    for (Frame frame : frames) {
                        frame.writeTo(out);
                    }
                    if (!hangsUp) {
                        ChannelStreams.input(client).read();
                    }
                });
    }

    @Test
    void theExitCodeIsTheLines() throws IOException {
        answers(true, Frame.words(Frame.Kind.PROGRESS, ""), Frame.exit(7));
        assertEquals(7, ask(PATIENT));
    }

    @Test
    void aHostThatNeitherTakesNorAnswersARequestIsNotWaitedForForEver() throws Exception {
        assertEquals(Silence.Kind.NO_ANSWER, silence(IMPATIENT), "nobody accepts");
        host.accept().close();
        answers(false, Frame.words(Frame.Kind.PROGRESS, ""));
        assertEquals(Silence.Kind.NO_ANSWER, silence(IMPATIENT), "it falls silent");
        assertTrue(new ControlClient(home, PATIENT).isHeard());
    }

    @Test
    void anAnswerThatIsCutOffIsNone() throws IOException {
        answers(true, Frame.words(Frame.Kind.PROGRESS, ""));
        assertEquals(Silence.Kind.CUT, silence(PATIENT));
    }

    @Test
    void whereNobodyListensItSaysSo() throws IOException {
        host.close();
        assertEquals(Silence.Kind.NOBODY, silence(PATIENT));
        assertFalse(new ControlClient(home, PATIENT).isHeard());
    }

    @Test
    void whatTheClientTakesToShowSomethingIsNoSilence() throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        serve(
                client -> {
                    // Both at once, that there is no silence between them.
                    DataOutputStream out =
                            new DataOutputStream(
                                    new BufferedOutputStream(ChannelStreams.output(client)));
                    Frame.words(Frame.Kind.PROGRESS, "").writeTo(out);
                    Frame.words(Frame.Kind.OUT, "x").writeTo(out);
                    out.flush();
                    try {
                        shown.await();
                        Frame.exit(0).writeTo(out);
                        out.flush();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    } finally {
                        ended.countDown();
                    }
                });
        Listening slow =
                new Listening() {
                    @Override
                    public void out(byte[] bytes) {
                        try {
                            Thread.sleep(2 * SHORT.toMillis());
                            shown.countDown();
                            ended.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }

                    @Override
                    public void err(byte[] bytes) {}

                    @Override
                    public void progress(String doing) {}

                    @Override
                    public void goesOn(String what) {}
                };
        Patience patience = new Patience(LONG, SHORT, LONG);
        assertEquals(0, new ControlClient(home, patience).run("plugin:list", slow));
    }

    @Test
    void aLineThatIsTooLongIsRefusedBeforeAnybodyIsAsked() throws IOException {
        host.close();
        Failure e =
                assertThrows(
                        Failure.class,
                        () ->
                                new ControlClient(home, PATIENT)
                                        .run(
                                                "x".repeat(Request.MAX_TEXT_BYTES + 1),
                                                Listening.to(System.out, System.err)));
        assertEquals(ExitCode.USAGE, e.exitCode());
    }

    @Test
    void whatIsNotOneLineIsRefused() {
        for (List<String> words : List.of(List.of("a", "b"), List.<String>of(), List.of(" "))) {
            List<String> all = new ArrayList<>(List.of("--home", root.toString()));
            all.addAll(words);
            Failure e = assertThrows(Failure.class, () -> ExecCommand.run(all));
            assertEquals(ExitCode.USAGE, e.exitCode(), () -> words.toString());
        }
    }
}
