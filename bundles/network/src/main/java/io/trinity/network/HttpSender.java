package io.trinity.network;

import io.trinity.api.config.Places;
import io.trinity.api.host.Http;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import io.trinity.api.text.Escaped;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
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

    /** From this status on, an answer means that no more of the request is wanted. */
    private static final int REFUSALS = 300;

    private static final String UNTRUSTED =
            "; nobody whom the host trusts vouches for its certificate: where it is of a private"
                    + " CA, name that one's file in trustedCertificates in ";

    private final Dialer dialer;
    private final Watchdog watchdog;
    private final Supplier<SSLSocketFactory> tls;
    private final Supplier<Proxy> proxy;
    private final ExecutorService uploads =
            Executors.newCachedThreadPool(
                    r -> {
                        Thread t = new Thread(r, "trinity-network-upload");
                        t.setDaemon(true);
                        return t;
                    });

    HttpSender(
            Dialer dialer,
            Watchdog watchdog,
            Supplier<SSLSocketFactory> tls,
            Supplier<Proxy> proxy) {
        this.dialer = dialer;
        this.watchdog = watchdog;
        this.tls = tls;
        this.proxy = proxy;
    }

    /** Sends, and reads the answer, within the deadline. */
    Http.Response send(
            PluginRef plugin,
            Http.Request request,
            AllowList allowed,
            Deadline deadline,
            int maxBodyBytes,
            CallBytes meter)
            throws HostFailure {
        Url url = Url.parse(request.url());
        if (request.body().length > MAX_BODY_BYTES) {
            throw new HostFailure(
                    Reason.LIMIT,
                    "a body of %s bytes is larger than %s"
                            .formatted(request.body().length, MAX_BODY_BYTES));
        }
        Proxy by = proxy.get();
        NetworkTarget via = by.serves(url.target(), allowed) ? by.address() : null;
        byte[] head =
                RequestHead.of(
                        request.method(),
                        via != null && !url.tls() ? url.absolute() : url,
                        request.headers(),
                        request.body().length);
        try (Dialer.Line line =
                        via == null
                                ? dialer.dial(plugin, url.target(), allowed, deadline)
                                : dialer.dialProxy(plugin, url.target(), via, allowed, deadline);
                Watchdog.Watch watch = watchdog.watch(line.socket(), deadline)) {
            try {
                if (via != null && url.tls()) {
                    Tunnel.open(line.socket(), url.target());
                }
                Socket socket = url.tls() ? secured(line) : line.socket();
                meter.count(head.length + request.body().length);
                Upload upload =
                        Upload.begin(uploads, socket.getOutputStream(), head, request.body());
                InputStream in = new Metered(socket.getInputStream(), meter);
                Http.Response answer;
                try {
                    answer = new AnswerReader(in, maxBodyBytes).read(request.method());
                } catch (IOException e) {
                    IOException unsent = upload.failure();
                    if (unsent == null || e instanceof WireLimitException) {
                        throw e;
                    }
                    throw new IOException(
                            "it closed before it had the whole request, and did not answer", e);
                }
                if (answer.status() < REFUSALS) {
                    upload.await(deadline);
                }
                return answer;
            } catch (WireLimitException e) {
                throw new HostFailure(Reason.LIMIT, url.target() + ": " + e.getMessage());
            } catch (HttpException | IOException e) {
                if (deadline.over()) {
                    throw Deadline.timeout(url.target() + " had not answered completely");
                }
                String what = e instanceof SSLException ? "TLS: " : "";
                throw new HostFailure(
                        Reason.FAILED,
                        url.target()
                                + ": "
                                + what
                                + Escaped.brief(String.valueOf(e.getMessage()))
                                + (isUntrusted(e)
                                        ? UNTRUSTED + Places.of(NetworkSettings.PID)
                                        : ""));
            }
        }
    }

    private static boolean isUntrusted(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    /** Ends the threads; what is being sent fails when its connection is closed. */
    void close() {
        uploads.shutdownNow();
    }

    /** TLS, with a certificate for the name that was asked for. */
    private SSLSocket secured(Dialer.Line line) throws IOException {
        NetworkTarget target = line.target();
        SSLSocket socket =
                (SSLSocket)
                        tls.get().createSocket(line.socket(), target.host(), target.port(), true);
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
