package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.log.Asker;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReloadThreadTest {
    private final AtomicInteger done = new AtomicInteger();
    private final ReloadThread thread = new ReloadThread(done::incrementAndGet);

    @AfterEach
    void stop() {
        thread.stop();
    }

    @Test
    void whoAsksIsAnsweredAndWhatIsDoneForHimIsHis() {
        String asker = "";
        try {
            asker = Asker.call("user:ada", () -> thread.ask(a -> a.complete(Asker.now())));
        } catch (Exception e) {
            throw new AssertionError(e);
        }

        assertEquals("user:ada", asker);
        assertEquals("reload", thread.<String>ask(a -> a.complete("reload")));
    }

    @Test
    void whoAsksGoesBeforeAllThatWaits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        thread.execute(
                () -> {
                    begun.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertTrue(begun.await(1, TimeUnit.MINUTES));
        for (int i = 0; i < 1000; i++) {
            thread.execute(() -> order.add("a stranger's"));
        }
        CompletableFuture<Boolean> asked =
                CompletableFuture.supplyAsync(
                        () -> thread.ask(a -> a.complete(order.add("the operator's"))));
        while (thread.isIdle()) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        assertTrue(asked.get(1, TimeUnit.MINUTES));
        thread.ask(a -> a.complete(true));
        assertEquals("the operator's", order.get(0));
    }

    @Test
    void whatIsThrownOrAnsweredAsAFailureReachesWhoAsked() {
        PluginException refused =
                PluginException.of(ErrorCode.NOT_FOUND, PluginRef.named("a"), "none", "");

        assertEquals(
                refused,
                assertThrows(
                        PluginException.class,
                        () ->
                                thread.ask(
                                        a -> {
                                            throw refused;
                                        })));
        assertEquals(
                refused,
                assertThrows(
                        PluginException.class,
                        () -> thread.ask(a -> a.completeExceptionally(refused))));
    }

    @Test
    void whatIsDoneAgainAndAgainGoesOnWhateverFails() throws InterruptedException {
        CountDownLatch times = new CountDownLatch(3);
        thread.repeat(
                () -> {
                    times.countDown();
                    throw new IllegalStateException("on purpose");
                },
                () -> TimeUnit.MILLISECONDS.toNanos(1));

        assertTrue(times.await(30, TimeUnit.SECONDS));
    }

    @Test
    void whatCannotEvenBeToldOfEndsNothing() throws InterruptedException {
        CountDownLatch times = new CountDownLatch(3);
        thread.repeat(
                () -> {
                    times.countDown();
                    throw new IllegalStateException() {
                        @Override
                        public String toString() {
                            throw new OutOfMemoryError("on purpose");
                        }
                    };
                },
                () -> TimeUnit.MILLISECONDS.toNanos(1));

        assertTrue(times.await(30, TimeUnit.SECONDS));
    }

    @Test
    void itIsIdleOnlyWhenWhatWasGivenIsDoneAndWhatComesAfterEachToo() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        thread.after(
                0,
                () -> {
                    try {
                        hold.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertFalse(thread.isIdle());
        hold.countDown();
        thread.ask(a -> a.complete(""));
        CompletableFuture<Integer> later = new CompletableFuture<>();
        thread.execute(() -> later.complete(done.get()));

        assertTrue(later.get(30, TimeUnit.SECONDS) >= 2);
        assertTrue(thread.isIdle());
    }

    @Test
    void whoWaitsWhenItEndsIsToldSoAndSoIsWhoComesLater() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<ErrorCode> told = new CompletableFuture<>();
        Thread waits =
                new Thread(
                        () -> {
                            try {
                                thread.ask(a -> begun.countDown());
                            } catch (PluginException e) {
                                told.complete(e.code());
                            }
                        });
        waits.start();
        assertTrue(begun.await(30, TimeUnit.SECONDS));
        thread.stop();

        assertEquals(ErrorCode.NOT_ACTIVE, told.get(30, TimeUnit.SECONDS));
        PluginException late =
                assertThrows(PluginException.class, () -> thread.ask(a -> a.complete("")));
        assertEquals(ErrorCode.NOT_ACTIVE, late.code());
        waits.join();
    }
}
