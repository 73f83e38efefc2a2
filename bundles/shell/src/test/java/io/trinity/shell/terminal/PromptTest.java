package io.trinity.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.shell.ShellCommands;
import io.trinity.shell.control.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.Parser.ParseContext;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The prompt as a person at a terminal has it. */
class PromptTest {
    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(streams);
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PipedOutputStream keys = new PipedOutputStream();
    private Terminal terminal;
    private TerminalSession session;
    private LineReader reader;

    @BeforeEach
    void open() throws Exception {
        streams.start();
        for (Map.Entry<String, Object> c : ShellCommands.all().entrySet()) {
            String[] name = c.getKey().split(":");
            processor.addCommand(name[0], c.getValue(), name[1]);
        }
        terminal = new DumbTerminal(new PipedInputStream(keys), shown);
        session = PromptSession.open(processor, terminal);
        reader = PromptSession.reader(session, terminal, Optional.empty());
    }

    @AfterEach
    void close() throws Exception {
        session.close();
        terminal.close();
        processor.stop();
        streams.stop();
    }

    private List<String> offered(String line) {
        List<Candidate> offered = new ArrayList<>();
        ((LineReaderImpl) reader)
                .getCompleter()
                .complete(
                        reader,
                        reader.getParser().parse(line, line.length(), ParseContext.COMPLETE),
                        offered);
        return offered.stream().map(Candidate::value).sorted().toList();
    }

    @Test
    void completionKnowsWhatWasTypedBefore() {
        assertEquals(List.of("broken", "resize"), offered("plugin:grant "));
        assertEquals(List.of("network"), offered("plugin:grant broken "));
        assertEquals(List.of(), offered("plugin:grant resize "));
        assertEquals(List.of("main"), offered("pipeline:retry "));
        assertEquals(List.of("a.txt"), offered("pipeline:retry main "));
    }

    /** Answers with names that strangers chose. */
    public static final class Strangers {
        static final List<String> NAMES =
                List.of(
                        "a;trinity:shutdown.wasm",
                        "$(trinity:shutdown)",
                        "`x`",
                        "a b",
                        "a\u00a0b",
                        "a|b",
                        "a>b",
                        "'q",
                        "\"q",
                        "a*",
                        "#a",
                        "{a}",
                        "%(1)",
                        "e\u001b[31m",
                        "a\nb",
                        "a\u202eb",
                        "plain-1.0_~Grüße.wasm");

        public List<String> names() {
            return NAMES;
        }
    }

    @Test
    void whatStrangersNamedIsOfferedOnlyWhereItIsNothingButAWord() {
        processor.removeCommand("plugin", "names");
        processor.addCommand("plugin", new Strangers(), "names");
        assertEquals(List.of("plain-1.0_~Grüße.wasm"), offered("plugin:grant "));
    }

    /** Work that the host goes on with when its caller is gone. */
    public static final class Long {
        final CountDownLatch begun = new CountDownLatch(1);

        /** Waits until it is interrupted. */
        public void work(CommandSession session) throws InterruptedException {
            Progress progress = (Progress) session.get(Progress.VARIABLE);
            progress.goesOn("the file goes through the pipeline");
            try {
                begun.countDown();
                new CountDownLatch(1).await();
            } finally {
                progress.goesOn("");
            }
        }

        /** The same for what ends with its caller. */
        public void look(CommandSession session) throws InterruptedException {
            begun.countDown();
            new CountDownLatch(1).await();
        }
    }

    @Test
    @Timeout(180)
    void whatGoesOnInAnotherRowIsMarked() throws Exception {
        terminal.setSize(new Size(30, 24));
        PromptLoop loop = new PromptLoop(session, terminal, reader);
        Thread thread = new Thread(loop::run, "prompt");
        thread.start();
        keys.write(
                "plugin:load nobody\nplugin:why broken\nexit\n".getBytes(StandardCharsets.UTF_8));
        keys.flush();
        thread.join(60_000);
        String text = shown.toString(StandardCharsets.UTF_8);
        assertTrue(!thread.isAlive(), text);
        String error = text.substring(text.indexOf("NOT_FOUND: "));
        assertTrue(error.lines().skip(1).findFirst().orElse("").startsWith("    | "), text);
        String why = text.substring(text.indexOf("docs/errors.md explains"));
        assertTrue(why.lines().skip(1).findFirst().orElse("").startsWith("    | "), text);
    }

    private String interrupted(String line) throws Exception {
        Long command = new Long();
        processor.addCommand("long", command, "work");
        processor.addCommand("long", command, "look");
        PromptLoop loop = new PromptLoop(session, terminal, reader);
        Thread thread = new Thread(loop::run, "prompt");
        thread.start();
        keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keys.flush();
        assertTrue(command.begun.await(60, TimeUnit.SECONDS));
        terminal.raise(Terminal.Signal.INT);
        keys.write("exit\n".getBytes(StandardCharsets.UTF_8));
        keys.flush();
        thread.join(60_000);
        assertTrue(!thread.isAlive(), "the prompt goes on after it, and ends");
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Timeout(180)
    void whatGoesOnInTheHostIsToldToWhoeverInterruptsIt() throws Exception {
        String text = interrupted("long:work");
        assertTrue(
                text.contains("interrupted; the host goes on: the file goes through the pipeline"),
                text);
    }

    @Test
    @Timeout(180)
    void whatEndsWithItsCallerIsNotSaidToGoOn() throws Exception {
        String text = interrupted("long:look");
        assertTrue(!text.contains("the host goes on"), text);
    }
}
