package io.trinity.registry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Counts the calls within one generation and closes behind the last. A caller that entered is sure
 * to be waited for by {@link #closeAndAwait}; one that was refused has done nothing. Thread-safe;
 * entering and leaving take no lock while the gate is open.
 */
final class CallGate {
    private static final long CLOSED = 1L << 62;

    private final AtomicLong state = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();

    /** Comes in, unless the gate is closed. */
    boolean enter() {
        long now = state.get();
        while ((now & CLOSED) == 0) {
            // Not incremented first and looked at then: whoever closes would count callers that are
            // refused.
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
            now = state.get();
        }
        return false;
    }

    /** Goes out again. */
    void leave() {
        if (state.decrementAndGet() == CLOSED) {
            lock.lock();
            try {
                idle.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Calls inside now. */
    int inFlight() {
        return (int) (state.get() & ~CLOSED);
    }

    /**
     * Lets nobody in any more and waits for those inside.
     *
     * @return how many are still inside when the time is over, 0 when all have left
     */
    int closeAndAwait(long millis) {
        state.getAndUpdate(s -> s | CLOSED);
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (inFlight() > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return inFlight();
    }
}
