package io.trinity.shell;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.Parser.Executable;
import org.apache.felix.gogo.runtime.Parser.Program;
import org.apache.felix.gogo.runtime.Parser.Statement;
import org.apache.felix.gogo.runtime.Token;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.jspecify.annotations.Nullable;

/**
 * Runs a line: each command of it in its turn, up to the first that fails. Gogo itself would return
 * what the last command returns, and drop what those before it did.
 */
public final class LineRun {
    private LineRun() {}

    /** Who shows what commands return. */
    public interface Shown {
        /** Shows what a command returned, before the next one runs. */
        void result(Object result) throws IOException, InterruptedException;
    }

    /**
     * Runs it in a session, of which it takes the job listener.
     *
     * @return whether the last command that ran succeeded: Gogo's own, such as cat, set a code and
     *     throw nothing
     * @throws Exception what the command that failed threw; or a failure that names it, where it
     *     threw nothing and others would have followed
     */
    public static boolean of(CommandSession session, String line, Shown shown) throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        session.setJobListener(
                (job, before, now) -> {
                    if (now == Job.Status.Done && before != Job.Status.Background) {
                        failed.set(job.result() != null && !job.result().isSuccess());
                    }
                });
        if (!(session instanceof LineSession)) {
            // Somebody else's, which may not know this parser's programs.
            show(session.execute(line), shown);
            return !failed.get();
        }
        Program program = new Parser(line).program();
        List<Executable> tokens = program.tokens();
        for (int i = 0; i < tokens.size(); i += 2) {
            String before = i == 0 ? "" : tokens.get(i - 1).toString();
            if (before.equals("&&") ? failed.get() : before.equals("||") && !failed.get()) {
                continue;
            }
            Executable now = tokens.get(i);
            if (failed.get() && !before.equals("||") && now.length() > 0) {
                throw new CommandFailure(
                        "'" + tokens.get(i - 2) + "' failed; what follows it was not run");
            }
            failed.set(false);
            boolean last = i + 2 >= tokens.size();
            boolean background = i + 1 < tokens.size() && Token.eq("&", tokens.get(i + 1));
            Object result =
                    session.execute(
                            new Program(program, tokens.subList(i, background ? i + 2 : i + 1)));
            if (last || !isAssignment(now)) {
                show(result, shown);
            }
        }
        return !failed.get();
    }

    private static void show(@Nullable Object result, Shown shown)
            throws IOException, InterruptedException {
        if (result != null) {
            shown.result(result);
        }
    }

    /** What a variable is set to is no answer, unless nothing else is asked. */
    private static boolean isAssignment(Executable executable) {
        return executable instanceof Statement s
                && s.tokens().size() > 1
                && Token.eq("=", s.tokens().get(1));
    }
}
