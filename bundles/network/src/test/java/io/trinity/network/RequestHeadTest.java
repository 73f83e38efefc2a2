package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.stream.Chunk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
    private static String head(String method, int body, String... headers) throws HostFailure {
        List<Chunk.Attribute> pairs = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            pairs.add(new Chunk.Attribute(headers[i], headers[i + 1]));
        }
        Url url = Url.parse("http://a.example:8080/x?y");
        return new String(RequestHead.of(method, url, pairs, body), StandardCharsets.ISO_8859_1);
    }

    @Test
    void saysWhereToAndHowLong() throws HostFailure {
        assertEquals(
                "POST /x?y HTTP/1.1\r\nHost: a.example:8080\r\nConnection: close\r\n"
                        + "Content-Length: 3\r\nAccept: */*\r\nX: a\tb\r\n\r\n",
                head("POST", 3, "Accept", "*/*", "X", " a\tb "));
    }

    @Test
    void aRequestThatHasABodySaysSoEvenIfItIsEmpty() throws HostFailure {
        assertEquals(
                "PUT /x?y HTTP/1.1\r\n"
                        + "Host: a.example:8080\r\n"
                        + "Connection: close\r\n"
                        + "Content-Length: 0\r\n\r\n",
                head("PUT", 0));
        assertEquals(
                "GET /x?y HTTP/1.1\r\nHost: a.example:8080\r\nConnection: close\r\n\r\n",
                head("GET", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "host",
                "Connection",
                "Content-Length",
                "TRANSFER-ENCODING",
                "TE",
                "Trailer",
                "Upgrade",
                "Keep-Alive",
                "Expect",
                "HTTP2-Settings",
                "Proxy-Authorization",
                "proxy-connection"
            })
    void framingAndDestinationAreTheHosts(String name) {
        failure(Reason.INVALID, () -> head("GET", 0, name, "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a:",
                "Host ",
                " Host",
                "a\r\nHost",
                "a\n",
                "a\u0000",
                "\u00fc",
                "(a)"
            })
    void namesAreTokens(String name) {
        failure(Reason.INVALID, () -> head("GET", 0, name, "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nHost: evil.example", "a\n", "\r", "a\u0000b", "\u00fc", "\u007f"})
    void valuesStayOnTheirLine(String value) {
        failure(Reason.INVALID, () -> head("GET", 0, "X", value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "get", "GET / HTTP/1.1\r\n", "G ET", "CONNECT", "\u0130", "-A"})
    void methodsAreWords(String method) {
        failure(Reason.INVALID, () -> head(method, 0));
    }

    @Test
    void headersAreAtMost64AndOf16KiB() throws HostFailure {
        Url url = Url.parse("http://a.example/");
        Chunk.Attribute pair = new Chunk.Attribute("X", "y");
        RequestHead.of("GET", url, Collections.nCopies(64, pair), 0);
        failure(Reason.LIMIT, () -> RequestHead.of("GET", url, Collections.nCopies(65, pair), 0));
        head("GET", 0, "X", "y".repeat(16_379));
        failure(Reason.LIMIT, () -> head("GET", 0, "X", "y".repeat(16_380)));
    }
}
