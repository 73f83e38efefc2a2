package io.trinity.shell.terminal;

import io.trinity.api.text.Escaped;
import io.trinity.shell.Folded;
import io.trinity.shell.LineError;
import io.trinity.shell.LineRun;
import io.trinity.shell.control.Progress;
import io.trinity.shell.wire.ErrorJson;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Reads lines and runs them, one after the other. Ctrl-C drops the line that is being typed, or
 * stops the command that runs; Ctrl-D on an empty line, {@code exit} or {@code quit} end it; Ctrl-Z
 * does nothing, since it would stop the host with all its plugins.
 */
final class PromptLoop {
    private final TerminalSession session;
    private final Terminal terminal;
    private final LineReader reader;
    private volatile boolean interrupted;
    private volatile boolean stopping;
    private volatile boolean left;

    /** What the host goes on with when the command that runs is interrupted; empty for nothing. */
    private volatile String goesOn = "";

    /** What it went on with when that happened. */
    private volatile String wentOn = "";

    PromptLoop(TerminalSession session, Terminal terminal, LineReader reader) {
        this.session = session;
        this.terminal = terminal;
        this.reader = reader;
        session.onLeaving(() -> left = true);
        session.put(Progress.VARIABLE, new Told());
    }

    /** Asks it to end; the thread that runs it must be interrupted, too. */
    void stop() {
        stopping = true;
    }

    /** Runs until the person leaves, or until it is stopped; true for the former. */
    boolean run() {
        terminal.handle(Signal.TSTP, SignalHandler.SIG_IGN);
        terminal.handle(Signal.INT, signal -> interrupt());
        while (!stopping && !left) {
            try {
                String line = reader.readLine(Shell.getPrompt(session));
                if (!line.isBlank()) {
                    execute(line);
                }
            } catch (UserInterruptException cancelled) {
                // The line is gone; the next prompt says that we are not.
            } catch (EndOfFileException left) {
                return !stopping;
            }
        }
        return left && !stopping;
    }

    private void interrupt() {
        Job job = session.foregroundJob();
        if (job != null) {
            wentOn = goesOn;
            interrupted = true;
            job.interrupt();
        }
    }

    private void execute(String line) {
        interrupted = false;
        wentOn = "";
        try {
            LineRun.of(session, line, result -> show(line, result));
        } catch (Exception | LinkageError | StackOverflowError e) {
            // Boundary: whatever command was named, of whatever bundle.
            session.put(Shell.VAR_EXCEPTION, e);
            if (e instanceof InterruptedException && !interrupted) {
                stopping = true;
            } else if (!interrupted) {
                tell(line, LineError.of(e));
            }
        }
        if (interrupted) {
            // The terminal has shown a ^C; the prompt begins below it.
            print(
                    wentOn.isEmpty()
                            ? "\n"
                            : "\ninterrupted; the host goes on: " + Escaped.line(wentOn));
        }
    }

    /** Nobody watches what is done; what goes on is told to whoever interrupts. */
    private final class Told implements Progress {
        @Override
        public void doing(String what) {
            // The line stands above.
        }

        @Override
        public void goesOn(String what) {
            goesOn = what;
        }
    }

    private void show(String line, Object result) throws InterruptedException {
        session.put(Shell.VAR_RESULT, result);
        String text = Escaped.lines(String.valueOf(session.format(result, Converter.INSPECT)));
        print(ErrorJson.isAskedBy(line) ? text : Folded.lines(text, columns()));
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    /**
     * A terminal that does not know its size, as those of scripts, is taken for an ordinary one.
     */
    private int columns() {
        int columns = terminal.getWidth();
        return columns > 0 ? columns : Prompt.ORDINARY.getColumns();
    }

    private void print(String text) {
        terminal.writer().print(text.endsWith("\n") || text.isEmpty() ? text : text + "\n");
        terminal.flush();
    }

    private void tell(String line, LineError error) {
        AttributedStringBuilder red = new AttributedStringBuilder();
        red.style(AttributedStyle.DEFAULT.foreground(AttributedStyle.RED));
        red.append(
                ErrorJson.isAskedBy(line) ? error.json() : Folded.lines(error.text(), columns()));
        print(red.toAnsi(terminal));
    }
}
