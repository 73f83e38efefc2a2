package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is to be guarded does not leave without its guard. */
class FailClosedTest {
    private static final String CARD = "4111 1111 1111 1111";

    private int files;

    /** Drops a file with a card's number and waits for its fate. */
    private Map<String, Object> fate(Host host) throws IOException {
        String name = "card" + files++ + ".txt";
        host.put("inbox/" + name, "card " + CARD);
        return host.summary(name);
    }

    private static void fails(Host host, Map<String, Object> summary, String code, String... words)
            throws IOException {
        assertEquals("failed", summary.get("status"), summary.toString());
        String error = summary.get("error").toString();
        for (String word : Stream.concat(Stream.of(code), Stream.of(words)).toList()) {
            assertTrue(error.contains(word), word + " in " + error);
        }
        assertNoCardIsOut(host);
    }

    private static void assertNoCardIsOut(Host host) throws IOException {
        for (String name : host.names("outbox")) {
            Path file = host.path("outbox/" + name);
            byte[] bytes = Files.readAllBytes(file);
            assertFalse(new String(bytes, StandardCharsets.UTF_8).contains(CARD), name);
        }
    }

    private static void eventually(Host host, String command, String words) {
        Await.until(command + " says: " + words, () -> host.exec(command).contains(words));
    }

    @Test
    void aFileDoesNotPassARequiredHookThatIsPausedDisabledOffOrGone() throws Exception {
        try (Host host = Host.fresh().start()) {
            host.sample("tokenizer").sample("redact");
            assertEquals("ok", fate(host).get("status"));
            assertNoCardIsOut(host);

            host.exec("plugin:pause redact");
            fails(
                    host,
                    fate(host),
                    "HOOK_REQUIRED",
                    "redact",
                    "post_chunk",
                    "plugin:resume redact");
            assertTrue(
                    host.exec("pipeline:status main").contains("post_chunk redact: it is paused"));
            host.exec("plugin:resume redact");

            host.exec("hook:disable redact post_chunk");
            fails(host, fate(host), "HOOK_REQUIRED", "hook:enable redact post_chunk");
            host.exec("hook:enable redact post_chunk");

            host.exec("plugin:unload redact");
            fails(host, fate(host), "HOOK_REQUIRED", "plugin:load redact");
            assertTrue(host.exec("hook:list").contains("required and not called"));
            host.stop().start();
            fails(host, fate(host), "HOOK_REQUIRED", "plugin:load redact");
            host.exec("plugin:load redact");
            assertEquals("ok", fate(host).get("status"));

            Files.delete(host.path("plugins/redact.wasm"));
            Await.until("it is gone", () -> host.plugin("redact").isEmpty());
            fails(host, fate(host), "HOOK_REQUIRED", "hook:forget redact");
            host.exec("hook:forget redact");
            Map<String, Object> unguarded = fate(host);
            assertEquals("ok", unguarded.get("status"));
            Files.delete(host.path("outbox/" + unguarded.get("output")));
            host.conf("hooks", "required = redact\n");
            host.awaitLog("plugin=redact, point=");
            fails(host, fate(host), "HOOK_REQUIRED", "there is no plugin of that name");
            Await.until("the log says so", () -> host.log().contains("code=HOOK_REQUIRED"));
            host.stop();
        }
    }

    @Test
    void anOptionalHookIsSkippedAndTheStatusSaysPartial() throws Exception {
        try (Host host = Host.fresh()) {
            Files.createDirectories(host.home());
            host.conf("hooks", "optional = redact\n").start();
            host.sample("redact");
            host.exec("plugin:pause redact");
            Map<String, Object> summary = fate(host);
            assertEquals("partial", summary.get("status"));
            assertTrue(summary.get("skipped").toString().contains("redact"), summary.toString());
            assertTrue(host.exec("pipeline:status main").contains("1 of them partial"));
            host.stop();
        }
    }

    @Test
    void aStageWhoseNameIsMisspeltHoldsTheFileUntilTheNameIsCorrected() throws Exception {
        try (Host host = Host.fresh()) {
            Files.createDirectories(host.home());
            host.conf("pipeline-main", "pipeline = main\nstages = tokeniser\n").start();
            host.sample("tokenizer");
            eventually(host, "pipeline:status main", "stage tokeniser: there is no plugin");
            Await.until(
                    "the log warns",
                    () -> host.log().contains("WARN") && host.log().contains("'tokeniser'"));
            host.put("inbox/a.txt", "Hello There");
            eventually(host, "pipeline:status main", "working on");
            assertFalse(Files.exists(host.path("outbox/a.txt")));
            host.conf("pipeline-main", "pipeline = main\nstages = tokenizer\n");
            assertEquals("ok", host.summary("a.txt").get("status"));
            assertTrue(host.read("outbox/a.txt").contains("hello"));
            host.stop();
        }
    }

    @Test
    void aFileDoesNotPassAStageThatIsPausedOffOrGone() throws Exception {
        try (Host host = Host.fresh()) {
            Files.createDirectories(host.home());
            host.conf(
                            "pipeline-main",
                            "pipeline = main\nstages = tokenizer\nmissingMillis = 500\n"
                                    + "onFailure = pass\n")
                    .start();
            host.sample("tokenizer");
            assertEquals("ok", fate(host).get("status"));
            // No guard is at work here.
            Files.delete(host.path("outbox/card0.txt"));

            host.exec("plugin:pause tokenizer");
            fails(host, fate(host), "STAGE_MISSING", "'main'", "tokenizer", "plugin:resume");
            host.exec("plugin:resume tokenizer");
            host.exec("plugin:unload tokenizer");
            fails(host, fate(host), "STAGE_MISSING", "plugin:load tokenizer");
            host.exec("plugin:load tokenizer");
            Files.delete(host.path("plugins/tokenizer.wasm"));
            Await.until("it is gone", () -> host.plugin("tokenizer").isEmpty());
            fails(host, fate(host), "STAGE_MISSING", "there is no plugin of that name");
            host.stop();
        }
    }

    @Test
    void whatSkipsAMissingStageSaysPartialAndNamesIt() throws Exception {
        try (Host host = Host.fresh()) {
            Files.createDirectories(host.home());
            host.conf(
                            "pipeline-main",
                            "pipeline = main\nstages = tokenizer, redcat\nonMissing = skip\n")
                    .start();
            host.sample("tokenizer");
            Map<String, Object> summary = fate(host);
            assertEquals("partial", summary.get("status"), summary.toString());
            assertTrue(summary.get("skipped").toString().contains("redcat"), summary.toString());
            host.awaitLog("status=partial");
            host.stop();
        }
    }
}
