package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Http;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EarlyAnswerTest {
    private static final byte[] REFUSAL =
            "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nno!"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Http.Response upload(Peer peer, int bytes) throws Exception {
        rig.grant("127.0.0.1:" + peer.port());
        return rig.send(
                "POST",
                "http://127.0.0.1:" + peer.port() + "/",
                new byte[bytes],
                Rig.TIMEOUT_MILLIS);
    }

    private static void refuse(Socket s) throws java.io.IOException {
        Peer.head(s.getInputStream());
        s.getOutputStream().write(REFUSAL);
    }

    @Test
    void anAnswerBeforeTheBodyWasReadReachesThePlugin() throws Exception {
        for (int bytes : new int[] {1, 8000, 100_000, 1 << 20}) {
            try (Peer peer = new Peer(EarlyAnswerTest::refuse)) {
                Http.Response answer = upload(peer, bytes);
                assertEquals(413, answer.status());
                assertEquals("no!", new String(answer.body(), StandardCharsets.US_ASCII));
            }
        }
    }

    @Test
    void soDoesOneOfAServerThatNeitherReadsNorCloses() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Peer peer =
                new Peer(
                        s -> {
                            refuse(s);
                            try {
                                over.await(30, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        })) {
            assertEquals(413, upload(peer, 1 << 20).status());
        } finally {
            over.countDown();
        }
    }

    @Test
    void whoClosesWithoutAnAnswerHasNotAnswered() throws Exception {
        try (Peer peer = new Peer(s -> Peer.head(s.getInputStream()))) {
            String why = failure(Reason.FAILED, () -> upload(peer, 1 << 20));
            assertTrue(why.contains("closed") || why.contains("reset"), why);
        }
    }

    @Test
    void aLargeBodyArrivesAsAWhole() throws Exception {
        try (Peer peer =
                new Peer(
                        s -> {
                            Peer.head(s.getInputStream());
                            byte[] body = s.getInputStream().readNBytes(1 << 20);
                            String text = "HTTP/1.1 200 OK\r\n\r\n" + body.length;
                            s.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                        })) {
            assertEquals(
                    "1048576", new String(upload(peer, 1 << 20).body(), StandardCharsets.US_ASCII));
        }
    }
}
