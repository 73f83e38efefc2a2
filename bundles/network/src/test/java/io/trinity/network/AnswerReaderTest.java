package io.trinity.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.host.Http;
import io.trinity.api.stream.Chunk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.hc.core5.http.HttpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnswerReaderTest {
    private static final int MOST = 1000;

    private static Http.Response read(String method, String text)
            throws IOException, HttpException {
        return new AnswerReader(stream(text), MOST).read(method);
    }

    private static Http.Response read(String text) throws IOException, HttpException {
        return read("GET", text);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A beginning, and then the same text for ever; counts what is taken. */
    private static InputStream endless(String beginning, String then, AtomicLong taken) {
        byte[] again = then.getBytes(StandardCharsets.ISO_8859_1);
        return new SequenceInputStream(
                stream(beginning),
                new InputStream() {
                    @Override
                    public int read() {
                        return again[(int) (taken.getAndIncrement() % again.length)];
                    }
                });
    }

    private static String body(Http.Response answer) {
        return new String(answer.body(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsABodyOfAKnownLength() throws Exception {
        Http.Response a =
                read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-A: \u00fc b\r\n\r\nabcdef");
        assertEquals(200, a.status());
        assertEquals("abc", body(a));
        assertEquals(new Chunk.Attribute("X-A", "\u00fc b"), a.headers().get(1));
    }

    @Test
    void readsChunks() throws Exception {
        assertEquals(
                "abcde",
                body(
                        read(
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nT: 1\r\n\r\n")));
    }

    @Test
    void readsToTheEndWhereNothingSaysHowLong() throws Exception {
        assertEquals("abc", body(read("HTTP/1.0 404 Not there\r\n\r\nabc")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"204", "304"})
    void someAnswersHaveNoBody(String status) throws Exception {
        assertEquals("", body(read("HTTP/1.1 " + status + " x\r\nContent-Length: 3\r\n\r\nabc")));
    }

    @Test
    void anAnswerToHeadHasNoBody() throws Exception {
        assertEquals("", body(read("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")));
    }

    @Test
    void noHeaderHasASecondLineHiddenInIt() throws Exception {
        Http.Response a = read("HTTP/1.0 200 OK\r\nA: b\u0000c\rHost: d\r\n\r\n");
        assertEquals(new Chunk.Attribute("A", "b c Host: d"), a.headers().get(0));
    }

    @Test
    void interimAnswersAreSkippedUpToEight() throws Exception {
        String interim = "HTTP/1.1 103 Early\r\nA: b\r\n\r\n";
        String last = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        assertEquals(200, read(interim.repeat(8) + last).status());
        assertThrows(HttpException.class, () -> read(interim.repeat(9) + last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "ICY 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 -20 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\u001b[2Jc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA B: b\r\n\r\n",
                "HTTP/1.1 200 OK\r\n"
                        + "Content-Length: 1\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nabc"
            })
    void whatIsNotHttpIsRefused(String text) {
        assertThrows(HttpException.class, () -> read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"
            })
    void halfAnAnswerIsNone(String text) {
        assertThrows(IOException.class, () -> read(text));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
        AtomicLong taken = new AtomicLong();
        InputStream in = endless("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", "x", taken);
        assertThrows(WireLimitException.class, () -> new AnswerReader(in, MOST).read("GET"));
        assertEquals(0, taken.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n|x", // a body without end
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n|3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "|1;extension=0123456789\r\n"
                        + "a\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff;|x", // an extension
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n|T: x\r\n", // trailers
                "HTTP/1.1 200 OK\r\n|A: b\r\n", // headers
                "HTTP/1.1 200 OK\r\nA: b\r\n| c\r\n", // one folded header
                "HTTP/1.1 200 OK\r\nA: |b", // one line
                "|H", // a status line
                "|\r\n", // empty lines
                "|HTTP/1.1 100 Continue\r\n\r\n"
            })
    void nothingIsEndless(String text) {
        AtomicLong taken = new AtomicLong();
        int bar = text.indexOf('|');
        InputStream in = endless(text.substring(0, bar), text.substring(bar + 1), taken);
        Exception e = assertThrows(Exception.class, () -> new AnswerReader(in, MOST).read("GET"));
        assertTrue(e instanceof IOException || e instanceof HttpException, e.toString());
        assertTrue(taken.get() < 100_000, "took " + taken);
    }

    @Test
    void aHeadHas64KibibytesWhateverItsLines() throws Exception {
        String oneLine = "HTTP/1.1 200 OK\r\nLink: " + "a".repeat(60_000) + "\r\n";
        assertEquals(60_000, read(oneLine + "\r\n").headers().get(0).value().length());
        String many = "HTTP/1.1 200 OK\r\n" + "Set-Cookie: a=b\r\n".repeat(3000);
        assertEquals(3000, read(many + "\r\n").headers().size());
    }

    @Test
    void aLargerHeadIsALimitThatSaysSo() {
        String tooLong = "HTTP/1.1 200 OK\r\nLink: " + "a".repeat(66_000) + "\r\n\r\n";
        String why = assertThrows(WireLimitException.class, () -> read(tooLong)).getMessage();
        assertEquals("the head of the answer is larger than 65536 bytes", why);
        String tooMany = "HTTP/1.1 200 OK\r\n" + "A: b\r\n".repeat(12_000) + "\r\n";
        assertThrows(WireLimitException.class, () -> read(tooMany));
    }

    @Test
    void manyLongHeadersAreCutOffByTheirSum() {
        AtomicLong taken = new AtomicLong();
        InputStream in = endless("HTTP/1.1 200 OK\r\n", "A: " + "b".repeat(8000) + "\r\n", taken);
        assertThrows(WireLimitException.class, () -> new AnswerReader(in, MOST).read("GET"));
        assertTrue(taken.get() <= 65_536, "took " + taken);
    }

    @Test
    void framingIsCutOffByItsSum() {
        AtomicLong taken = new AtomicLong();
        String chunk = "1;" + "e".repeat(7000) + "\r\na\r\n";
        InputStream in =
                endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk, taken);
        assertThrows(WireLimitException.class, () -> new AnswerReader(in, MOST).read("GET"));
        assertTrue(taken.get() <= 2 * 65_536, "took " + taken);
    }

    @Test
    void aBodyAtTheLimitPasses() throws Exception {
        String body = "x".repeat(MOST);
        assertEquals(body, body(read("HTTP/1.1 200 OK\r\n\r\n" + body)));
        assertThrows(WireLimitException.class, () -> read("HTTP/1.1 200 OK\r\n\r\nx" + body));
    }

    @Property
    void anyBytesAreAnAnswerOrARefusal(
            @ForAll @IntRange(max = 4) int beginning, @ForAll @Size(max = 200) byte[] bytes) {
        String[] beginnings = {
            "",
            "HTTP/1.1 ",
            "HTTP/1.1 200 OK\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        };
        String text = beginnings[beginning] + new String(bytes, StandardCharsets.ISO_8859_1);
        try {
            Http.Response a = read(text);
            assertTrue(a.status() >= 200 && a.status() <= 999);
            assertTrue(a.body().length <= MOST);
        } catch (IOException | HttpException e) {
            // refused
        }
    }

    @Example
    void wordsOfHttpInAnyOrderAreAnAnswerOrARefusal() {
        String[] words = {
            "HTTP/1.1 200 OK\r\n",
            "Content-Length",
            ": ",
            "5",
            "\r\n",
            "chunked",
            "0\r\n",
            "\r\n\r\n",
            "Transfer-Encoding",
            ",",
            " ",
            "\t",
            ";",
            "\"",
            "-1",
            "99999999999999999999",
            "\u0000"
        };
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\n");
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(words[random.nextInt(words.length)]);
            }
            try {
                read(text.toString());
            } catch (IOException | HttpException e) {
                // refused
            }
        }
    }
}
