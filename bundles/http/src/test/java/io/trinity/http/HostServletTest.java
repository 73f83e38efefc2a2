package io.trinity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.http.Exposition.Body;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostServletTest {
    private final FakeFacts facts = new FakeFacts();
    private final HostServlet servlet = new HostServlet(facts);

    /** All is well, until a test says otherwise. */
    private static final class FakeFacts implements HostServlet.Facts {
        Runnable meanwhile = () -> {};
        Runnable meanwhileMetrics = () -> {};
        final AtomicInteger made = new AtomicInteger();

        @Override
        public Liveness liveness() {
            meanwhile.run();
            return new Liveness(List.of());
        }

        @Override
        public Readiness readiness() {
            return Readiness.of(Optional.of("plugins are being loaded"), List.of(), List.of());
        }

        @Override
        public Body metrics(String accept) {
            made.incrementAndGet();
            meanwhileMetrics.run();
            return new Body(200, "text/plain", "m 1\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Answer(int status, Map<String, String> headers, int length, String body) {}

    private Answer ask(String method, String path) throws IOException {
        HttpServletRequest request =
                fake(
                        HttpServletRequest.class,
                        (name, words) ->
                                switch (name) {
                                    case "getMethod" -> method;
                                    case "getRequestURI" -> path;
                                    case "getHeader" -> null;
                                    default -> throw new UnsupportedOperationException(name);
                                });
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Map<String, String> headers = new TreeMap<>();
        int[] numbers = new int[2];
        HttpServletResponse response =
                fake(
                        HttpServletResponse.class,
                        (name, words) -> {
                            switch (name) {
                                case "setStatus" -> numbers[0] = (int) words[0];
                                case "setContentLength" -> numbers[1] = (int) words[0];
                                case "setContentType" ->
                                        headers.put("Content-Type", (String) words[0]);
                                case "setHeader" ->
                                        headers.put((String) words[0], (String) words[1]);
                                case "getOutputStream" -> {
                                    return stream(body);
                                }
                                default -> throw new UnsupportedOperationException(name);
                            }
                            return null;
                        });
        servlet.service(request, response);
        return new Answer(numbers[0], headers, numbers[1], body.toString(StandardCharsets.UTF_8));
    }

    private interface Call {
        Object of(String name, Object[] words);
    }

    private static <T> T fake(Class<T> type, Call call) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, words) -> call.of(method.getName(), words)));
    }

    private static ServletOutputStream stream(ByteArrayOutputStream to) {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int b) {
                to.write(b);
            }
        };
    }

    @Test
    void threePathsAreAnsweredAndNothingElse() throws IOException {
        Answer live = ask("GET", "/live");
        assertEquals(200, live.status());
        assertEquals("{\"status\":\"live\",\"reasons\":[]}\n", live.body());
        assertEquals("nosniff", live.headers().get("X-Content-Type-Options"));
        assertEquals("no-store", live.headers().get("Cache-Control"));
        assertEquals(503, ask("GET", "/ready").status());
        assertEquals("m 1\n", ask("GET", "/metrics").body());
        for (String path : List.of("/", "/live/", "/../live", "/<script>")) {
            Answer none = ask("GET", path);
            assertEquals(404, none.status(), path);
            assertFalse(none.body().contains("script"), none.body());
        }
    }

    @Test
    void headHasTheLengthAndNoBody() throws IOException {
        Answer head = ask("HEAD", "/metrics");
        assertEquals(200, head.status());
        assertEquals(4, head.length());
        assertEquals("", head.body());
    }

    @Test
    void whatWouldChangeSomethingIsNotAllowed() throws IOException {
        for (String method : List.of("POST", "PUT", "DELETE", "TRACE", "get")) {
            Answer refused = ask(method, "/live");
            assertEquals(405, refused.status(), method);
            assertEquals("GET, HEAD", refused.headers().get("Allow"), method);
        }
    }

    @Test
    void aFailureIsForTheLogAndTheNextAskerIsAnswered() throws IOException {
        facts.meanwhile =
                () -> {
                    throw new IllegalStateException("a secret");
                };
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    new Answer(
                            500,
                            Map.of(
                                    "Cache-Control",
                                    "no-store",
                                    "Content-Type",
                                    "application/json",
                                    "X-Content-Type-Options",
                                    "nosniff"),
                            24,
                            "{\"error\":\"see the log\"}\n"),
                    ask("GET", "/live"));
        }
        facts.meanwhile = () -> {};
        assertEquals(200, ask("GET", "/live").status());
    }

    @Test
    void oneMoreThanFourAtOnceIsSentAwayAndLaterAnswered() throws Exception {
        CountDownLatch inside = new CountDownLatch(4);
        CountDownLatch go = new CountDownLatch(1);
        facts.meanwhile =
                () -> {
                    inside.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Answer>> four = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                four.add(threads.submit(() -> ask("GET", "/live")));
            }
            inside.await();
            Answer fifth = ask("GET", "/ready");
            assertEquals(503, fifth.status());
            assertTrue(fifth.body().contains("too many at once"), fifth.body());
            go.countDown();
            for (Future<Answer> one : four) {
                assertEquals(200, one.get().status());
            }
            assertEquals(200, ask("GET", "/live").status());
        } finally {
            go.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void whoAsksForMetricsWhileTheyAreMadeSharesThemAndTooManyComeLater() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        facts.meanwhileMetrics = () -> waitFor(go);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Answer>> four = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                four.add(threads.submit(() -> ask("GET", "/metrics")));
            }
            // One that gets a turn waits for go, so it must not ask before all four have theirs.
            while (servlet.scrapes() < 4) {
                Thread.onSpinWait();
            }
            Answer tooMany = ask("GET", "/metrics");
            assertEquals(503, tooMany.status());
            assertEquals("1", tooMany.headers().get("Retry-After"));
            assertEquals(200, ask("GET", "/live").status(), "others are not held up");
            go.countDown();
            for (Future<Answer> one : four) {
                assertEquals("m 1\n", one.get().body());
            }
            assertEquals(1, facts.made.get());
            assertEquals(200, ask("GET", "/metrics").status());
            assertEquals(2, facts.made.get(), "none is kept once nobody is answered");
        } finally {
            go.countDown();
            threads.shutdownNow();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void metricsThatFailAreMadeAnewForTheNext() throws IOException {
        facts.meanwhileMetrics =
                () -> {
                    throw new IllegalStateException("a secret");
                };
        for (int i = 0; i < 20; i++) {
            assertEquals(500, ask("GET", "/metrics").status());
        }
        facts.meanwhileMetrics = () -> {};
        assertEquals(200, ask("GET", "/metrics").status());
    }
}
