package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.testkit.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A file whose modality handler is installed and does not serve does not pass undecoded. */
@Tag("slow")
@TestMethodOrder(OrderAnnotation.class)
class HandlerTest {
    private static final String QUICK =
            "pipeline = main\nfusion = off\nstillMillis = 50\npollMillis = 50\n";
    private static final String WAITS = QUICK + "missingMillis = 86400000\n";
    private static final String GIVES_UP = QUICK + "missingMillis = 300\n";
    private static final String DOES_NOT_SERVE = "modality handler 'scan' does not serve: ";

    private static Host host;

    @BeforeAll
    static void startWithABrokenHandlerAndAFileForIt() throws Exception {
        host = Host.fresh();
        Files.createDirectories(host.home());
        host.conf("pipeline-main", WAITS);
        host.conf("registry", "quarantineTraps = 1\nquarantineMillis = 86400000\n");
        host.put("plugins/scan.wasm", scan("1.0.0").initialize("unreachable").plugin());
        host.put("inbox/first.pcd", "cloud");
        host.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    /** Its mark is the first letter, and it traps on what begins with an x. */
    private static Stage scan(String version) {
        return Stage.named("scan", version)
                .decodes("scan", "application/vnd.pcd")
                .body(
                        Stage.when('x', "unreachable")
                                + "(i32.store8 (local.get $payload) (i32.const "
                                + (int) 'D'
                                + "))");
    }

    /** A file waits until something is done, and then goes through decoded. */
    private static void waitsUntil(String file, String why, Deed deed) throws Exception {
        String told = DOES_NOT_SERVE + why;
        Await.until(
                file + " waits for it",
                () ->
                        host.exec("pipeline:status main").contains(file)
                                && host.log().contains(told));
        assertFalse(Files.exists(host.path("outbox/" + file)), "it has passed");
        assertFalse(Files.exists(host.path("outbox/" + file + ".jsonl")), "it has failed");
        deed.run();
        assertDecoded(file);
    }

    private interface Deed {
        void run() throws Exception;
    }

    private static void assertDecoded(String file) throws IOException {
        Map<String, Object> summary = host.summary(file);
        assertEquals("ok", summary.get("status"), summary::toString);
        assertEquals("Dloud", host.read("outbox/" + file));
    }

    private static void fails(String file, String code, String... words) throws IOException {
        Map<String, Object> summary = host.summary(file);
        assertEquals("failed", summary.get("status"), summary::toString);
        String error = summary.get("error").toString();
        assertTrue(error.contains(code), error);
        for (String word : words) {
            assertTrue(error.contains(word), error);
        }
        assertFalse(Files.exists(host.path("outbox/" + file)), "it has passed");
    }

    @Test
    @Order(1)
    void oneThatIsBrokenWhenTheHostStartsIsWaitedForUntilAVersionServes() throws Exception {
        waitsUntil(
                "first.pcd",
                "it is in error by",
                () -> host.put("plugins/scan.wasm", scan("2.0.0").plugin()));
    }

    @Test
    @Order(2)
    void oneInQuarantineIsWaitedForUntilItIsTriedAgain() throws Exception {
        host.put("inbox/bad.pcd", "xloud");
        fails("bad.pcd", "GUEST_TRAP");
        host.put("inbox/second.pcd", "cloud");
        waitsUntil("second.pcd", "it is in quarantine", () -> host.exec("plugin:retry scan"));
    }

    @Test
    @Order(3)
    void oneThatIsPausedIsWaitedForAndTheFileFailsWhenThatTakesTooLong() throws Exception {
        host.exec("plugin:pause scan");
        host.put("inbox/third.pcd", "cloud");
        waitsUntil("third.pcd", "it is paused", () -> host.exec("plugin:resume scan"));
        host.exec("plugin:pause scan");
        // What is configured meanwhile holds for a file that waits.
        host.put("inbox/fourth.pcd", "cloud");
        host.conf("pipeline-main", GIVES_UP);
        fails("fourth.pcd", "STAGE_MISSING", DOES_NOT_SERVE + "it is paused", "plugin:resume scan");
        host.exec("plugin:resume scan");
    }

    @Test
    @Order(4)
    void aNewVersionThatIsBrokenAtAStartLeavesTheOldOneToDecode() throws Exception {
        host.plugin("scan", scan("2.0.0").plugin());
        host.stop();
        host.put("plugins/scan.wasm", scan("3.0.0").initialize("unreachable").plugin());
        host.put("inbox/fifth.pcd", "cloud");
        host.start();
        assertDecoded("fifth.pcd");
        Await.until("the new one is told of", () -> host.plugin("scan").get("error") != null);
        assertEquals("2.0.0", host.plugin("scan").get("version"));
    }

    @Test
    @Order(5)
    void withoutOneThatIsOffAFileIsPartialAndWhereNoneIsInstalledItIsUndecodedAndOk()
            throws Exception {
        host.exec("plugin:unload scan");
        host.put("inbox/off.pcd", "cloud");
        Map<String, Object> summary = host.summary("off.pcd");
        assertEquals("partial", summary.get("status"), summary::toString);
        assertTrue(summary.get("skipped").toString().contains("scan"), summary::toString);
        assertEquals("cloud", host.read("outbox/off.pcd"));

        Files.delete(host.path("plugins/scan.wasm"));
        Await.until("it is gone", () -> host.plugin("scan").isEmpty());
        host.put("inbox/none.pcd", "cloud");
        summary = host.summary("none.pcd");
        assertEquals("ok", summary.get("status"), summary::toString);
        assertEquals("cloud", host.read("outbox/none.pcd"));
        host.stop();
    }
}
