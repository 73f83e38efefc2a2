package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import io.trinity.api.pipeline.FailedInput;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An input at which the host fails. */
class PoisonedInputTest {
    @TempDir Path home;
    private final AtomicInteger tries = new AtomicInteger();
    private RunningPipeline pipeline;

    private RunningPipeline start() {
        FakeStage stage =
                new FakeStage(
                        "a",
                        1,
                        c -> {
                            String text = new String(c.get(0).payload(), StandardCharsets.UTF_8);
                            if (text.equals("poison")) {
                                tries.incrementAndGet();
                                throw new OutOfMemoryError("as if");
                            }
                            return new Answer.Value<>(c);
                        });
        PipelineSettings settings =
                PipelineSettings.read(
                        Map.of("stillMillis", "0", "pollMillis", "10"),
                        PipelineSettings.defaults("main"),
                        p -> {});
        pipeline =
                new RunningPipeline(
                        new Home(home),
                        settings,
                        new Fakes(stage),
                        new PipelineNames(),
                        new FakeSurroundings());
        pipeline.start();
        return pipeline;
    }

    private static void until(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.call()) {
            assertTrue(System.nanoTime() - end < 0, what);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @AfterEach
    void stop() {
        pipeline.stop();
    }

    @Test
    void itFailsAfterTwoTriesIsCountedAndStandsInNobodysWay() throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.writeString(inbox.resolve("bad.txt"), "poison");
        start();
        until("it was tried", () -> tries.get() == 1);
        Files.writeString(inbox.resolve("good.txt"), "honest");
        Path outbox = home.resolve("outbox");
        until("another passes", () -> Files.exists(outbox.resolve("good.txt.jsonl")));
        until("it is given up", () -> !pipeline.failed().isEmpty());
        assertEquals(2, tries.get());
        FailedInput failed = pipeline.failed().get(0);
        assertEquals("bad.txt", failed.file());
        assertEquals(ErrorCode.INPUT_ABANDONED, failed.fault().code());
        assertTrue(failed.fault().message().contains("OutOfMemoryError"));
        assertTrue(failed.fault().message().contains("pipeline:retry main"));
        assertEquals(1, pipeline.status().counts().failed());
        assertEquals(1, pipeline.status().counts().done());
        List<String> summary = Files.readAllLines(outbox.resolve("bad.txt.jsonl"));
        assertTrue(summary.get(0).contains("\"status\":\"failed\""), summary.get(0));
    }

    @Test
    void itIsTriedOnceMoreInTheNextLifeAndAsNewAfterRetry() throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.writeString(inbox.resolve("bad.txt"), "poison");
        start();
        until("it was tried", () -> tries.get() == 1);
        pipeline.stop();
        start();
        until("it is given up", () -> !pipeline.failed().isEmpty());
        assertEquals(2, tries.get());
        pipeline.retry("bad.txt");
        until("it is given up again", () -> tries.get() == 4);
        until("it is kept again", () -> !pipeline.failed().isEmpty());
    }
}
