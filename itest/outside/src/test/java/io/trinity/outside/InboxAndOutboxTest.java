package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What one may rely on of inbox and outbox. */
@TestMethodOrder(OrderAnnotation.class)
class InboxAndOutboxTest {
    private static Host host;

    @BeforeAll
    static void start() throws Exception {
        host = Host.fresh();
        host.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static boolean anywhereInTheOutbox(String text) throws IOException {
        try (Stream<Path> files = Files.list(host.path("outbox"))) {
            for (Path f : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(f).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Map<String, Object> status(String pipeline) throws Exception {
        return JSON.std.mapFrom(host.exec("pipeline:status " + pipeline + " --json"));
    }

    @Test
    @Order(1)
    void noLinkIsFollowedAndNothingOfTheHostsIsReadUnderAnotherName() throws Exception {
        Path secret = Files.writeString(host.path("../secret").normalize(), "a secret of the host");
        Files.createSymbolicLink(host.path("inbox/absolute.txt"), secret);
        Files.createSymbolicLink(host.path("inbox/relative.txt"), Path.of("../data/lock"));
        Files.createSymbolicLink(host.path("inbox/nowhere.txt"), Path.of("nowhere"));
        Files.createLink(host.path("inbox/lock.txt"), host.path("data/lock"));
        host.put("inbox/after.txt", "after");
        host.awaitFile("outbox/after.txt.jsonl");
        Await.until(
                "each is told of",
                () ->
                        log("inbox file 'absolute.txt' is left")
                                && log("inbox file 'relative.txt' is left")
                                && log("inbox file 'nowhere.txt' is left")
                                && log("inbox file 'lock.txt' is left"));
        assertFalse(anywhereInTheOutbox("a secret"));
        String status = host.exec("pipeline:status main");
        assertTrue(status.contains("nowhere.txt: it is a link, and none is followed"), status);
        assertTrue(status.contains("lock.txt: it is another name of a file"), status);
        assertTrue(host.exec("pipeline:list").contains("4 files are left in the inbox"));
        assertEquals(0, host.tri("status", "--home", host.home().toString()).code());
        for (String name : List.of("absolute", "relative", "nowhere", "lock")) {
            Files.delete(host.path("inbox/" + name + ".txt"));
        }
        Await.until(
                "none is left", () -> !host.exec("pipeline:list").contains("left in the inbox"));
    }

    private static boolean log(String text) throws IOException {
        return host.log().contains(text);
    }

    @Test
    @Order(2)
    void equalNamesOverwriteNothingWhoeverBringsThem() throws Exception {
        host.put("inbox/same.txt", "first");
        host.awaitFile("outbox/same.txt.jsonl");
        host.put("inbox/same.txt", "second");
        host.awaitFile("outbox/same~2.txt.jsonl");
        host.put("inbox/same.txt.jsonl", "third");
        host.awaitFile("outbox/same.txt~2.jsonl.jsonl");
        host.put("other/same.txt", "fourth");
        assertTrue(
                host.exec("pipeline:run main " + host.path("other/same.txt"))
                        .contains("outbox: same~3.txt"));
        assertEquals("first", host.read("outbox/same.txt"));
        assertEquals("second", host.read("outbox/same~2.txt"));
        assertEquals("third", host.read("outbox/same.txt~2.jsonl"));
        assertEquals("fourth", host.read("outbox/same~3.txt"));
        assertEquals("same~2.txt", host.summary("same~2.txt").get("output"));
    }

    @Test
    @Order(3)
    void whatAnUploaderHasNotFinishedIsNotTaken() throws Exception {
        host.put("inbox/a.txt.filepart", "half");
        try (OutputStream slow = Files.newOutputStream(host.path("inbox/slow.txt"))) {
            slow.write("the beginning ".getBytes());
            host.put("inbox/later.txt", "later");
            host.awaitFile("outbox/later.txt.jsonl");
            assertTrue(Files.exists(host.path("inbox/slow.txt")));
            slow.write("and the end".getBytes());
        }
        assertEquals("ok", host.summary("slow.txt").get("status"));
        assertEquals("the beginning and the end", host.read("outbox/slow.txt"));
        Files.move(
                host.path("inbox/a.txt.filepart"),
                host.path("inbox/a.txt"),
                StandardCopyOption.ATOMIC_MOVE);
        assertEquals("half", host.awaitFile("outbox/a.txt"));
        assertFalse(Files.exists(host.path("outbox/a.txt.filepart")));
    }

    @Test
    @Order(4)
    void whatFailedIsKeptWithItsReasonAndTakenAgainByOneCommand() throws Exception {
        host.conf(
                "pipeline-strict",
                "pipeline = strict\ninbox = in-strict\noutbox = out-strict\n"
                        + "stages = tokenizer\nonMissing = fail\n");
        Await.until("it has an inbox", () -> Files.isDirectory(host.path("in-strict")));
        host.put("in-strict/f.txt", "some text");
        Await.until("it fails", () -> host.exec("pipeline:failed strict").contains("f.txt"));
        assertTrue(host.exec("pipeline:failed").contains("tokenizer"));
        host.sample("tokenizer");
        assertEquals("taken again: f.txt\n", host.exec("pipeline:retry strict f.txt"));
        assertEquals("some text", host.awaitFile("out-strict/f.txt"));
        assertEquals("no file that failed is kept\n", host.exec("pipeline:failed strict"));
        // The summary that told of the failure is the only thing that was ever replaced.
        assertEquals(List.of("f.txt", "f.txt.jsonl"), host.names("out-strict"));
        Said nothing = host.tryExec("pipeline:retry strict f.txt");
        assertEquals(1, nothing.code());
        assertTrue(nothing.err().contains("NOT_FOUND"), nothing::toString);
        Files.delete(host.path("conf/io.trinity.pipeline-strict.cfg"));
    }

    @Test
    @Order(5)
    void aPipelineThatCannotWorkSaysSoAndWhyAndHowManyWait() throws Exception {
        Path outbox = host.path("outbox");
        Path aside = host.path("outbox-aside");
        Files.move(outbox, aside);
        Files.writeString(outbox, "a file where a folder belongs");
        host.put("inbox/w1.txt", "1");
        host.put("inbox/w2.txt", "2");
        Await.until("it is stuck", () -> "stuck".equals(status("main").get("state")));
        Await.until(
                "they wait", () -> ((Number) status("main").get("inputsWaiting")).intValue() == 2);
        assertTrue(host.exec("pipeline:list").contains("STORE_FAILED for "));
        Files.delete(outbox);
        Files.move(aside, outbox);
        host.awaitFile("outbox/w1.txt.jsonl");
        host.awaitFile("outbox/w2.txt.jsonl");
        Await.until("it goes on", () -> !"stuck".equals(status("main").get("state")));
    }

    @Test
    @Order(6)
    void anInboxThatGoesAndComesBackIsWaitedForAndOneWithoutSenseIsRefused() throws Exception {
        Path inbox = host.path("inbox");
        Files.move(inbox, host.path("inbox-aside"));
        Await.until("it is told", () -> host.exec("pipeline:status main").contains("has gone"));
        host.conf("pipeline-loop", "pipeline = loop\ninbox = loop\noutbox = loop\n");
        host.conf("pipeline-root", "pipeline = root\ninbox = /\n");
        Await.until("loop is refused", () -> "refused".equals(status("loop").get("state")));
        Await.until("root is refused", () -> "refused".equals(status("root").get("state")));
        Files.delete(host.path("conf/io.trinity.pipeline-loop.cfg"));
        Files.delete(host.path("conf/io.trinity.pipeline-root.cfg"));
        Files.move(host.path("inbox-aside"), inbox);
        host.put("inbox/back.txt", "back");
        host.awaitFile("outbox/back.txt.jsonl");
    }

    @Test
    @Order(7)
    void aFileInWorkAtAnOrderlyStopIsBegunAnewAtTheNextStart() throws Exception {
        byte[] page = "Whatever ye would that men should do to you. ".repeat(2000).getBytes();
        byte[] big = new byte[page.length * 250];
        for (int i = 0; i < 250; i++) {
            System.arraycopy(page, 0, big, i * page.length, page.length);
        }
        // Small chunks, that it takes longer than a look at it.
        host.conf("pipeline-main", "pipeline = main\nchunkBytes = 256\n");
        Await.until("they hold", () -> log("chunkBytes=256"));
        host.put("inbox/big.txt", big);
        Await.until("it is in work", () -> !host.names("data/work").isEmpty());
        host.stop();
        assertEquals(List.of(), host.names("data/failed"));
        assertTrue(Files.notExists(host.path("outbox/big.txt.jsonl")));
        host.start();
        assertEquals("ok", host.summary("big.txt").get("status"));
        assertEquals(big.length, ((Number) host.summary("big.txt").get("bytesIn")).intValue());
    }

    @Test
    @Order(8)
    void anInboxOnAnotherFileSystemIsAsGood() throws Exception {
        Path shm = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(shm)
                        && !Files.getFileStore(shm).equals(Files.getFileStore(host.home())));
        Path other = Files.createTempDirectory(shm, "inbox");
        try {
            Files.createSymbolicLink(host.path("far"), other);
            host.conf("pipeline-far", "pipeline = far\ninbox = far\n");
            Files.writeString(other.resolve(".f"), "from afar");
            Files.move(other.resolve(".f"), other.resolve("f.txt"));
            assertEquals("from afar", host.awaitFile("outbox-far/f.txt"));
            Await.until("it is taken", () -> Files.notExists(other.resolve("f.txt")));
        } finally {
            Files.deleteIfExists(other.resolve("f.txt"));
            Files.delete(other);
        }
    }
}
