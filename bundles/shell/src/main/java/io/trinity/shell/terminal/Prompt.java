package io.trinity.shell.terminal;

import io.trinity.shell.LineError;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The prompt on the process's terminal, on a thread of its own. */
final class Prompt {
    private static final Logger LOG = LoggerFactory.getLogger(Prompt.class);

    /** For terminals that do not say how large they are: serial lines, some containers. */
    static final Size ORDINARY = new Size(80, 24);

    private static final long STOP_MILLIS = 3_000;

    private final CommandProcessor processor;
    private final Path data;
    private final Path profile;
    private final Runnable left;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable PromptLoop loop;

    /**
     * Makes it; nothing is shown yet.
     *
     * @param data the home's data folder
     * @param profile a script of Gogo that knows the prompt and the completions
     * @param left run, on the prompt's thread, when the person has left
     */
    Prompt(CommandProcessor processor, Path data, Path profile, Runnable left) {
        this.processor = processor;
        this.data = data;
        this.profile = profile;
        this.left = left;
        this.thread = new Thread(this::run, "trinity-shell");
        // JLine finds its terminals through it.
        thread.setContextClassLoader(TerminalBuilder.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    /** Ends it, and gives the terminal back as it was. */
    void stop() {
        stopping = true;
        PromptLoop running = loop;
        if (running != null) {
            running.stop();
        }
        if (thread != Thread.currentThread()) {
            thread.interrupt();
            try {
                thread.join(STOP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try (Terminal terminal = terminal();
                TerminalSession session = PromptSession.open(processor, terminal)) {
            var reader = PromptSession.reader(session, terminal, HistoryFile.prepare(data));
            try {
                PromptSession.profile(session, profile.toUri());
            } catch (Exception e) {
                // A profile that somebody mended must not keep the prompt away.
                LOG.warn("profile failed file={}", profile, e);
                terminal.writer().println(profile + ": " + LineError.of(e).text());
            }
            PromptLoop prompt = new PromptLoop(session, terminal, reader);
            loop = prompt;
            if (!stopping && prompt.run()) {
                terminal.writer().println("stopping");
                terminal.flush();
                left.run();
            }
        } catch (IOException | RuntimeException e) {
            // Boundary: the terminal, and what JLine makes of it. The host is worth more.
            LOG.warn("no shell: the terminal cannot be used", e);
            System.err.println("trinity: no shell on this terminal: " + LineError.of(e).text());
        }
    }

    private static Terminal terminal() throws IOException {
        Terminal terminal =
                TerminalBuilder.builder()
                        .name("trinity")
                        .system(true)
                        .nativeSignals(true)
                        .signalHandler(Terminal.SignalHandler.SIG_IGN)
                        .build();
        if (terminal.getWidth() <= 0 || terminal.getHeight() <= 0) {
            terminal.setSize(ORDINARY);
        }
        return terminal;
    }
}
