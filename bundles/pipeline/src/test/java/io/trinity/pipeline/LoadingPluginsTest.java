package io.trinity.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.home.Home;
import io.trinity.api.pipeline.PipelineState;
import io.trinity.api.plugin.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files wait for while plugins are being loaded. */
class LoadingPluginsTest {
    @TempDir Path folder;
    private final FakeSurroundings surroundings = new FakeSurroundings();
    private @Nullable RunningPipeline pipeline;

    private RunningPipeline start(String stages) throws Exception {
        PipelineSettings settings =
                PipelineSettings.read(
                        Map.of("stillMillis", "0", "pollMillis", "10", "stages", stages),
                        PipelineSettings.defaults("main"),
                        p -> {});
        RunningPipeline started =
                new RunningPipeline(
                        new Home(folder),
                        settings,
                        new Fakes(new FakeStage("a", 1, Answer.Value::new)),
                        new PipelineNames(),
                        surroundings);
        pipeline = started;
        Files.writeString(
                Files.createDirectories(folder.resolve("inbox")).resolve("x.txt"), "hello");
        started.start();
        return started;
    }

    @AfterEach
    void stop() {
        if (pipeline != null) {
            pipeline.stop();
        }
    }

    @Test
    void wherePluginsOfTheLastRunAreMissingFilesWait() throws Exception {
        surroundings.loading = true;
        surroundings.restored = false;
        waitsUntilNothingIsLoaded(start("a"));
    }

    @Test
    void whereAnyStageMayComeFilesWaitForThoseThatAreBeingLoaded() throws Exception {
        surroundings.loading = true;
        waitsUntilNothingIsLoaded(start(""));
    }

    @Test
    void whereAllNamedStagesServeOthersThatAreBeingLoadedAreNotWaitedFor() throws Exception {
        surroundings.loading = true;
        RunningPipeline started = start("a");
        // Whoever waits goes on after a while, too: so it is seen that nothing waited.
        until(() -> Files.exists(result()) || started.status().state() == PipelineState.WAITING);
        assertTrue(Files.exists(result()), "it waits");
    }

    private void waitsUntilNothingIsLoaded(RunningPipeline started) {
        until(() -> started.status().state() == PipelineState.WAITING);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        assertFalse(Files.exists(result()));
        surroundings.loading = false;
        until(() -> Files.exists(result()));
    }

    private Path result() {
        return folder.resolve("outbox/x.txt.jsonl");
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "it never comes true");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
