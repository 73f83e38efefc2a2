package io.trinity.shell.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.shell.ShellCommands;
import io.trinity.shell.wire.Request;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as Gogo calls them, by name and with the words of a line. */
class GogoCommandsTest {
    @TempDir Path folder;
    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(streams);
    private final GogoLines lines = new GogoLines(processor);

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void commands() {
        streams.start();
        for (Map.Entry<String, Object> c : ShellCommands.all().entrySet()) {
            String[] name = c.getKey().split(":");
            processor.addCommand(name[0], c.getValue(), name[1]);
        }
    }

    @AfterEach
    void stop() {
        processor.stop();
        streams.stop();
    }

    @Test
    void everyLineOfTheReferenceIsUnderstood() throws Exception {
        Files.writeString(folder.resolve("in.txt"), "hello");
        for (String line : ShellCommands.LINES) {
            Said said = say(line);
            assertEquals(0, said.code, line + said);
            assertEquals("", said.err, line);
            assertTrue(said.out.endsWith("\n"), line + said);
        }
    }

    /** A session of Karaf's shows what is printed to it, and on a terminal what is returned too. */
    @Test
    void everyLineOfTheReferencePrintsItsResultOnceInASessionOfKarafs() throws Exception {
        Files.writeString(folder.resolve("in.txt"), "hello");
        for (String line : ShellCommands.LINES) {
            if (line.matches("[a-z]+:(names|points|capabilities|declared|kept).*")) {
                continue; // lists, for completion, which wants what they return
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (CommandSession session =
                    processor.createSession(InputStream.nullInputStream(), out, out)) {
                session.currentDir(folder);
                session.put(".session", this);
                assertNull(session.execute(line), line);
            }
            assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("\n"), line + out);
        }
    }

    @Test
    void everyCommandIsInTheReference() {
        List<String> shown = ShellCommands.LINES.stream().map(l -> l.split(" ")[0]).toList();
        for (String command : ShellCommands.all().keySet()) {
            assertTrue(shown.contains(command), command);
        }
    }

    @Test
    void aFailureIsExitCodeOneAndOneLine() throws Exception {
        for (String line :
                List.of(
                        "plugin:load nobody",
                        "plugin:unload",
                        "plugin:pause nobody",
                        "plugin:grant broken net",
                        "plugin:why nobody",
                        "plugin:top -n 0",
                        "hook:enable broken nowhere",
                        "hook:fire shout a b",
                        "hook:fire nosuch",
                        "agent:ask clerk 2+3*4",
                        "pipeline:run nobody in.txt",
                        "pipeline:status nobody",
                        "storage:get nothing",
                        "storage:put k",
                        "storage:keys --backend nobody",
                        "agent:ask nobody hello",
                        "agent:ask clerk trap")) {
            Said said = say(line);
            assertEquals(1, said.code, line + said);
            assertEquals("", said.out, line);
            assertEquals(1, said.err.lines().count(), line + said);
            assertTrue(!said.err.contains("Exception"), line + said);
        }
    }

    @Test
    void aFailureOfALineThatAsksForJsonIsJson() throws Exception {
        Said said = say("plugin:info nobody --json");
        assertEquals(1, said.code);
        assertTrue(said.err.startsWith("{\"error\":{\"code\":\"NOT_FOUND\""), said.err);
        assertTrue(say("plugin:nosuch --json").err.contains("\"NO_COMMAND\""));
    }

    @Test
    void noRowOfATerminalIsWiderAndWhatGoesOnIsMarked() throws Exception {
        for (String line :
                List.of("plugin:why broken", "plugin:info broken", "plugin:load nobody")) {
            Said whole = say(line);
            Said narrow = say(line, 30);
            String text = narrow.out + narrow.err;
            assertTrue((whole.out + whole.err).lines().anyMatch(l -> l.length() > 30), line);
            assertTrue(text.lines().allMatch(l -> l.length() <= 30), text);
            assertTrue(text.lines().anyMatch(l -> l.strip().startsWith("| ")), text);
        }
        assertEquals(say("plugin:info broken --json"), say("plugin:info broken --json", 30));
    }

    @Test
    void tablesFitTheTerminalThatShowsThem() throws Exception {
        String whole = say("plugin:list").out;
        String narrow = say("plugin:list", 30).out;
        assertTrue(whole.lines().findFirst().orElseThrow().contains("AVERAGE"), whole);
        assertTrue(narrow.lines().findFirst().orElseThrow().length() <= 30, narrow);
    }

    /** A command of Gogo's kind, which sets a code and throws nothing. */
    public static final class Codes {
        /** Says what it was told. */
        public void echo(Object... words) {
            System.out.println(String.join(" ", Stream.of(words).map(String::valueOf).toList()));
        }

        /** Fails, silently. */
        public void fail() {
            Process.Utils.current().error(1);
        }
    }

