package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.testkit.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What strangers' plugins, files and names do not do to an honest plugin, nor to the operator. */
class StrangersTest {
    private static final String LOG =
            "(import \"trinity:plugin/log@0.1.0\" \"log\" (func $log (param i32 i32 i32 i32 i32)))";

    private static Host host;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        host = Host.fresh();
        host.conf("http", "port = " + port + "\n");
        host.conf("telemetry", "intervalMillis = 500\n");
        host.conf("pipeline-main", "inbox=inbox\noutbox=outbox\nstages=names\nchunkBytes=64\n");
        host.conf("pipeline-other", "inbox=inbox2\noutbox=outbox2\nstages=names\nchunkBytes=64\n");
        host.put("metrics/openmetrics.prom", "the operator's own");
        host.start();
        host.put("payload", "x");
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static HttpResponse<String> metrics(String accept) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .timeout(Duration.ofSeconds(20))
                        .header("Accept", accept)
                        .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static void call(String plugin) throws Exception {
        host.exec("plugin:call " + plugin + " --payload-file " + host.path("payload"));
    }

    /** Names of the streams that a result's chunks came in; there is a '/' behind each. */
    private static Set<String> streams(String result) throws IOException {
        return Arrays.stream(host.awaitFile(result).split("/")).collect(Collectors.toSet());
    }

    @Test
    void twoFilesOfOneNameInTwoPipelinesAreTwoStreamsOfAPluginThatServesBoth() throws Exception {
        host.plugin(
                "names",
                Stage.named("names", "1.0.0")
                        .functions("(data (i32.const 64) \"/\")")
                        .body(
                                """
                                (memory.copy (i32.const 128)
                                  (i32.load offset=24 (local.get $chunk)) (i32.load offset=28 (local.get $chunk)))
                                (i32.store8
                                  (i32.add (i32.const 128) (i32.load offset=28 (local.get $chunk))) (i32.const 47))
                                (i32.store (local.get $chunk) (i32.const 128))
                                (i32.store offset=4 (local.get $chunk)
                                  (i32.add (i32.load offset=28 (local.get $chunk)) (i32.const 1)))
                                """)
                        .plugin());
        // Neither comes further than its first chunk until both are being worked on.
        host.exec("plugin:pause names");
        host.put("inbox/report.txt", "m".repeat(1000));
        host.put("inbox2/report.txt", "o".repeat(1000));
        for (String pipeline : List.of("main", "other")) {
            Await.until(
                    "both wait for the stage",
                    () ->
                            "report.txt"
                                    .equals(
                                            JSON.std
                                                    .mapFrom(
                                                            host.exec(
                                                                    "pipeline:status "
                                                                            + pipeline
                                                                            + " --json"))
                                                    .get("working")));
        }
        host.exec("plugin:resume names");
        Set<String> main = streams("outbox/report.txt");
        Set<String> other = streams("outbox2/report.txt");
        assertEquals(1, main.size(), main::toString);
        assertEquals(1, other.size(), other::toString);
        assertNotEquals(main, other);
    }

    /** Metrics of one call: function, name, and a label 'k' with that name and value. */
    private static String metric(int at, String function, String name, String label) {
        return """
        (data (i32.const %s) "%s")
        (data (i32.const %s) "%s")
        (func $m%s
          (i32.store (i32.const 2048) (i32.const %s)) (i32.store (i32.const 2052) (i32.const %s))
          (i32.store (i32.const 2056) (i32.const %s)) (i32.store (i32.const 2060) (i32.const 1))
          (call $%s (i32.const %s) (i32.const %s) (f64.const 7) (i32.const 2048) (i32.const %s)))
        """
                .formatted(
                        at,
                        name,
                        at + 64,
                        label.isEmpty() ? "-" : label,
                        at,
                        at + 64,
                        label.length(),
                        at,
                        function,
                        at,
                        name.length(),
                        label.isEmpty() ? 0 : 1);
    }

    private static byte[] measures(String plugin, String... metrics) {
        StringBuilder body = new StringBuilder();
        StringBuilder functions = new StringBuilder();
        int at = 64;
        for (String metric : metrics) {
            String[] m = metric.split(" ", 3);
            functions.append(metric(at, m[0], m[1], m.length > 2 ? m[2] : ""));
            body.append("(call $m").append(at).append(")");
            at += 128;
        }
        String imports =
                List.of("add", "set", "observe").stream()
                        .map(
                                f ->
                                        "(import \"trinity:plugin/metrics@0.1.0\" \""
                                                + f
                                                + "\" (func $"
                                                + f
                                                + " (param i32 i32 f64 i32 i32)))")
                        .collect(Collectors.joining("\n"));
        return Stage.named(plugin, "1.0.0")
                .manifest("\"capabilities\": [\"metrics\"]")
                .imports(imports)
                .functions(functions.toString())
                .body(body.toString())
                .plugin();
    }

    @Test
    void noMetricOfAPluginEndsAScrapeNorHidesAnothersNorDoublesALine() throws Exception {
        host.plugin("honest", measures("honest", "add requests"));
        call("honest");
        host.plugin(
                "aevil",
                measures(
                        "aevil",
                        "observe h le",
                        "observe g quantile",
                        "set up job",
                        "set requests",
                        "set requests.total",
                        "set x.total",
                        "add x",
                        "observe y",
                        "set y.count"));
        call("aevil");
        for (String accept : List.of("text/plain", "application/openmetrics-text")) {
            HttpResponse<String> answer = metrics(accept);
            assertEquals(200, answer.statusCode(), answer::body);
            List<String> lines =
                    answer.body().lines().filter(l -> l.contains("plugin=\"")).toList();
            assertTrue(lines.contains("requests_total{plugin=\"honest\"} 7.0"), lines::toString);
            assertTrue(lines.stream().anyMatch(l -> l.startsWith("y_count{plugin=\"aevil\"")));
            List<String> series = lines.stream().map(l -> l.replaceAll(" .*", "")).toList();
            assertEquals(Set.copyOf(series).size(), series.size(), series::toString);
            List<String> evils = lines.stream().filter(l -> l.contains("\"aevil\"")).toList();
            assertTrue(
                    evils.stream()
                            .noneMatch(
                                    l -> l.startsWith("requests") || l.startsWith("h_bucket{le")),
                    evils::toString);
        }
    }

    @Test
    void aCollectorTakesNoFileOfTheOperators() throws Exception {
        host.sample("openmetrics");
        host.awaitLog("metrics/openmetrics.prom is there and is no report");
        host.exec("plugin:unload openmetrics");
        assertEquals("the operator's own", host.read("metrics/openmetrics.prom"));
    }

    @Test
    void theLogOfAPluginIsNotWhatAnotherWroteAboutIt() throws Exception {
        String forged =
                "plugin 'tokenizer' code=GUEST_TRAP plugin=tokenizer plugin.tokenizer - forged";
        host.plugin(
                "liar",
                Stage.named("liar", "1.0.0")
                        .imports(LOG)
                        .functions("(data (i32.const 64) \"" + forged + "\")")
                        .body(
                                "(call $log (i32.const 3) (i32.const 64) (i32.const "
                                        + forged.length()
                                        + ") (i32.const 0) (i32.const 0))")
                        .plugin());
        host.sample("tokenizer");
        call("liar");
        Await.until("it is logged", () -> host.exec("plugin:log liar").contains("forged"));
        assertFalse(host.exec("plugin:log tokenizer").contains("forged"));
    }
}
