package io.trinity.launcher;

import io.trinity.api.home.Home;
import io.trinity.api.text.Escaped;
import io.trinity.shell.wire.ErrorJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code exec --home DIR [--progress] LINE}: one Gogo line in a running home, or with {@code -} the
 * lines of standard input up to the first that fails. Its exit code is that line's.
 */
final class ExecCommand {
    private static final String USAGE =
            "./tri exec [--home DIR] [--progress] '<gogo line>', or - for lines of standard input";

    private ExecCommand() {}

    static int run(List<String> words) throws IOException {
        List<String> rest = new ArrayList<>(words);
        boolean progress = rest.remove("--progress");
        Home home = new Home(Arguments.takeHome(rest));
        if (rest.size() > 1) {
            throw Failure.usage(
                    "one line is one word: put it into quotes, as in ./tri exec '"
                            + String.join(" ", rest).replace("'", "'\\''")
                            + "'");
        }
        if (rest.isEmpty() || rest.get(0).isBlank()) {
            throw Failure.usage("a line is missing; usage: " + USAGE);
        }
        return rest.get(0).equals("-")
                ? lines(home, System.in, progress)
                : run(home, rest.get(0), progress);
    }

    private static int lines(Home home, InputStream in, boolean progress) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
        int number = 0;
        try {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = number == 1 ? line.replaceFirst("^\ufeff", "") : line;
                if (text.isBlank() || text.strip().startsWith("#")) {
                    continue;
                }
                int code = run(home, text, progress);
                if (code != ExitCode.DONE) {
                    System.err.println(
                            "tri: line " + number + " failed, the rest was not run: " + text);
                    return code;
                }
            }
        } catch (CharacterCodingException e) {
            throw new Failure("line " + (number + 1) + " of standard input is not UTF-8", e);
        }
        if (number == 0) {
            throw Failure.usage("standard input has no line; usage: " + USAGE);
        }
        return ExitCode.DONE;
    }

    /** Runs a line; a failure of the client is told here, as JSON where the line asks for it. */
    static int run(Home home, String line, boolean progress) throws IOException {
        Answer answer = new Answer(ProgressLine.ofProcess(progress));
        Thread ended = new Thread(answer::tellWhatGoesOn, "trinity-client-ended");
        Runtime.getRuntime().addShutdownHook(ended);
        try {
            return new ControlClient(home, Patience.LINE).run(line, answer);
        } catch (ControlClient.OutputLost e) {
            // Main knows of it, and how to end.
            return ExitCode.DONE;
        } catch (Silence e) {
            answer.end();
            Failure failure = failure(home, e);
            System.err.println(
                    ErrorJson.isAskedBy(line)
                            ? ErrorJson.of(failure.code(), String.valueOf(failure.getMessage()))
                            : "tri: " + failure.getMessage());
            return failure.exitCode();
        } finally {
            answer.end();
            forget(ended);
        }
    }

    private static Failure failure(Home home, Silence e) {
        return switch (e.kind()) {
            case NOBODY ->
                    new Failure(
                            ExitCode.NOT_RUNNING,
                            "NOT_RUNNING",
                            "nothing runs in %s; start it with ./tri start --home %s"
                                    .formatted(home.root(), home.root()),
                            e);
            case NO_ANSWER ->
                    new Failure(
                            ExitCode.NO_ANSWER,
                            "NO_ANSWER",
                            "the host in "
                                    + home.root()
                                    + " does not answer: "
                                    + e.getMessage()
                                    + "; ./tri stop ends it",
                            e);
            case CUT ->
                    new Failure(
                            ExitCode.FAILED,
                            "CUT_OFF",
                            "no whole answer of the host in " + home.root() + ": " + e.getMessage(),
                            e);
        };
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook runs.
        }
    }

    /** Copies an answer to the process's streams. */
    private static final class Answer implements Listening {
        private final ProgressLine progress;
        private volatile String goesOn = "";

        Answer(ProgressLine progress) {
            this.progress = progress;
        }

        @Override
        public void out(byte[] bytes) throws IOException {
            progress.clear();
            System.out.write(bytes, 0, bytes.length);
            System.out.flush();
            if (System.out.checkError()) {
                throw new ControlClient.OutputLost(new IOException("standard output"));
            }
        }

        @Override
        public void err(byte[] bytes) {
            progress.clear();
            System.err.write(bytes, 0, bytes.length);
            System.err.flush();
        }

        @Override
        public void progress(String doing) {
            progress.show(doing);
        }

        @Override
        public void goesOn(String what) {
            goesOn = what;
        }

        void end() {
            goesOn = "";
            progress.clear();
        }

        /** In a shutdown hook: somebody ended this process while its line ran. */
        void tellWhatGoesOn() {
            String what = goesOn;
            if (!what.isEmpty()) {
                progress.clear();
                System.err.println("tri: ended; the host goes on: " + Escaped.line(what));
            }
        }
    }
}
