package io.trinity.network;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.stream.Chunk;
import io.trinity.api.text.Escaped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The head of a request. Where a message begins and ends, and to whom it goes, is the host's: a
 * guest cannot smuggle a second request into one. Pure.
 */
final class RequestHead {
    private static final int MAX_HEADERS = 64;
    private static final int MAX_CHARACTERS = 16_384;
    private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,19}");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");
    private static final Set<String> BODIED = Set.of("POST", "PUT", "PATCH");
    private static final Set<String> OF_THE_HOST =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "transfer-encoding",
                    "te",
                    "trailer",
                    "upgrade",
                    "keep-alive",
                    "expect",
                    "http2-settings");

    private RequestHead() {}

    /**
     * The head's bytes.
     *
     * @throws HostFailure INVALID for a method or header that is malformed or the host's; LIMIT for
     *     too many
     */
    static byte[] of(String method, Url url, List<Chunk.Attribute> headers, int bodyBytes)
            throws HostFailure {
        if (!METHOD.matcher(method).matches() || method.equals("CONNECT")) {
            throw new HostFailure(
                    Reason.INVALID,
                    "'%s' is no method that is served".formatted(Escaped.brief(method)));
        }
        if (headers.size() > MAX_HEADERS) {
            throw new HostFailure(
                    Reason.LIMIT,
                    "%s headers are more than %s".formatted(headers.size(), MAX_HEADERS));
        }
        StringBuilder head = new StringBuilder();
        line(head, method + " " + url.path() + " HTTP/1.1");
        line(head, "Host: " + url.authority());
        line(head, "Connection: close");
        if (bodyBytes > 0 || BODIED.contains(method)) {
            line(head, "Content-Length: " + bodyBytes);
        }
        int before = head.length();
        for (Chunk.Attribute header : headers) {
            line(head, header(header.name(), header.value()));
        }
        if (head.length() - before > MAX_CHARACTERS) {
            throw new HostFailure(
                    Reason.LIMIT, "the headers are longer than " + MAX_CHARACTERS + " characters");
        }
        line(head, "");
        return head.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String header(String name, String value) throws HostFailure {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new HostFailure(
                    Reason.INVALID, "'%s' is no name of a header".formatted(Escaped.brief(name)));
        }
        if (OF_THE_HOST.contains(lower) || lower.startsWith("proxy-")) {
            throw new HostFailure(
                    Reason.INVALID, "header %s is the host's; leave it out".formatted(lower));
        }
        if (!VALUE.matcher(value).matches()) {
            throw new HostFailure(
                    Reason.INVALID,
                    "the value of header %s has characters other than printable ASCII"
                            .formatted(lower));
        }
        return name + ": " + value.trim();
    }

    private static void line(StringBuilder head, String text) {
        head.append(text).append("\r\n");
    }
}
