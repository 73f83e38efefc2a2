package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code ./tri} tells whoever calls it: a person, a script, a supervisor. */
class ClientTest {
    private static Host host;

    @BeforeAll
    static void start() throws Exception {
        // As a supervisor does: nobody has said what the bytes of names mean.
        host = Host.fresh().bareEnvironment().environment("LC_ALL", "C").start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static Said piped(String words, String input) throws Exception {
        Path in = Files.writeString(Files.createTempFile("tri", ".in"), input);
        ProcessBuilder exec = host.command("exec", "--home", host.home().toString(), words);
        return Host.run(exec.redirectInput(in.toFile()));
    }

    private static int codeOf(String redirected) throws Exception {
        return redirected(redirected).code();
    }

    private static Said redirected(String redirected) throws Exception {
        String tri = "bash '" + Host.distribution().resolve("tri") + "' ";
        ProcessBuilder shell =
                new ProcessBuilder(
                        "bash",
                        "-c",
                        tri + redirected.replace("HOME", "--home '" + host.home() + "'"));
        return Host.run(host.prepare(shell));
    }

    @Test
    void exitCodesSayWhatCameOfIt() throws Exception {
        String nowhere = host.path("nowhere").toString();
        assertEquals(0, host.tryExec("plugin:list").code());
        assertEquals(1, host.tryExec("plugin:info nobody").code());
        assertEquals(1, host.tryExec("echo 'open").code());
        assertEquals(2, host.tri("exec", "--home", host.home().toString(), "a", "b").code());
        assertEquals(2, host.tri("nosuch").code());
        assertEquals(0, host.tri("status", "--home", host.home().toString()).code());
        assertEquals(3, host.tri("status", "--home", nowhere).code());
        assertEquals(3, host.tri("exec", "--home", nowhere, "help").code());
        assertEquals(0, host.tri("stop", "--home", nowhere).code());
        assertTrue(Files.notExists(Path.of(nowhere)), "asking makes nothing");
    }

    @Test
    void outputThatIsLostIsNoSuccess() throws Exception {
        assertEquals(5, codeOf("exec HOME help >/dev/full"));
        assertEquals(5, codeOf("exec HOME help >&-"));
        assertEquals(5, codeOf("status HOME >/dev/full"));
        // Who has seen enough is not told of, and ends the command at once.
        assertEquals(141, codeOf("exec HOME 'plugin:top -n 1000 -d 1' | :; exit ${PIPESTATUS[0]}"));
    }

    @Test
    void errorsAreJsonForWhoAsksForJson() throws Exception {
        Said said = host.tryExec("plugin:info nobody --json");
        assertEquals("", said.out());
        assertTrue(said.err().startsWith("{\"error\":{\"code\":\"NOT_FOUND\""), said::toString);
        Said nobody =
                host.tri("exec", "--home", host.path("nowhere").toString(), "plugin:list --json");
        assertTrue(nobody.err().startsWith("{\"error\":{\"code\":\"NOT_RUNNING\""), nobody::err);
    }

    @Test
    void linesComeFromStandardInputToTheFirstThatFails() throws Exception {
        Said said = piped("-", "# a script\r\necho one\r\n\nplugin:info nobody\necho three\n");
        assertEquals(1, said.code());
        assertEquals("one\n", said.out());
        assertTrue(said.err().contains("line 4 failed"), said::err);
        Said tooLong = piped("-", "echo " + "a".repeat(1_000_000));
        assertEquals(2, tooLong.code());
        assertEquals(1, tooLong.err().lines().count(), tooLong::err);
    }

    @Test
    void standardInputThatIsClosedOrAFolderIsToldInWords() throws Exception {
        Said closed = redirected("exec HOME - <&-");
        assertEquals(2, closed.code());
        assertTrue(closed.err().contains("standard input has no line"), closed::err);
        Said folder = redirected("exec HOME - </");
        assertEquals(2, folder.code());
        assertEquals(
                "tri: standard input is a folder; lines come from a file or a pipe\n",
                folder.err());
    }

    /** A process that closes its lock file, however it opened it, has no lock any more. */
    @Test
    void noCommandOpensAFileOfTheHostsOwn() throws Exception {
        Path lock = host.path("data/lock");
        Path other = Files.createLink(host.path("other-name"), lock);
        for (String file : new String[] {lock.toString(), other.toString()}) {
            for (String command :
                    new String[] {
                        "pipeline:run main %s",
                        "storage:put k --file %s",
                        "hook:fire x --payload-file %s",
                        "plugin:check %s",
                    }) {
                Said said = host.tryExec(command.formatted("'" + file + "'"));
                assertEquals(1, said.code(), command);
                assertTrue(said.err().startsWith("FILE_KIND: " + file), said::err);
            }
        }
        host.exec("storage:put k hello");
        Said get = host.tryExec("storage:get k --file '" + lock + "'");
        assertEquals(1, get.code());
        assertTrue(get.err().startsWith("FILE_KIND: " + lock), get::err);
        Said second = host.tri("start", "--home", host.home().toString());
        assertTrue(second.err().contains("running already"), second::err);
    }

    @Test
    void theCallersLocaleDoesNotMatter() throws Exception {
        assertEquals("größe €\n", host.exec("echo größe €"));
        assertEquals("größe €\n", piped("-", "echo größe €\n").out());
        host.put(
                "plugins/größe.wasm",
                Files.readAllBytes(Host.distribution().resolve("plugins/edges/edges.wasm")));
        host.exec("plugin:load größe.wasm");
        assertEquals("active", host.plugin("edges").get("state"));
        host.put("inbox/é.pgm", "P2 1 1 255 7\n");
        Await.until(
                "é.pgm has its end",
                () -> host.names("outbox").stream().anyMatch(n -> n.startsWith("é.pgm")));
    }

    @Test
    void aSecondStartTakesNothingFromTheFirst() throws Exception {
        Said second = host.tri("start", "--home", host.home().toString());
        assertEquals(1, second.code());
        assertTrue(second.err().contains("running already"), second::err);
        assertEquals(0, host.tri("status", "--home", host.home().toString()).code());
    }

    @Test
    @Tag("slow")
    void aHostThatHangsIsToldOfAndEndedWhenAskedTo() throws Exception {
        try (Host hung = Host.fresh().start()) {
            String pid = Long.toString(hung.process().orElseThrow().pid());
            Host.run(new ProcessBuilder("kill", "-STOP", pid).redirectInput(new File("/dev/null")));
            String home = hung.home().toString();
            assertEquals(4, hung.tri("status", "--home", home).code());
            Said stopped = hung.tri("stop", "--home", home, "--kill");
            assertEquals(0, stopped.code(), stopped::toString);
            assertTrue(stopped.err().contains("SIGSTOP"), stopped::err);
            assertEquals(3, hung.tri("status", "--home", home).code());
        }
    }

    private static List<Path> whatIsIn(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (var all = Files.walk(folder)) {
            return all.toList();
        }
    }

    /** One home, one process: whoever moves a home away may put another at its place. */
    @Test
    void aHostWhoseHomeIsMovedAwayEndsAndLeavesTheNewOneAlone() throws Exception {
        try (Host first = Host.fresh().start()) {
            Path gone = first.home().resolveSibling(first.home().getFileName() + "-gone");
            ProcessHandle process = first.process().orElseThrow();
            Files.move(first.home(), gone);
            Await.until("it ends", () -> !process.isAlive());
            assertEquals(List.of(), whatIsIn(first.home()), "nothing is written where it was");
            try (Host moved = Host.at(gone)) {
                assertTrue(
                        moved.read("log/console.log").contains("was moved, removed or replaced"));
                moved.put("inbox/a.txt", "hello").start();
                moved.awaitFile("outbox/a.txt");
                moved.stop();
            }
        }
    }
}
