package io.trinity.shell.control;

import io.trinity.api.text.Escaped;
import io.trinity.shell.Folded;
import io.trinity.shell.LineError;
import io.trinity.shell.LineRun;
import io.trinity.shell.LineSession;
import io.trinity.shell.Screen;
import io.trinity.shell.wire.ErrorJson;
import io.trinity.shell.wire.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs each line in a Gogo session of its own. */
final class GogoLines implements LineRunner {
    private static final Logger LOG = LoggerFactory.getLogger(GogoLines.class);

    private final CommandProcessor processor;

    GogoLines(CommandProcessor processor) {
        this.processor = processor;
    }

    @Override
    public int run(Request request, PrintStream out, PrintStream err, Progress progress)
            throws InterruptedException {
        try (CommandSession session = session(out, err)) {
            session.currentDir(Path.of(request.directory()));
            session.put(Progress.VARIABLE, progress);
            session.put(Screen.COLUMNS, request.columns());
            progress.doing(request.line());
            // Gogo takes every output for a terminal; without these it would colour it.
            session.put("GREP_COLORS", "rs=");
            session.put("LS_COLORS", "rs=");
            boolean done =
                    LineRun.of(
                            session,
                            request.line(),
                            result -> print(folded(request, shown(session, result)), out));
            return done ? 0 : 1;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError e) {
            // Boundary: whatever command was named, of whatever bundle.
            LOG.debug("line failed line={}", request.line(), e);
            LineError error = LineError.of(e);
            err.println(
                    ErrorJson.isAskedBy(request.line())
                            ? error.json()
                            : folded(request, error.text()));
            return 1;
        }
    }

    /** For the terminal it goes to, if it does; JSON is for programs. */
    private static String folded(Request request, String text) {
        return ErrorJson.isAskedBy(request.line()) ? text : Folded.lines(text, request.columns());
    }

    private CommandSession session(PrintStream out, PrintStream err) {
        InputStream in = InputStream.nullInputStream();
        return processor instanceof CommandProcessorImpl gogo
                ? new LineSession(gogo, in, out, err)
                : processor.createSession(in, out, err);
    }

    /** As Gogo shows it; whatever it holds cannot steer a terminal. */
    private static String shown(CommandSession session, Object result) {
        return Escaped.lines(String.valueOf(session.format(result, Converter.INSPECT)));
    }

    /** Tables and JSON end with their own line break. */
    private static void print(CharSequence text, PrintStream out) throws IOException {
        out.append(text);
        if (text.length() == 0 || text.charAt(text.length() - 1) != '\n') {
            out.append('\n');
        }
    }
}
