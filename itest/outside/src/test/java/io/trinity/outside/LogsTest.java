package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What one may rely on of the log and of the audit log. */
@TestMethodOrder(OrderAnnotation.class)
class LogsTest {
    private static Host host;

    /** Lines that the fixture logs at each call. */
    private static final int FLOOD = 500;

    /** Of them so many are written in a second. */
    private static final int LOG_LINES = 100;

    private static final int RELOADS = 20;

    private static final String USER = System.getProperty("user.name");

    @BeforeAll
    static void start() throws Exception {
        host = Host.fresh();
        host.start();
        host.plugin("noise", fixture("noise"));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static byte[] fixture(String name) throws IOException {
        return Files.readAllBytes(Path.of(System.getProperty("trinity.fixtures"), name + ".wasm"));
    }

    private static Said call(String payload) throws Exception {
        host.put("payload", payload);
        return host.tryExec("plugin:call noise --payload-file " + host.path("payload"));
    }

    private static List<String> pluginLog() throws Exception {
        return host.exec("plugin:log noise -n 10000").lines().toList();
    }

    private static long count(List<String> lines, String text) {
        return lines.stream().filter(l -> l.contains(text)).count();
    }

    private static int dropped(List<String> lines) {
        return lines.stream()
                .filter(l -> l.contains(" lines were dropped: "))
                .mapToInt(l -> Integer.parseInt(l.replaceAll(".* - (\\d+) lines were.*", "$1")))
                .sum();
    }

    private static List<String> audit(String text) throws IOException {
        return host.read("log/audit.log").lines().filter(l -> l.contains(text)).toList();
    }

    @Test
    @Order(1)
    void anErrorSurvivesAFloodAndWhatWasDroppedIsToldWithoutAnotherLine() throws Exception {
        assertEquals(0, call("a flood").code());
        // A second may end within the flood: then another hundred may be written.
        Await.until(
                "each line is written, or told as dropped",
                () -> {
                    List<String> now = pluginLog();
                    return count(now, "plugin.noise - a flood") + dropped(now) == FLOOD;
                });
        List<String> lines = pluginLog();
        assertTrue(dropped(lines) >= FLOOD / 2, lines::toString);
        assertEquals(1, count(lines, "ERROR plugin.noise - the one line that matters"));
    }

    @Test
    @Order(2)
    void theLinesBeforeATrapAreThereAndTheTrapIsToldWhoeverCalled() throws Exception {
        assertEquals(1, call("x-command").code());
        host.put("inbox/x.txt", "x-pipeline");
        assertEquals("failed", host.summary("x.txt").get("status"));
        Await.until(
                "both traps are told",
                () -> count(pluginLog(), "function=process code=GUEST_TRAP") >= 2);
        List<String> lines = pluginLog();
        for (String of : List.of("x-command", "x-pipeline")) {
            // In the same second there may be none left of the hundred; the last twenty are.
            assertTrue(count(lines, "plugin.noise - " + of) >= 20, () -> of + " in " + lines);
        }
    }

    @Test
    @Order(3)
    void aFloodOfFaultsIsALineASecondWithTheNumberInBetween() throws Exception {
        long before = count(pluginLog(), "code=GUEST_TRAP more=");
        for (int i = 0; i < 12; i++) {
            host.put("inbox/x" + i + ".txt", "x");
        }
        for (int i = 0; i < 12; i++) {
            host.summary("x" + i + ".txt");
        }
        Await.until(
                "all of them are told or counted",
                () ->
                        pluginLog().stream()
                                        .filter(l -> l.contains("code=GUEST_TRAP more="))
                                        .skip(before)
                                        .mapToInt(
                                                l ->
                                                        1
                                                                + Integer.parseInt(
                                                                        l.replaceAll(
                                                                                ".* more=(\\d+) .*",
                                                                                "$1")))
                                        .sum()
                                == 12);
    }

    /** The right to lines is the plugin's, and not that of each generation of it. */
    @Test
    @Order(4)
    void aReloadGivesNoFreshRightToLines() throws Exception {
        int before = ((Number) host.plugin("noise").get("generation")).intValue();
        int droppedBefore = dropped(pluginLog());
        host.put("payload", "once more");
        String both =
                "plugin:call noise --payload-file "
                        + host.path("payload")
                        + "; plugin:reload noise; ";
        host.exec(both.repeat(RELOADS));
        int after = ((Number) host.plugin("noise").get("generation")).intValue();
        assertTrue(after >= before + RELOADS, before + " to " + after);
        Await.until(
                "each line is written, or told as dropped",
                () -> {
                    List<String> now = pluginLog();
                    return count(now, "plugin.noise - once more") + dropped(now) - droppedBefore
                            == FLOOD * RELOADS;
                });
        List<Instant> written =
                pluginLog().stream()
                        .filter(l -> l.contains("plugin.noise - once more"))
                        .map(l -> Instant.parse(l.split(" ")[0]))
                        .toList();
        assertFalse(written.isEmpty());
        long seconds =
                Duration.between(written.get(0), written.get(written.size() - 1)).toSeconds();
        // The first second and the last one are cut.
        assertTrue(
                written.size() <= LOG_LINES * (seconds + 2),
                () -> written.size() + " lines in " + seconds + " s");
    }

    @Test
    @Order(5)
    void theAuditLogHasEachChangeOfThePolicyAndWhoMadeIt() throws Exception {
        host.put(
                "plugins/weather.wasm",
                Files.readAllBytes(Host.checkout().resolve("plugins/demo/weather.wasm")));
        Await.until(
                "the refusal at the load is there",
                () -> audit("event=load.refused plugin=weather").size() >= 1);
        assertTrue(
                audit("event=load.refused plugin=weather")
                        .get(0)
                        .contains("code=CAPABILITY_DENIED"));
        host.exec("plugin:grant weather network 127.0.0.1:9");
        assertEquals(1, audit("event=grant plugin=weather capability=network").size());
        assertTrue(
                audit("event=grant plugin=weather").get(0).endsWith(" by=user:" + USER),
                audit("event=grant")::toString);
        assertEquals(1, audit("event=scope plugin=weather").size());
        host.conf("plugin-noise", "deny = network\nlogLines = 77\n");
        Await.until(
                "what a file denies is there",
                () -> audit("event=deny plugin=noise capability=network").size() == 1);
        assertTrue(
                audit("event=limit plugin=noise key=logLines was=100 now=77")
                        .get(0)
                        .endsWith(" by=file:conf/io.trinity.plugin-noise.cfg"),
                audit("event=limit")::toString);
        host.exec("plugin:revoke weather network");
        assertTrue(audit("event=revoke plugin=weather").get(0).endsWith(" by=user:" + USER));
        assertEquals(1, host.tryExec("plugin:grant noise network 127.0.0.1:9").code());
        assertTrue(
                audit("event=grant.refused plugin=noise").get(0).contains("CAPABILITY_UNDECLARED"));
    }

    @Test
    @Order(6)
    void theAuditLogHasWhatCommandsDidAndNobodyCanForgeALine() throws Exception {
        host.exec("plugin:pause noise");
        host.exec("plugin:resume noise");
        host.exec("plugin:unload noise");
        host.exec("plugin:load noise");
        host.sample("redact");
        host.exec("hook:disable redact post_chunk");
        host.exec("storage:put 'k by=user:nobody\nevent=grant plugin=all' v");
        for (String event :
                List.of(
                        "paused",
                        "resumed",
                        "unloaded",
                        "loaded",
                        "hook.disabled",
                        "storage.put")) {
            List<String> lines = audit("event=" + event + " ");
            // The folder's own look may be sooner than a command that loads what was dropped there.
            assertTrue(
                    lines.stream().anyMatch(l -> l.endsWith(" by=user:" + USER)), lines::toString);
        }
        String all = host.read("log/audit.log");
        assertFalse(all.contains("\nevent=grant plugin=all"), all);
        assertTrue(all.contains("key=\"k by=user:nobody\\u{a}event=grant plugin=all\""), all);
    }

    @Test
    @Order(7)
    void asJsonEachLineIsOneObjectOnStandardOutputTooAndPluginLogReadsAllFormsAndRotations()
            throws Exception {
        host.stop();
        assertEquals(1, audit("event=shutdown by=user:" + USER).size());
        assertEquals(1, audit("event=stop ").size());
        // As the night does it.
        Path log = host.path("log/trinity.log");
        try (OutputStream out =
                new GZIPOutputStream(
                        Files.newOutputStream(host.path("log/trinity.2026-01-01.0.log.gz")))) {
            Files.copy(log, out);
        }
        Files.delete(log);
        host.conf("log", "format = json\nstdout = true\n");
        host.start();
        assertTrue(count(pluginLog(), "the one line that matters") > 0);
        call("in json");
        Await.until("lines of JSON are found", () -> count(pluginLog(), "- in json") > 0);
        for (String file : List.of("log/trinity.log", "log/audit.log")) {
            for (String line : host.read(file).lines().toList()) {
                if (file.equals("log/trinity.log") || line.startsWith("{")) {
                    Map<String, Object> fields = JSON.std.mapFrom(line);
                    assertTrue(fields.containsKey("formattedMessage"), line);
                }
            }
        }
        assertTrue(host.read("log/console.log").contains("{\"timestamp\":"), "on standard output");
        // What a command causes is logged there, and not in its answer.
        assertFalse(call("for a client").out().contains("timestamp"));
        Await.until(
                "the log is on standard output, whoever logs",
                () -> {
                    call("for a client");
                    return host.read("log/console.log").contains("for a client");
                });
    }

    @Test
    @Order(8)
    void aLogbackXmlThatIsNotValidTakesNoLogAwayAndAMendedOneIsTakenWhileTheHostRuns()
            throws Exception {
        String good = host.read("conf/logback.xml");
        host.stop();
        host.conf("log", "format = text\n");
        int starts = audit("event=start ").size();
        host.put("conf/logback.xml", "<bad");
        host.start();
        String why = "conf/logback.xml:1: it is not valid XML";
        assertEquals(starts + 1, audit("event=start ").size());
        assertEquals(1, count(host.read("log/console.log").lines().toList(), why));
        assertEquals(1, count(host.read("log/trinity.log").lines().toList(), why));
        assertFalse(host.read("log/console.log").contains("\tat "), "no stack trace");
        assertTrue(host.exec("trinity:config").contains(why));
        host.put("conf/logback.xml", good);
        Await.until("the mended one is taken", () -> !host.exec("trinity:config").contains(why));
        host.put("conf/logback.xml", "<bad");
        Await.until(
                "it is told that what was in effect stays",
                () -> host.read("log/trinity.log").contains("what was in effect before stays"));
        host.put("conf/logback.xml", good);
    }

    @Test
    @Order(9)
    void aLogThatIsRemovedOrRenamedIsOpenedAnewAndTheAuditLogToo() throws Exception {
        Files.delete(host.path("log/trinity.log"));
        Files.move(host.path("log/audit.log"), host.path("log/audit.log.1"));
        host.awaitLog("audit.log was removed or replaced by others; it is opened anew");
        host.exec("plugin:grant weather network 127.0.0.1:7");
        Await.until("it is audited", () -> host.read("log/audit.log").contains("127.0.0.1:7"));
    }
}
