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

    private final transient Facts facts;
    private final transient Semaphore turns = new Semaphore(MAX_AT_ONCE);

    HostServlet(Facts facts) {
        this.facts = facts;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Body body = body(request);
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

    private Body body(HttpServletRequest request) throws IOException {
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return problem(HttpServletResponse.SC_METHOD_NOT_ALLOWED, "only GET and HEAD");
        }
        if (!turns.tryAcquire()) {
            return problem(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "too many at once");
        }
        try {
            return answer(request);
        } catch (RuntimeException | Error e) {
            // Whoever asks learns that it failed; why is for the log.
            LOG.error("code=INTERNAL an answer over HTTP failed", e);
            return problem(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "see the log");
        } finally {
            turns.release();
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
            case "/metrics" -> {
                String accept = request.getHeader("Accept");
                return facts.metrics(accept == null ? "" : accept);
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
