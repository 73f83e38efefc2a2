package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CallGateTest {
    @Test
    void aClosedGateLetsNobodyIn() {
        CallGate gate = new CallGate();
        assertEquals(0, gate.closeAndAwait(0));
        assertFalse(gate.enter());
        assertEquals(0, gate.inFlight());
    }

    @Test
    void closingTellsHowManyStayedBeyondTheTime() {
        CallGate gate = new CallGate();
        assertTrue(gate.enter());
        assertTrue(gate.enter());
        assertEquals(2, gate.closeAndAwait(1));
        gate.leave();
        assertEquals(1, gate.inFlight());
    }

    @Test
    void closingWaitsForTheLastCallerToLeave()
            throws InterruptedException, ExecutionException, TimeoutException {
        CallGate gate = new CallGate();
        assertTrue(gate.enter());
        CompletableFuture<Integer> closing =
                CompletableFuture.supplyAsync(() -> gate.closeAndAwait(30_000));
        while (gate.enter()) {
            gate.leave();
        }
        assertFalse(closing.isDone());
        gate.leave();
        assertEquals(0, closing.get(30, TimeUnit.SECONDS));
    }

    @Test
    void noCallRunsOnceClosingHasReturnedZero() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            CallGate gate = new CallGate();
            AtomicInteger inside = new AtomicInteger();
            AtomicLong late = new AtomicLong();
            AtomicInteger closed = new AtomicInteger();
            Thread[] callers = new Thread[3];
            for (int i = 0; i < callers.length; i++) {
                callers[i] =
                        new Thread(
                                () -> {
                                    while (gate.enter()) {
                                        inside.incrementAndGet();
                                        if (closed.get() == 1) {
                                            late.incrementAndGet();
                                        }
                                        inside.decrementAndGet();
                                        gate.leave();
                                    }
                                });
                callers[i].start();
            }
            assertEquals(0, gate.closeAndAwait(30_000));
            closed.set(1);
            assertEquals(0, inside.get());
            for (Thread t : callers) {
                t.join();
            }
            assertEquals(0, late.get());
        }
    }
}
