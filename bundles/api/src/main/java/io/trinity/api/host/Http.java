package io.trinity.api.host;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/** Interface {@code http}: requests to granted hosts. */
@ConsumerType
public interface Http extends HostInterface {
    /**
     * {@code record request}.
     *
     * @param body at most 1 MiB; not copied
     * @param timeoutMillis 0 to 4,294,967,295, from the start to the last byte
     */
    record Request(
            String method,
            String url,
            List<Chunk.Attribute> headers,
            byte[] body,
            long timeoutMillis) {
        public Request {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(url, "url");
            headers = List.copyOf(headers);
            Objects.requireNonNull(body, "body");
        }
    }

    /**
     * {@code record response}.
     *
     * @param status 0 to 65,535
     * @param body not copied
     */
    record Response(int status, List<Chunk.Attribute> headers, byte[] body) {
        public Response {
            headers = List.copyOf(headers);
            Objects.requireNonNull(body, "body");
        }
    }

    /**
     * Sends a request. Any status is an answer; redirects are not followed.
     *
     * @throws HostFailure DENIED, INVALID, LIMIT (the body), TIMEOUT, UNAVAILABLE (no connection),
     *     FAILED (not HTTP)
     */
    Response send(HostCall call, Request request) throws HostFailure;
}
