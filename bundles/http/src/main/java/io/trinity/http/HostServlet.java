package io.trinity.http;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.http.Exposition.Body;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /live}, {@code /ready} and {@code /metrics}, by GET and HEAD; nothing else. Answers hold
 * no stack traces and no text of a request.
 */
final class HostServlet extends HttpServlet {
    /** What it tells. Thread-safe. */
    interface Facts {
        Liveness liveness();

        Readiness readiness();

        /** Metrics in a format that the client takes. */
        Body metrics(String accept) throws IOException;
    }

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(HostServlet.class);
    private static final int MAX_AT_ONCE = 4;
    private static final String METRICS = "/metrics";

    private final transient Facts facts;
    private final transient Semaphore turns = new Semaphore(MAX_AT_ONCE);
    private final transient Scrapes scrapes;

    HostServlet(Facts facts) {
        this.facts = facts;
        this.scrapes = new Scrapes(facts::metrics, System::nanoTime);
    }

    /** How many are being answered with metrics. */
    int scrapes() {
        return scrapes.now();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!isRead(request) || !request.getRequestURI().equals(METRICS)) {
            send(body(request), request, response);
            return;
        }
        try (Scrapes.Turn turn = scrapes.enter()) {
            if (turn == null) {
                response.setHeader("Retry-After", "1");
                send(tooMany(), request, response);
                return;
            }
            String accept = request.getHeader("Accept");
            send(guarded(() -> turn.body(accept == null ? "" : accept)), request, response);
        }
    }

    private static void send(Body body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(body.status());
        response.setContentType(body.contentType());
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (body.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
            response.setHeader("Allow", "GET, HEAD");
        }
        response.setContentLength(body.bytes().length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body.bytes());
        }
    }

    private static boolean isRead(HttpServletRequest request) {
        String method = request.getMethod();
        return method.equals("GET") || method.equals("HEAD");
    }

    private static Body tooMany() throws IOException {
        return problem(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "too many at once");
    }

    private Body body(HttpServletRequest request) throws IOException {
        if (!isRead(request)) {
            return problem(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "only GET and HEAD");
        }
        if (!turns.tryAcquire()) {
            return tooMany();
        }
        try {
            return guarded(() -> answer(request));
        } finally {
            turns.release();
        }
    }

    private interface Making {
        Body body() throws IOException;
    }

    private static Body guarded(Making making) throws IOException {
        try {
            return making.body();
        } catch (RuntimeException | Error e) {
            // Whoever asks learns that it failed; why is for the log.
            LOG.error("code=INTERNAL an answer over HTTP failed", e);
            return problem(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "see the log");
        }
    }

    private Body answer(HttpServletRequest request) throws IOException {
        switch (request.getRequestURI()) {
            case "/live" -> {
                Liveness live = facts.liveness();
                return json(live.isLive(), live.fields());
            }
            case "/ready" -> {
                Readiness ready = facts.readiness();
                return json(ready.isReady(), ready.fields());
            }
            default -> {
                return problem(
                        HttpServletResponse.SC_NOT_FOUND, "there are /live, /ready and /metrics");
            }
        }
    }

    private static Body json(boolean well, Map<String, Object> fields) throws IOException {
        return json(
                well ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                fields);
    }

    private static Body problem(int status, String text) throws IOException {
        return json(status, Map.of("error", text));
    }

    private static Body json(int status, Map<String, Object> fields) throws IOException {
        return new Body(
                status,
                "application/json",
                (JSON.std.asString(fields) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
