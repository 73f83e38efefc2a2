package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What probes and scrapers may rely on. */
@TestMethodOrder(OrderAnnotation.class)
class HealthOverHttpTest {
    private static Host host;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        port = freePort();
        host = Host.fresh();
        host.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static HttpResponse<String> send(String method, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(20))
                        .method(method, BodyPublishers.noBody())
                        .build();
        // A client of its own: a connection that was closed after a bad request is not used again.
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .build()
                .send(request, BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return send("GET", path);
    }

    private static void listenHere() throws IOException {
        host.conf("http", "port = " + port + "\n");
        Await.until("it listens", () -> get("/live").statusCode() == 200);
    }

    @Test
    @Order(1)
    void nothingListensUntilAPortIsConfigured() throws Exception {
        assertThrows(ConnectException.class, () -> get("/live"));
        listenHere();
        host.conf("http", "host = 127.0.0.1\n");
        Await.until(
                "nothing listens without a port",
                () -> {
                    assertThrows(ConnectException.class, () -> get("/live"));
                    return true;
                });
        assertEquals("ready\n", host.exec("trinity:ready"));
        listenHere();
    }

    @Test
    @Order(2)
    void aHostThatIsUpIsLiveAndReadyAndTellsItsMetricsWithoutAnyPlugin() throws Exception {
        assertEquals("live", JSON.std.mapFrom(get("/live").body()).get("status"));
        HttpResponse<String> ready = get("/ready");
        assertEquals(200, ready.statusCode());
        assertEquals("ready", JSON.std.mapFrom(ready.body()).get("status"));
        String metrics = get("/metrics").body();
        for (String name :
                List.of(
                        "jvm_heap_used_bytes",
                        "jvm_threads",
                        "jvm_gc_collections_total",
                        "trinity_plugins",
                        "trinity_pipeline_done_total{pipeline=\"main\"}",
                        "trinity_pipeline_failed_total{pipeline=\"main\"}",
                        "trinity_pipeline_waiting{pipeline=\"main\"}",
                        "trinity_pipeline_oldest_waiting_seconds{pipeline=\"main\"}",
                        "trinity_pipeline_stuck{pipeline=\"main\"} 0.0",
                        "trinity_pipeline_state{pipeline=\"main\",state=\"")) {
            assertTrue(metrics.contains("\n" + name), () -> name + " is in " + metrics);
        }
    }

    @Test
    @Order(3)
    void whatPluginsDoIsInTheMetrics() throws Exception {
        host.sample("tokenizer");
        host.put("inbox/a.txt", "some words\n");
        host.summary("a.txt");
        String metrics = get("/metrics").body();
        for (String name :
                List.of("calls_total", "failures_total", "cpu_seconds_total", "memory_bytes")) {
            assertTrue(
                    metrics.contains("\ntrinity_plugin_" + name + "{plugin=\"tokenizer\"}"),
                    metrics);
        }
        assertTrue(metrics.contains("{plugin=\"tokenizer\",state=\"active\"} 1.0"), metrics);
    }

    @Test
    @Order(4)
    void onlyGetAndHeadOfThreePathsAreAnsweredAndNothingIsListed() throws Exception {
        for (String path : List.of("/", "/live/", "/LIVE", "/conf", "/metrics/x", "/%2e%2e/live")) {
            HttpResponse<String> answer = get(path);
            assertTrue(answer.statusCode() == 404 || answer.statusCode() == 400, path);
            assertFalse(answer.body().contains("\tat "), answer.body());
            assertFalse(answer.body().contains(host.home().toString()), answer.body());
        }
        for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PROPFIND")) {
            assertEquals(405, send(method, "/live").statusCode(), method);
        }
        HttpResponse<String> head = send("HEAD", "/ready");
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertFalse(head.headers().map().containsKey("server"), head.headers()::toString);
    }

    @Test
    @Order(5)
    void itIsReachedOnLoopbackOnly() throws Exception {
        for (NetworkInterface i : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(i.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThrows(
                            IOException.class,
                            () -> new Socket(address, port).close(),
                            address::toString);
                }
            }
        }
    }

    @Test
    @Order(6)
    void aPipelineThatIsStuckMakesTheHostNotReadyWithTheReasonAndNoLessLive() throws Exception {
        Files.move(host.path("outbox"), host.path("outbox-aside"));
        host.put("outbox", "no folder");
        host.put("inbox/b.txt", "words\n");
        Await.until("it is not ready", () -> get("/ready").statusCode() == 503);
        Map<String, Object> told = JSON.std.mapFrom(get("/ready").body());
        assertEquals("not ready", told.get("status"));
        assertTrue(
                told.get("reasons").toString().contains("pipeline main")
                        && told.get("reasons").toString().contains("STORE_FAILED"),
                told::toString);
        assertEquals(200, get("/live").statusCode());
        assertTrue(
                get("/metrics").body().contains("trinity_pipeline_stuck{pipeline=\"main\"} 1.0"));
        Files.delete(host.path("outbox"));
        Files.move(host.path("outbox-aside"), host.path("outbox"));
        Await.until("it is ready again", () -> get("/ready").statusCode() == 200);
    }

    @Test
    @Order(7)
    void aPortThatSomebodyHasIsToldInOneLineAndTakenWhenItIsFree() throws Exception {
        int before = port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            host.conf("http", "port = " + port + "\n");
            Await.until("it is told", () -> lines("port=" + port + ": ").size() == 1);
            assertEquals("ready\n", host.exec("trinity:ready"));
        }
        Await.until("it listens", () -> get("/live").statusCode() == 200);
        assertEquals(1, lines("port=" + port + ": ").size());
        assertThrows(
                IOException.class,
                () -> new Socket(InetAddress.getLoopbackAddress(), before).close());
    }

    private static List<String> lines(String text) throws IOException {
        return host.log()
                .lines()
                .filter(l -> l.contains("code=CONFIG_INVALID") && l.contains(text))
                .toList();
    }

    @Test
    @Order(8)
    void configurationOfWhichNobodyKnowsWhatItSaysLetsNothingPassAndMakesTheHostNotReady()
            throws Exception {
        listenHere();
        Await.until("it is ready", () -> get("/ready").statusCode() == 200);
        // As a full disk leaves them.
        host.conf("hooks", "");
        host.conf("pipeline-second", "");
        Await.until("it is not ready", () -> get("/ready").statusCode() == 503);
        String told = get("/ready").body();
        assertTrue(told.contains("conf/io.trinity.hooks.cfg: it is empty"), told);
        assertTrue(told.contains("conf/io.trinity.pipeline-second.cfg: it is empty"), told);
        String pipelines = host.exec("pipeline:list");
        assertTrue(
                pipelines.contains(
                        "pipeline second does not run: conf/io.trinity.pipeline-second.cfg"),
                pipelines);
        host.put("inbox/c.txt", "some words\n");
        Map<String, Object> summary = host.summary("c.txt");
        assertEquals("failed", summary.get("status"), summary::toString);
        assertTrue(summary.toString().contains("HOOK_REQUIRED"), summary::toString);

        host.conf("hooks", "# nothing is required\n");
        host.conf("pipeline-second", "# all by default\n");
        Await.until("it is ready again", () -> get("/ready").statusCode() == 200);
        host.put("inbox/d.txt", "some words\n");
        assertEquals("ok", host.summary("d.txt").get("status"));
    }
}
