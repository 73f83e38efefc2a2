package io.trinity.network;

import io.trinity.api.host.Http;
import io.trinity.api.stream.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.MessageSupport;

/**
 * Reads one HTTP/1.1 answer from a stream that a stranger writes. Parsing is HttpCore's; limits and
 * refusals are here. Bodies come as they are: nothing is decompressed.
 *
 * <p>Source: RFC 9112.
 */
final class AnswerReader {
    private static final int BUFFER_BYTES = 8192;
    private static final int HEAD_BYTES = 65_536;

    /** A head is bounded as a whole; the parser's own limits are past that. */
    private static final int MAX_LINE = 2 * HEAD_BYTES;

    private static final int MAX_HEADERS = HEAD_BYTES;

    private static final int MAX_INTERIM = 8;
    private static final int FIRST_FINAL = 200;
    private static final int SWITCHING = 101;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern TEXT = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Http1Config LIMITS =
            Http1Config.custom()
                    .setBufferSize(BUFFER_BYTES)
                    .setMaxLineLength(MAX_LINE)
                    .setMaxHeaderCount(MAX_HEADERS)
                    .setMaxEmptyLineCount(1)
                    .build();

    private final WireStream wire;
    private final int maxBodyBytes;
    private final SessionInputBufferImpl buffer =
            new SessionInputBufferImpl(BUFFER_BYTES, MAX_LINE);

    /**
     * @param maxBodyBytes most bytes of the body; the wire may carry twice that with its framing
     */
    AnswerReader(InputStream in, int maxBodyBytes) {
        this.wire = new WireStream(in);
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Reads until the answer is complete. Its headers are as they came.
     *
     * @param method of the request: an answer to HEAD has no body
     * @throws WireLimitException for a body, or a head, that is too large
     * @throws HttpException when it is not HTTP
     * @throws IOException when it ends too early, and for troubles of the stream
     */
    Http.Response read(String method) throws IOException, HttpException {
        wire.allow(
                HEAD_BYTES, "the head of the answer is larger than %s bytes".formatted(HEAD_BYTES));
        ClassicHttpResponse head = finalHead();
        List<Chunk.Attribute> headers = new ArrayList<>();
        for (Header h : head.getHeaders()) {
            String value = String.valueOf(h.getValue());
            if (!TOKEN.matcher(h.getName()).matches() || !TEXT.matcher(value).matches()) {
                throw new ProtocolException("a header has characters that no header has");
            }
            headers.add(new Chunk.Attribute(h.getName(), value));
        }
        wire.allow(2L * maxBodyBytes + HEAD_BYTES, "the answer does not end");
        byte[] body = MessageSupport.canResponseHaveBody(method, head) ? body(head) : new byte[0];
        return new Http.Response(head.getCode(), headers, body);
    }

    /** The first head that is not an interim one. */
    private ClassicHttpResponse finalHead() throws IOException, HttpException {
        DefaultHttpResponseParser parser = new DefaultHttpResponseParser(LIMITS);
        for (int i = 0; i <= MAX_INTERIM; i++) {
            ClassicHttpResponse head = parser.parse(buffer, wire);
            if (head == null || wire.ended()) {
                throw new IOException("the other side closed before the head was complete");
            }
            if (head.getCode() < 100 || head.getCode() == SWITCHING) {
                throw new ProtocolException("status " + head.getCode() + " was not asked for");
            }
            if (head.getCode() >= FIRST_FINAL) {
                return head;
            }
        }
        throw new ProtocolException("more than " + MAX_INTERIM + " interim answers");
    }

    private byte[] body(ClassicHttpResponse head) throws IOException, HttpException {
        if (head.containsHeader(HttpHeaders.TRANSFER_ENCODING)
                && head.containsHeader(HttpHeaders.CONTENT_LENGTH)) {
            throw new ProtocolException("both Content-Length and Transfer-Encoding");
        }
        long length = DefaultContentLengthStrategy.INSTANCE.determineLength(head);
        if (length > maxBodyBytes) {
            throw tooLarge();
        }
        if (length == ContentLengthStrategy.CHUNKED) {
            // Never closed: that would read on to the end of a stranger's stream.
            byte[] body = drain(new ChunkedInputStream(buffer, wire, LIMITS));
            if (wire.ended()) {
                throw new IOException("the other side closed before the last chunk");
            }
            return body;
        }
        return length >= 0
                ? drain(new ContentLengthInputStream(buffer, wire, length))
                : drain(new IdentityInputStream(buffer, wire));
    }

    private byte[] drain(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[BUFFER_BYTES];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            if (body.size() + n > maxBodyBytes) {
                throw tooLarge();
            }
            body.write(piece, 0, n);
        }
        return body.toByteArray();
    }

    private WireLimitException tooLarge() {
        return new WireLimitException("the body is larger than " + maxBodyBytes + " bytes");
    }
}
