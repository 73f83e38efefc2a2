package io.trinity.api.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {
    @Test
    void anErrorIsToldAndNotTheEndOfIt() {
        List<String> told = new ArrayList<>();
        List<Throwable> thrown =
                List.of(
                        new OutOfMemoryError("as if"),
                        new StackOverflowError("deep"),
                        new NoClassDefFoundError("Gone"),
                        new IllegalStateException("odd"));
        for (Throwable t : thrown) {
            new PeriodicTask(() -> sneak(t), e -> told.add(e.getMessage())).run();
        }
        assertEquals(List.of("as if", "deep", "Gone", "odd"), told);
    }

    private static void sneak(Throwable t) {
        if (t instanceof Error e) {
            throw e;
        }
        throw (RuntimeException) t;
    }

    @Test
    void anExecutorRunsItAgainEvenWhereTellingFailsToo() throws InterruptedException {
        CountDownLatch rounds = new CountDownLatch(3);
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        try {
            thread.scheduleWithFixedDelay(
                    new PeriodicTask(
                            () -> {
                                rounds.countDown();
                                throw new OutOfMemoryError("as if");
                            },
                            e -> {
                                throw new OutOfMemoryError("no room for a line either");
                            }),
                    0,
                    1,
                    TimeUnit.MILLISECONDS);
            assertTrue(rounds.await(30, TimeUnit.SECONDS), "it was run once");
        } finally {
            thread.shutdownNow();
        }
    }
}
