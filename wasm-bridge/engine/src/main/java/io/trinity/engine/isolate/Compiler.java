package io.trinity.engine.isolate;

import io.trinity.api.config.Places;
import io.trinity.api.log.Asker;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.engine.admit.Refused;
import io.trinity.worker.Frame;
import io.trinity.worker.Launch;
import io.trinity.worker.Worker;
import io.trinity.worker.WorkerFailure;
import io.trinity.worker.WorkerLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Asks a process of its own for the classes of modules. Thread-safe. */
public final class Compiler implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private final Worker worker;
    private final Worker another;
    private final List<Path> classpath;
    private final Path folder;
    private final String build;

    /**
     * @param classpath what {@link CompilerProcess} needs: jars or folders
     * @param folder where the process runs and leaves the report of a crash
     * @param build what the process must greet with
     * @param log is told what the process writes to standard error
     */
    public Compiler(List<Path> classpath, Path folder, String build, Consumer<String> log) {
        this.worker = new Worker("trinity-compiler", log);
        this.another = new Worker("trinity-compiler-asked", log);
        this.classpath = List.copyOf(classpath);
        this.folder = folder;
        this.build = build;
    }

    /**
     * What one compilation may take.
     *
     * @param millis wall time
     * @param heapMebibytes heap of the process
     * @param idleMillis how long a process waits for the next module
     */
    public record Limits(int millis, int heapMebibytes, int idleMillis) {}

    /**
     * Compiles.
     *
     * @throws Refused as the process says; LIMIT_MODULE at its limits; COMPILER_FAILED when there
     *     is no process, or it fails in another way
     */
    public SortedMap<String, byte[]> classes(byte[] module, Limits limits) {
        Launch launch =
                new Launch(
                        Launch.ownJava(),
                        limits.heapMebibytes(),
                        classpath,
                        CompilerProcess.class.getName(),
                        folder,
                        build);
        WorkerLimits bounds =
                new WorkerLimits(
                        START,
                        Duration.ofMillis(limits.millis()),
                        Duration.ofMillis(limits.idleMillis()),
                        Messages.CLASS_BYTES);
        try {
            Frame question = new Frame(Messages.COMPILE, module);
            return Messages.read(worker().ask(launch, bounds, question, a -> true));
        } catch (WorkerFailure e) {
            throw refused(e, limits);
        } catch (IOException e) {
            throw failed("it answered nonsense: " + e.getMessage(), "report the module");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("waiting for it was interrupted", "");
        }
    }

    /** What somebody waits for has a process of its own where the one is busy. */
    private Worker worker() {
        boolean asked = !Asker.now().equals(Asker.HOST);
        return asked && worker.isBusy() ? another : worker;
    }

    private static Refused refused(WorkerFailure e, Limits limits) {
        return switch (e.kind()) {
            case TIME ->
                    limit(
                            "compiling it takes too long: " + e.getMessage(),
                            "compileMillis (now " + limits.millis() + ")");
            case MEMORY ->
                    limit(
                            "compiling it takes more than "
                                    + limits.heapMebibytes()
                                    + " MiB of heap",
                            "compileHeapMebibytes");
            case NOT_STARTED ->
                    failed(
                            String.valueOf(e.getMessage()),
                            "see the host's log; where processes cannot be started,"
                                    + " isolation=in-process in "
                                    + Places.of("io.trinity.engine")
                                    + " does without one");
            case CLOSED -> failed(String.valueOf(e.getMessage()), "start the host again");
            // In the host's own process it might be the host that ends.
            case ENDED, GARBAGE ->
                    failed(
                            String.valueOf(e.getMessage()),
                            "see the host's log; report the module if it does this again");
        };
    }

    private static Refused limit(String detail, String key) {
        return new Refused(
                ErrorCode.LIMIT_MODULE,
                detail,
                "make the module smaller, or raise "
                        + key
                        + " in "
                        + Places.of("io.trinity.engine"));
    }

    private static Refused failed(String how, String remedy) {
        return new Refused(
                ErrorCode.COMPILER_FAILED, "the process that compiles it failed: " + how, remedy);
    }

    @Override
    public void close() {
        worker.close();
        another.close();
    }
}
