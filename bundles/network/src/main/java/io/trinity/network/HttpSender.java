package io.trinity.network;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import io.trinity.network.AnswerReader.HttpAnswer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.HttpException;

/**
 * Sends one request over one connection, which is closed after the answer. Redirects are answers
 * like others. Thread-safe.
 */
final class HttpSender {
    /** The contract's limit on the body of a request. */
    static final int MAX_BODY_BYTES = 1 << 20;

    private final Dialer dialer;
    private final Watchdog watchdog;
    private final SSLSocketFactory tls;

    HttpSender(Dialer dialer, Watchdog watchdog, SSLSocketFactory tls) {
        this.dialer = dialer;
        this.watchdog = watchdog;
        this.tls = tls;
    }

    /**
     * A request, as the contract has it.
     *
     * @param headers pairs as the canonical ABI lifts them
     */
    record HttpRequest(String method, String url, List<?> headers, byte[] body) {}

    /** Sends, and reads the answer, within the deadline. */
    HttpAnswer send(
            PluginRef plugin,
            HttpRequest request,
            AllowList allowed,
            Deadline deadline,
            int maxBodyBytes,
            CallBytes meter)
            throws HostFailure {
        Url url = Url.parse(request.url());
        if (request.body().length > MAX_BODY_BYTES) {
            throw new HostFailure(
                    Reason.LIMIT,
                    "a body of %d bytes is larger than %d"
                            .formatted(request.body().length, MAX_BODY_BYTES));
        }
        byte[] head =
                RequestHead.of(request.method(), url, request.headers(), request.body().length);
        try (Dialer.Line line = dialer.dial(plugin, url.target(), allowed, deadline);
                Watchdog.Watch watch = watchdog.watch(line.socket(), deadline)) {
            try {
                Socket socket = url.tls() ? secured(line) : line.socket();
                meter.count(head.length + request.body().length);
                OutputStream out = socket.getOutputStream();
                out.write(head);
                out.write(request.body());
                out.flush();
                InputStream in = new Metered(socket.getInputStream(), meter);
                return new AnswerReader(in, maxBodyBytes).read(request.method());
            } catch (WireLimitException e) {
                throw new HostFailure(Reason.LIMIT, url.target() + ": " + e.getMessage());
            } catch (HttpException | IOException e) {
                if (deadline.over()) {
                    throw Deadline.timeout(url.target() + " had not answered completely");
                }
                String what = e instanceof SSLException ? "TLS: " : "";
                throw new HostFailure(
                        Reason.FAILED,
                        url.target() + ": " + what + Quoted.of(String.valueOf(e.getMessage())));
            }
        }
    }

    /** TLS, with a certificate for the name that was asked for. */
    private SSLSocket secured(Dialer.Line line) throws IOException {
        NetworkTarget target = line.target();
        SSLSocket socket =
                (SSLSocket) tls.createSocket(line.socket(), target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Counts what comes towards the call's bytes. */
    private static final class Metered extends FilterInputStream {
        private final CallBytes meter;

        Metered(InputStream in, CallBytes meter) {
            super(in);
            this.meter = meter;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = super.read(bytes, offset, length);
            if (n > 0) {
                meter.count(n);
            }
            return n;
        }
    }
}