    private void gogos() {
        processor.addCommand("gogo", new Codes(), "echo");
        processor.addCommand("gogo", new Codes(), "fail");
        processor.addCommand("system", System.class);
    }

    @Test
    void eachCommandOfALineShowsItsResultInItsTurn() throws Exception {
        gogos();
        String list = say("plugin:list").out;
        String names = say("plugin:names").out;
        assertEquals(list + names, say("plugin:list; plugin:names").out);
        assertEquals(list + names, say("plugin:list;;plugin:names;").out);
        assertEquals(list + names, say("plugin:list\nplugin:names\n").out);
        assertEquals(list + names, say("plugin:list && plugin:names").out);
        assertEquals(list, say("plugin:list || plugin:names").out);
        assertEquals(names + "a;b\n" + list, say("plugin:names; echo 'a;b'; plugin:list").out);
        assertEquals("{a;b}\n", say("echo \"{a;b}\"").out);
        assertEquals("1\n2\n", say("f = { echo 1; echo 2 }; f").out);
        assertEquals("5\n", say("x = 5; echo $x").out);
        assertEquals("5\n", say("x = 5").out);
        assertEquals("", say("").out);
    }

    @Test
    void theFirstThatFailsEndsTheLine() throws Exception {
        gogos();
        Said said = say("echo 1; plugin:info nobody; echo 2");
        assertEquals(1, said.code);
        assertEquals("1\n", said.out);
        assertTrue(said.err.startsWith("NOT_FOUND"), said.err);
        assertEquals(
                new Said(1, "1\n", "'fail' failed; what follows it was not run\n"),
                say("echo 1; fail; echo 2"));
        assertEquals(new Said(1, "", ""), say("fail"));
        assertEquals(new Said(1, "", ""), say("fail;"));
        assertEquals(new Said(1, "", ""), say("fail && echo 2"));
        assertEquals(new Said(0, "2\n", ""), say("fail || echo 2"));
        assertEquals(new Said(0, "2\n3\n", ""), say("fail || echo 2; echo 3"));
        // Nothing of a line that is not understood is run.
        Said open = say("echo 1; echo 'open");
        assertEquals(1, open.code);
        assertEquals("", open.out);
        assertEquals(1, open.err.lines().count(), open.err);
    }

    @Test
    void aNameWithoutAScopeIsTrinitysOrSaysWhichThereAre() throws Exception {
        gogos();
        assertEquals(
                new Said(
                        1,
                        "",
                        "there is more than one 'list': plugin:list, pipeline:list, hook:list,"
                                + " storage:list; say which\n"),
                say("list"));
        assertEquals(say("plugin:load broken"), say("load broken"));
        assertEquals(say("plugin:why broken"), say("why broken"));
        assertEquals(say("storage:list"), say("SCOPE = 'storage:*'; list"));
    }

    /** Tells what it was asked about. */
    public static final class Help {
        /** As trinity:help does, which needs a framework. */
        public String help(String command) {
            return "help of " + command + "\n";
        }
    }

    @Test
    void helpIsAnOptionOfEachOfTrinitysCommandsAndOfNoOther() throws Exception {
        gogos();
        processor.addCommand("trinity", new Help(), "help");
        for (String line : List.of("plugin:why --help", "plugin:why -h", "why x --help")) {
            assertEquals(new Said(0, "help of plugin:why\n", ""), say(line), line);
        }
        assertEquals("--help\n", say("echo --help").out);
        say("storage:put k -- --help");
        assertEquals("--help\n", say("storage:get k").out);
    }

    @Test
    void withoutWhatTellsOfCommandsHelpIsAnOptionThatIsNotKnown() throws Exception {
        Said said = say("plugin:why --help");
        assertEquals(1, said.code);
        assertTrue(said.err.startsWith("unknown option --help; usage: plugin:why"), said.err);
    }

    @Test
    void methodsOfTheVirtualMachineAreNoCommands() throws Exception {
        gogos();
        for (String line : List.of("system:exit 0", "System:exit 0", "getenv", "gc")) {
            Said said = say(line);
            assertEquals(1, said.code, line);
            assertTrue(said.err.startsWith("no such command: "), said.err);
        }
        for (String line : List.of("exit", "exit 0", "quit")) {
            assertEquals(
                    new Said(
                            1,
                            "",
                            "there is no prompt to leave here; trinity:shutdown stops the host\n"),
                    say(line));
        }
    }

    private Said say(String line) throws InterruptedException {
        return say(line, 0);
    }

    private Said say(String line, int columns) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        // Gogo's threads print into the session's streams only between these two.
        streams.setStreams(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int code =
                    lines.run(
                            new Request(folder.toString(), line, columns),
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            new Silent());
            return new Said(
                    code,
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        } finally {
            streams.close();
        }
    }

    private static final class Silent implements Progress {
        @Override
        public void doing(String what) {}

        @Override
        public void goesOn(String what) {}
    }
}
