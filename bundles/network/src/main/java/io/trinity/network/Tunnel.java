package io.trinity.network;

import io.trinity.api.config.Places;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.HttpException;

/** Has a proxy connect further (RFC 9110 §9.3.6). */
final class Tunnel {
    private static final int HEAD_BYTES = 65_536;
    private static final int SUCCESS = 2;
    private static final byte[] END = {'\r', '\n', '\r', '\n'};

    private Tunnel() {}

    /**
     * Asks for a connection to the target, over which the socket leads afterwards.
     *
     * @throws HostFailure FAILED when the proxy refuses
     */
    static void open(Socket proxy, NetworkTarget target)
            throws IOException, HttpException, HostFailure {
        String head = "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(target, target);
        proxy.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = head(proxy.getInputStream());
        // Only the head: what comes after it is the target's.
        int status = new AnswerReader(new ByteArrayInputStream(answer), 0).read("HEAD").status();
        if (status / 100 != SUCCESS) {
            throw new HostFailure(
                    Reason.FAILED,
                    "%s: the proxy (proxy in %s) does not connect there, it answers %s"
                            .formatted(target, Places.of(NetworkSettings.PID), status));
        }
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END.length) {
            int b = in.read();
            if (b < 0 || head.size() > HEAD_BYTES) {
                throw new IOException("the proxy did not answer a CONNECT");
            }
            head.write(b);
            matched = b == END[matched] ? matched + 1 : b == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }
}
