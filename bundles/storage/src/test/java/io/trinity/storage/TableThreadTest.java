package io.trinity.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TableThreadTest {
    private final List<FakeTable> opened = new CopyOnWriteArrayList<>();
    private final FakeTable first = new FakeTable();
    private final TableThread thread = new TableThread(this::open);
    private final ExecutorService callers = Executors.newCachedThreadPool();

    private synchronized Table open() {
        FakeTable table = opened.isEmpty() ? first : new FakeTable();
        opened.add(table);
        return table;
    }

    @AfterEach
    void end() {
        first.syncMayEnd.countDown();
        thread.close(10_000);
        callers.shutdownNow();
    }

    private Future<?> put(String key) {
        return callers.submit(
                () ->
                        thread.ask(
                                true,
                                t -> {
                                    t.put(key, new byte[0]);
                                    return null;
                                }));
    }

    /** Begins a write, and returns when its sync has begun and cannot end. */
    private Future<?> hangInTheFirstSync() throws Exception {
        first.syncMayEnd = new CountDownLatch(1);
        thread.start();
        Future<?> writer = put("hanging");
        first.firstSyncBegan.await();
        return writer;
    }

    private void awaitWaiting(int requests) {
        while (thread.waiting() < requests) {
            Thread.onSpinWait();
        }
    }

    @Test
    void allWhoWaitShareOneSync() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        writers.add(hangInTheFirstSync());
        for (int i = 0; i < 50; i++) {
            writers.add(put("k" + i));
        }
        awaitWaiting(50);
        first.syncMayEnd.countDown();
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertEquals(2, first.syncs.get());
        assertEquals(51, first.kept.size());
    }

    @Test
    void nobodyIsAnsweredBeforeTheSyncHasEnded() throws Exception {
        Future<?> writer = hangInTheFirstSync();
        Future<?> reader = callers.submit(() -> thread.ask(false, t -> t.get("hanging")));
        awaitWaiting(1);
        assertFalse(writer.isDone());
        assertFalse(reader.isDone());
        first.syncMayEnd.countDown();
        writer.get();
        reader.get();
    }

    @Test
    void readingAloneSyncsNothing() {
        thread.start();
        thread.ask(false, t -> t.get("a"));
        assertEquals(0, first.syncs.get());
    }

    @Test
    void aSyncThatFailsRefusesAllThatSharedItAndTheNextRequestOpensAgain() throws Exception {
        first.syncFails = true;
        first.lettingGoFails = true;
        Future<?> hanging = hangInTheFirstSync();
        first.syncMayEnd.countDown();
        ExecutionException e = assertThrows(ExecutionException.class, hanging::get);
        assertEquals("no space left on device", e.getCause().getMessage());
        put("next").get();
        assertEquals(List.of("abandoned"), first.ends);
        assertEquals(2, opened.size());
        assertNotSame(first, opened.get(1));
        assertTrue(opened.get(1).kept.containsKey("next"));
    }

    @Test
    void aRequestThatFailsByItselfFailsNobodyElse() throws Exception {
        Future<?> writer = hangInTheFirstSync();
        Future<?> bad = callers.submit(() -> thread.ask(false, t -> t.get("unreadable")));
        Future<?> good = put("good");
        awaitWaiting(2);
        first.syncMayEnd.countDown();
        assertThrows(ExecutionException.class, bad::get);
        good.get();
        writer.get();
        assertEquals(1, opened.size());
    }

    @Test
    void aTableThatGaveUpIsOpenedAgain() throws Exception {
        thread.start();
        thread.ask(false, t -> t.get("a"));
        first.broken = true;
        assertThrows(TableFailure.class, () -> thread.ask(false, t -> t.get("unreadable")));
        put("a").get();
        assertEquals(2, opened.size());
        assertEquals(List.of("abandoned"), first.ends);
    }

    @Test
    void closingFinishesWhatWaitsAndClosesTheTable() throws Exception {
        thread.start();
        Future<?> writer = put("a");
        writer.get();
        assertTrue(thread.close(10_000));
        assertEquals(List.of("closed"), first.ends);
        assertThrows(TableFailure.class, () -> thread.ask(false, t -> t.get("a")));
    }

    @Test
    void aDiskThatHangsHoldsUpNeitherTheClosingNorTheCallersPastTheDeadline() throws Exception {
        Future<?> inTheSync = hangInTheFirstSync();
        Future<?> behindIt = put("behind");
        awaitWaiting(1);
        assertFalse(thread.close(50));
        assertThrows(ExecutionException.class, () -> inTheSync.get(10, TimeUnit.SECONDS));
        assertThrows(ExecutionException.class, () -> behindIt.get(10, TimeUnit.SECONDS));
        first.syncMayEnd.countDown();
        assertTrue(thread.close(10_000));
        assertEquals(List.of("closed"), first.ends);
        assertFalse(first.kept.containsKey("behind"));
        assertArrayEquals(new byte[0], first.kept.get("hanging"));
    }
}
