package io.trinity.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that does odd things, and how to ask it. */
@Timeout(120)
abstract class WorkerFixture {
    static final WorkerLimits LIMITS =
            new WorkerLimits(
                    Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(5), 1 << 20);

    @TempDir Path folder;
    final Queue<String> log = new ConcurrentLinkedQueue<>();
    final Worker worker = new Worker("test-worker", log::add);

    @AfterEach
    void closeTheWorker() {
        worker.close();
    }

    Launch launch() {
        return launch(folder, 32);
    }

    static Launch launch(Path folder, int heapMiB) {
        return new Launch(
                Launch.ownJava(),
                heapMiB,
                List.of(codeOf(Worker.class), codeOf(OddWorker.class)),
                OddWorker.class.getName(),
                folder,
                OddWorker.GREETING);
    }

    static Path codeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static WorkerLimits answerWithin(long millis) {
        return new WorkerLimits(
                LIMITS.start(), Duration.ofMillis(millis), LIMITS.idle(), LIMITS.answerBytes());
    }

    static Frame request(int kind, String text) {
        return new Frame(kind, text.getBytes(StandardCharsets.UTF_8));
    }

    String ask(int kind, String text) throws Exception {
        return text(worker.ask(launch(), LIMITS, request(kind, text), a -> true));
    }

    static String text(Frame frame) {
        return new String(frame.content(), StandardCharsets.UTF_8);
    }

    WorkerFailure failure(WorkerFailure.Kind kind, WorkerLimits limits, Frame request) {
        WorkerFailure f =
                assertThrows(
                        WorkerFailure.class,
                        () -> worker.ask(launch(), limits, request, a -> true));
        assertEquals(kind, f.kind(), f.getMessage());
        return f;
    }

    static void awaitEnd(long pid) {
        await("process " + pid + " has ended", () -> !isAlive(pid));
    }

    static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not in time: " + what);
            Thread.onSpinWait();
        }
    }
}
