package io.trinity.worker;

import io.trinity.worker.WorkerFailure.Kind;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process of a worker. Reading and writing is for one thread, killing for any. */
final class WorkerProcess {
    private static final int PIPE_BYTES = 65_536;
    private static final int GREETING_BYTES = 1_024;

    private final Launch launch;
    private final Process process;
    private final InputStream in;
    private final OutputStream out;

    private WorkerProcess(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
        this.in = new BufferedInputStream(process.getInputStream(), PIPE_BYTES);
        this.out = new BufferedOutputStream(process.getOutputStream(), PIPE_BYTES);
    }

    /** Starts it; it has not greeted yet. */
    static WorkerProcess start(Launch launch, String name, Consumer<String> log)
            throws WorkerFailure {
        ProcessBuilder builder = new ProcessBuilder(launch.command());
        builder.directory(launch.folder().toAbsolutePath().toFile());
        Map<String, String> environment = Launch.environment(System.getenv());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Thread errors =
                    new Thread(
                            null,
                            new StandardError(process.getErrorStream(), log),
                            name + "-stderr",
                            256L << 10);
            errors.setDaemon(true);
            errors.start();
            return new WorkerProcess(launch, process);
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            throw new WorkerFailure(
                    Kind.NOT_STARTED, launch.java() + " cannot be started: " + e.getMessage(), e);
        }
    }

    boolean serves(Launch wanted) {
        return process.isAlive() && launch.equals(wanted);
    }

    /** Hears its greeting, and whether it is the one that is expected. */
    Frame greeted() throws IOException {
        Frame greeting = Frame.readFrom(in, GREETING_BYTES);
        String said = new String(greeting.content(), StandardCharsets.UTF_8);
        if (greeting.kind() != Frame.GREETING || !said.equals(launch.greeting())) {
            throw new Frame.Garbage("greets as another than " + launch.greeting());
        }
        return greeting;
    }

    /** One question, one answer; waits for as long as it takes. */
    Frame exchange(Frame request, int answerBytes) throws IOException {
        if (hasUnreadBytes()) {
            throw new Frame.Garbage("came unasked");
        }
        request.writeTo(out);
        return Frame.readFrom(in, answerBytes);
    }

    boolean hasUnreadBytes() {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** CPU time that it has used, where the system tells. */
    String cpuTime() {
        return process.info()
                .totalCpuDuration()
                .map(
                        d ->
                                String.format(
                                        Locale.ROOT,
                                        ", %.1f s of it on a processor",
                                        d.toMillis() / 1_000.0))
                .orElse("");
    }

    /**
     * Kills it; reading and writing end with an error. Returns at once. Where it has ended by
     * itself, its last words are left to be read: destroying would close standard error over them.
     */
    void kill() {
        if (process.isAlive()) {
            process.destroyForcibly();
            return;
        }
        try {
            in.close();
            out.close();
        } catch (IOException e) {
            // The other end of the pipe is gone, which is why it is closed.
        }
    }

    /** Its exit code, if it ends within that time. */
    OptionalInt exit(Duration wait) {
        try {
            if (process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return OptionalInt.of(process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return OptionalInt.empty();
    }

    /** For tests and the log. */
    long pid() {
        return process.pid();
    }
}
