package io.trinity.shell;

import static io.trinity.shell.Failures.fails;
import static io.trinity.shell.Failures.object;
import static io.trinity.shell.Failures.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.pipeline.PipelineStatus;
import io.trinity.api.pipeline.PipelineStatus.LastFailure;
import io.trinity.api.pipeline.PipelineStatus.Trouble;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineCommandsTest {
    static final Fault TRAP = new Fault(ErrorCode.GUEST_TRAP, "plugin 'a': unreachable");

    @TempDir Path folder;
    private final PipelineNames names = new PipelineNames();
    private final PipelineList list = new PipelineList(names);
    private final PipelineRun run = new PipelineRun(names, new Home(Path.of("/h")));

    @BeforeEach
    void pipelines() throws IOException {
        names.pipelines =
                List.of(
                        new FakePipeline("main", "a, b", "x.txt", Optional.of(TRAP)),
                        new FakePipeline("empty", "", "", Optional.empty()));
        Files.writeString(folder.resolve("in.txt"), "hello");
    }

    @Test
    void allAreShownByNameWithTheirNewestFault() {
        assertEquals(
                """
                NAME   STATE    STAGES  WORKING  DONE  FAILED  CHUNKS  WINDOWS  QUEUED  WAITING
                empty  idle     -       -           5       1      90        3    2/64        0
                main   working  a, b    x.txt       5       1      90        3    2/64        0
                    last fault, 2026-07-01T12:00:00.418Z: a.txt: GUEST_TRAP: plugin 'a': unreachable
                """,
                list.list());
        assertEquals(List.of("empty", "main"), names.names());
    }

    @Test
    void aFaultHasItsTimeAndLeavesTheListWhenAFileWentThrough() {
        String told =
                "last fault, 2026-07-01T12:00:00.418Z: a.txt: GUEST_TRAP: plugin 'a': unreachable";
        PipelineStatus failed = new FakePipeline("main", "a", "", Optional.of(TRAP)).status();
        PipelineStatus recovered = recovered(failed);
        assertTrue(PipelineText.table(List.of(failed)).contains("\n    " + told + "\n"));
        assertFalse(PipelineText.table(List.of(recovered)).contains("GUEST_TRAP"));
        assertTrue(
                PipelineText.of(recovered)
                        .contains(
                                "last fault     2026-07-01T12:00:00.418Z: a.txt: GUEST_TRAP:"
                                        + " plugin"));
        assertEquals(
                "2026-07-01T12:00:00.418386121Z",
                ((Map<?, ?>) PipelineText.fields(recovered).get("lastFault")).get("at"));
    }

    /** The same when a file went through since. */
    private static PipelineStatus recovered(PipelineStatus p) {
        return new PipelineStatus(
                p.name(),
                p.state(),
                p.inbox(),
                p.outbox(),
                p.stages(),
                p.missing(),
                p.working(),
                p.counts(),
                p.waiting(),
                p.trouble(),
                p.lastFailure().map(l -> new LastFailure(l.file(), l.fault(), l.at(), true)));
    }

    @Test
    void oneIsToldInFull() {
        assertEquals(
                """
                name           main
                state          working
                last fault     2026-07-01T12:00:00.418Z: a.txt: GUEST_TRAP: plugin 'a': unreachable
                stages         a, b
                working on     x.txt
                files          5 done, 1 failed
                in             100 chunks, 2.0 KiB
                out            90 chunks, 1.0 KiB
                windows        3
                queued         2 of at most 64 chunks
                waiting        0 inputs
                inbox          /h/inbox
                outbox         /h/outbox
                """,
                list.status("main"));
        assertTrue(list.status().contains("/h/outbox\n\nname           main\n"));
    }

    @Test
    void oneThatIsHeldUpSaysWhySinceWhenAndWhatWaits() throws IOException {
        names.pipelines =
                List.of(
                        new FakePipeline(
                                "main",
                                "",
                                "",
                                Optional.of(TRAP),
                                Optional.of(
                                        new Trouble(
                                                ErrorCode.STORE_FAILED,
                                                "disk full; make room",
                                                Instant.EPOCH,
                                                65_000))));
        String told = "STORE_FAILED for 1 min 5 s: disk full; make room";
        String left = "; 21 files are left in the inbox; pipeline:status main says why";
        assertTrue(list.list().endsWith("\n    " + told + left + "\n"), list.list());
        String status = list.status("main");
        assertTrue(status.contains("trouble        " + told + " (since 1970-01-01T00:00:00Z)\n"));
        assertTrue(status.contains("waiting        3 inputs, the oldest for 1 min 5 s\n"), status);
        assertTrue(status.contains("left           secret: it is a link\n"), status);
        assertTrue(status.contains("and 20 more\n"), status);
        Map<String, Object> fields = object(list.status("main", "--json"));
        assertEquals(
                Map.of("files", 21, "first", Map.of("secret", "it is a link")), fields.get("left"));
        assertEquals("STORE_FAILED", ((Map<?, ?>) fields.get("trouble")).get("code"));
        assertEquals(3, fields.get("inputsWaiting"));
        List<PipelineStatus> all = names.all().stream().map(Pipeline::status).toList();
        assertEquals(
                ", pipelines: 1 idle\npipeline main: " + told + "; 3 inputs wait",
                PipelineSummary.text(all));
        PipelineStatus working =
                new FakePipeline("main", "", "scan.pcd", Optional.empty(), all.get(0).trouble())
                        .status();
        assertEquals(
                ", pipelines: 1 working\npipeline main: "
                        + told
                        + "; 'scan.pcd' is in work, 3 inputs wait",
                PipelineSummary.text(List.of(working)));
    }

    @Test
    void programsGetEveryField() throws IOException {
        Map<String, Object> main = objects(list.list("--json")).get(1);
        assertEquals(main, object(list.status("main", "--json")));
        assertEquals(main, objects(list.status("--json")).get(1));
        assertEquals(List.of("a", "b"), main.get("stages"));
        assertEquals(2048, main.get("bytesIn"));
        assertEquals("GUEST_TRAP", ((Map<?, ?>) main.get("lastFault")).get("code"));
        assertNull(objects(list.list("--json")).get(0).get("working"));
    }

    @Test
    void aRunTellsWhatEachPluginDid() throws InterruptedException {
        assertEquals(
                """
                in.txt went through main in 1.20 s: 2 chunks (5 B) in, 1 (3 B) out, 0 windows;\
                 outbox: in.txt
                PLUGIN  PLACE       CALLS  FAILED  IN  OUT    TIME  OUTCOMES
                a       stage           2       0   2    2  4.0 ms  ok 2
                guard   post_chunk      1       0   2    1  5.0 us  drop 1
                """,
                run.run(folder, "main", "in.txt"));
    }

    @Test
    void programsGetTheTrace() throws IOException, InterruptedException {
        Map<String, Object> report = object(run.run(folder, "main", "in.txt", "--json"));
        assertEquals("in.txt", report.get("output"));
        assertNull(report.get("error"));
        assertEquals(
                Map.of(
                        "plugin",
                        "guard",
                        "place",
                        "post_chunk",
                        "calls",
                        1,
                        "failures",
                        0,
                        "chunksIn",
                        2,
                        "chunksOut",
                        1,
                        "micros",
                        5,
                        "outcomes",
                        "drop 1"),
                ((List<?>) report.get("trace")).get(1));
    }

    @Test
    void aRunThatFailedIsToldAndFailsTheCommand() {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            fails(
                    "GUEST_TRAP: plugin 'a': unreachable",
                    () -> {
                        Files.writeString(folder.resolve("bad.txt"), "");
                        run.run(folder, "main", "bad.txt");
                    });
        } finally {
            System.setOut(before);
        }
        String report = printed.toString(StandardCharsets.UTF_8);
        assertTrue(report.startsWith("bad.txt did not go through main in"), report);
    }

    @Test
    void whatCannotBeRunIsToldWhy() throws IOException {
        fails(
                "NOT_FOUND: there is no pipeline 'x'; there are: empty, main",
                () -> run.run(folder, "x", "in.txt"));
        fails(
                "NOT_FOUND: there is no pipeline 'x'; there are: empty, main",
                () -> list.status("x"));
        fails(
                "NOT_FOUND: there is no file " + folder.resolve("no.txt"),
                () -> run.run(folder, "main", "no.txt"));
        Path gone = Files.writeString(folder.resolve("gone.txt"), "");
        fails(
                "FILE_UNREADABLE: pipeline 'main' could not run " + gone + ": it is not there",
                () -> run.run(folder, "main", "gone.txt"));
        Path full = Files.writeString(folder.resolve("full.txt"), "");
        fails(
                "STORE_FAILED: pipeline 'main' could not run "
                        + full
                        + ": No space left on device; make room on the disk"
                        + " and check who may write in its outbox and in data/",
                () -> run.run(folder, "main", "full.txt"));
    }

    @Test
    void aHostWithoutPipelinesSaysSo() {
        names.pipelines = List.of();
        fails(
                "NOT_FOUND: there is no pipeline 'main'; no pipeline runs; see 'lb"
                        + " io.trinity.pipeline'",
                () -> run.run(folder, "main", "in.txt"));
        assertTrue(list.list().startsWith("no pipelines"));
        assertTrue(list.status().startsWith("no pipelines"));
    }

    @Test
    void whatFailedIsListedWithItsReason() throws IOException {
        PipelineFailed failed = new PipelineFailed(names);
        assertEquals(
                """
                PIPELINE  FILE      BYTES  WHEN                      ID
                main      a.txt   2.0 KiB  2026-11-29T08:00:00.123Z  0000019c00000001
                    GUEST_TRAP: plugin 'a': unreachable
                main      (gone)      0 B  2026-11-29T08:00:01Z      0000019c00000002
                    GUEST_TRAP: plugin 'a': unreachable
                """,
                failed.failed());
        assertEquals("no file that failed is kept\n", failed.failed("empty"));
        assertEquals("a.txt", objects(failed.failed("main", "--json")).get(0).get("file"));
    }

    @Test
    void aRetryNamesWhatWasTakenAndWhatIsNotThere() throws Exception {
        PipelineFailed failed = new PipelineFailed(names);
        assertEquals("taken again: a.txt\n", failed.retry("main", "a.txt"));
        assertEquals("taken again: a.txt\n", failed.retry("main", "--all"));
        fails(
                "NOT_FOUND: pipeline 'main' keeps no failed file 'x.txt'; see pipeline:failed main",
                () -> failed.retry("main", "x.txt"));
        fails(
                "STORE_FAILED: 'stuck.txt' cannot be taken again and is where it was:"
                        + " no space",
                () -> failed.retry("main", "stuck.txt"));
        fails(
                "one file, or --all; usage: " + PipelineFailed.RETRY_USAGE,
                () -> failed.retry("main"));
    }

    @Test
    void aPipelineOfWhichNobodyCanReadWhatItIsToDoIsNamed() {
        names.pipelines = List.of();
        list.configurations =
                new FakeConfigurations(
                        "",
                        List.of(),
                        List.of(),
                        Map.of(
                                "io.trinity.pipeline~main", "conf/m.cfg:2: no",
                                "io.trinity.hooks", "conf/h.cfg:1: no"));
        assertEquals("pipeline main does not run: conf/m.cfg:2: no\n", list.list());
        assertEquals("pipeline main does not run: conf/m.cfg:2: no\n", list.status());
    }
}
